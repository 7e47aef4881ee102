/**
 * The page's entry: defines each custom element when one of its kind comes near the viewport.
 *
 * To add an element, add one line to TAGS.
 */

import { startMasthead } from "./chrome/masthead";
import { reachScrollers } from "./chrome/scrollers";
import { settleSections } from "./chrome/sections";
import { watchTerms } from "./chrome/terms";
import { builtNodes } from "./shared/built_html";

type Loader = () => Promise<{ default: CustomElementConstructor }>;

const TAGS: Record<string, Loader> = {
  "pg-hero": () => import("./hero/element"),
  "pg-explorer": () => import("./explorer/host"),
  "pg-exercise": () => import("./exercise/element"),
  "pg-lab": () => import("./lab/host"),
  "pg-quiz": () => import("./quiz/element"),
  "pg-progress": () => import("./progress/element"),
  "pg-review": () => import("./review/element"),
  "pg-form": () => import("./form/element"),
  "pg-record": () => import("./record/element"),
};

/** How far below the viewport an element is when its code is fetched. */
const NEAR = "600px";

function define(tag: string, load: Loader): void {
  load().then(
    ({ default: element }) => {
      if (!customElements.get(tag)) customElements.define(tag, element);
    },
    () => document.querySelectorAll(tag).forEach(showStatic),
  );
}

/** Without its code an element shows what it would show without scripts: figure and finding. */
function showStatic(element: Element): void {
  const figure = element.querySelector("noscript");
  if (!figure) return;
  figure.replaceWith(...builtNodes(figure.textContent));
}

function watch(tag: string, load: Loader): void {
  const instances = document.querySelectorAll(tag);
  if (instances.length === 0) return;
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      define(tag, load);
    },
    { rootMargin: NEAR },
  );
  for (const instance of instances) observer.observe(instance);
}

startMasthead();
reachScrollers();
watchTerms();
settleSections();
for (const [tag, load] of Object.entries(TAGS)) watch(tag, load);
