/** A square table of counts, with the places where both sides agree marked. */
import { h } from "../shared/dom";
import type { BlockView } from "./blocks";
import type { MatrixBlock } from "./sorter_types";

export function matrix(): BlockView<MatrixBlock> {
  const node = h("table", { class: "pg-matrix" });
  return {
    node: h("div", { class: "pg-matrix-frame" }, node),
    update({ caption, names, rows, columns, counts }): void {
      const most = Math.max(1, ...counts.flat());
      const corner = h("td", { class: "pg-matrix-corner" }, `${rows} ↓`, h("br"), `${columns} →`);
      const heads = names.map((name) => h("th", { scope: "col" }, name));
      const body = names.map((name, i) => h("tr", null, h("th", { scope: "row" }, name),
        ...(counts[i] ?? []).map((count, j) => cell(count, i === j, count / most))));
      node.replaceChildren(h("caption", null, caption), h("thead", null, h("tr", null, corner, ...heads)),
        h("tbody", null, ...body));
    },
  };
}

function cell(count: number, agrees: boolean, share: number): HTMLElement {
  const kind = `pg-matrix-${agrees ? "right" : "wrong"}${count === 0 ? " pg-matrix-none" : ""}`;
  return h("td", { class: `pg-number ${kind}`, style: `--pg-share:${share.toFixed(2)}` }, count);
}
