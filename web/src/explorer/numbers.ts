/** The numbers behind the charts, as tables that are written when somebody opens them. */
import type { SeriesMap, View } from "../charts/types";
import { h } from "../shared/dom";
import { sheet, type Sheet } from "./sheets";

export interface NumbersPanel {
  readonly node: HTMLDetailsElement;
  update(series: SeriesMap): void;
  destroy(): void;
}

const CALM = 200; // milliseconds without a change before an open table is written again

/** Return a closed panel; its tables follow `update` while it is open. */
export function createNumbers(views: readonly View[]): NumbersPanel {
  const body = h("div", { class: "pg-numbers-body" });
  const node = h("details", { class: "pg-numbers" }, h("summary", null, "The numbers behind this"), body);
  let shown: SeriesMap | null = null;
  let stale = true;
  let timer = 0;
  const write = (): void => {
    if (!node.open || !stale || !shown) return;
    stale = false;
    body.replaceChildren(...views.map((view) => drawSheet(sheet(view, shown as SeriesMap))));
  };
  node.addEventListener("toggle", write);
  return {
    node,
    update(series): void {
      [shown, stale] = [series, true];
      clearTimeout(timer);
      timer = window.setTimeout(write, CALM);
    },
    destroy: () => clearTimeout(timer),
  };
}

function drawSheet({ caption, columns: heads, rows }: Sheet): HTMLElement {
  const head = h("tr", null, ...heads.map((text) => h("th", { scope: "col" }, text)));
  const body = rows.map(([first, ...rest]) =>
    h("tr", null, h("th", { scope: "row" }, first), ...rest.map((text) => h("td", null, text))));
  const table = h("table", null, h("caption", null, caption), h("thead", null, head), h("tbody", null, ...body));
  return h("div", { class: "pg-numbers-scroll", role: "region", "aria-label": caption, tabindex: "0" }, table);
}
