/**
 * Lay out the sections below the first screen one at a time, when nothing else is to be done.
 *
 * Until then they have an estimated height (see article.css), so that a long page appears at once.
 * Afterwards all have their own, so that nothing jumps for those who scroll, and so has every section
 * that a script draws from then on.
 */

const SECTIONS = ".pg-article section section";

const LATEST = { timeout: 500 }; // milliseconds: a page that moves all the time is never idle

const whenIdle: (task: () => void) => unknown =
  "requestIdleCallback" in window ? (task) => requestIdleCallback(task, LATEST) : (task) => setTimeout(task, 50);

export function settleSections(): void {
  const sections = document.querySelectorAll<HTMLElement>(SECTIONS).values();
  const settleNext = (): void => {
    const { value } = sections.next();
    if (!value) {
      document.documentElement.dataset["whole"] = "";
      return;
    }
    value.dataset["settled"] = "";
    whenIdle(settleNext);
  };
  if (document.readyState === "complete") whenIdle(settleNext);
  else addEventListener("load", () => whenIdle(settleNext), { once: true });
}
