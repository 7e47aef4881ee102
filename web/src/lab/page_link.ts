/** A way to a section of the course. A notebook has no pages, so there it only says where to read. */
import { h, setText } from "../shared/dom";
import type { BlockView } from "./blocks";
import type { PageLinkBlock } from "./sorter_types";

const SERVED = /^https?:.*\/_static\/proxygap\//;

export function pageLink(): BlockView<PageLinkBlock> {
  const title = h("strong");
  const words = h("span");
  const way = h("span");
  return {
    node: h("p", { class: "pg-lab-text pg-tone-missed pg-page-link" }, title, " ", words, " ", way),
    update({ title: bold, text, link, chapter, section }): void {
      setText(title, bold);
      setText(words, text);
      const href = address(chapter, section);
      const told = `${link}: ${chapter.replaceAll("-", " ")}, ${section.replaceAll("-", " ")}.`;
      way.replaceChildren(href ? h("a", { href }, `${link}.`) : told);
    },
  };
}

/** This module lies two folders below the pages' root. */
function address(chapter: string, section: string): string | null {
  const served = SERVED.exec(import.meta.url)?.[0];
  return served ? new URL(`../../chapters/${chapter}.html#${section}`, served).href : null;
}
