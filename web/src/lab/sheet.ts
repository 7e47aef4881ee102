/** A document to read and to print: only it goes on paper, not the page around it. */
import { h, setText, uniqueId } from "../shared/dom";
import type { BlockView } from "./blocks";
import type { SheetBlock, SheetPart } from "./types";

export function sheet(): BlockView<SheetBlock> {
  const id = uniqueId("sheet");
  const title = h("p", { class: "pg-sheet-title", id });
  const note = h("p", { class: "pg-sheet-note" });
  const body = h("div", { class: "pg-sheet-body" });
  const paper = h("div", { class: "pg-sheet", role: "group", "aria-labelledby": id }, title, note, body);
  const button = h("button", { type: "button", class: "pg-button", onclick: () => print(paper) });
  return {
    node: h("div", { class: "pg-sheet-frame" }, paper, button),
    update(next): void {
      setText(title, next.title);
      setText(note, next.note);
      setText(button, next.button);
      body.replaceChildren(...next.parts.map(part));
    },
  };
}

function part({ part: kind, rows }: SheetPart): HTMLElement {
  const [first = []] = rows;
  if (kind === "heading") return h("p", { class: "pg-sheet-heading" }, first[0]);
  if (kind === "text") return h("p", null, first[0]);
  if (kind === "list") return h("ul", null, ...rows.map(([text]) => h("li", null, text)));
  if (kind === "lines")
    return h("div", { class: "pg-sheet-lines" }, ...rows.map(([text]) => h("p", null, h("span", null, text))));
  return table(rows);
}

/** A table that may be wider than a phone; then it is scrolled, also with the arrow keys. */
function table([head = [], ...others]: SheetPart["rows"]): HTMLElement {
  const frame = h("div", { class: "pg-sheet-table", role: "group", "aria-label": head.join(", ") }, h("table", null,
    h("thead", null, h("tr", null, ...head.map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", null, ...others.map(([name, ...cells]) =>
      h("tr", null, h("th", { scope: "row" }, name), ...cells.map((text) => h("td", null, text)))))));
  new ResizeObserver(() => {
    if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
    else frame.removeAttribute("tabindex");
  }).observe(frame);
  return frame;
}

function print(paper: HTMLElement): void {
  const copy = h("div", { class: "pg-print-only pg-interactive" });
  copy.append(paper.cloneNode(true));
  document.body.append(copy);
  document.documentElement.classList.add("pg-printing");
  const done = (): void => {
    document.documentElement.classList.remove("pg-printing");
    copy.remove();
  };
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}
