/** The numbers behind the charts, as tables that are written when somebody opens them. */
import { formatNumber, numbers, scalar, spanOf } from "../charts/series";
import type { Line, SeriesMap, View } from "../charts/types";
import { h } from "../shared/dom";

interface Sheet {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

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

function sheet(view: View, series: SeriesMap): Sheet {
  switch (view.kind) {
    case "curve":
      return columns(view.title, [{ series: view.x, label: view.x_label, role: "neutral" }, ...view.lines], series);
    case "grid":
      return walk(view.title, view.counters, series, view.path, view.art[0]?.length ?? 1);
    case "bars":
      return {
        caption: view.title,
        columns: ["bar", view.value_label],
        rows: view.bars.map(({ label, series: name }) => [label, write(scalar(series, name), view.value_range)]),
      };
  }
}

function write(value: number, range: readonly [number, number]): string {
  return formatNumber(value, range[1] - range[0]);
}

/** The first line heads the rows; rows in which nothing was reached yet are left out. */
function columns(caption: string, lines: readonly Line[], series: SeriesMap): Sheet {
  const values = lines.map((line) => numbers(series, line.series));
  const spans = values.map(spanOf);
  const [head, ...rest] = values;
  const rows = [...(head ?? [])].flatMap((_, row) => {
    if (!rest.some((column) => Number.isFinite(column[row]))) return [];
    return [values.map((column, i) => formatNumber(column[row] ?? Number.NaN, spans[i] ?? 0))];
  });
  return { caption, columns: lines.map((line) => line.label), rows };
}

function walk(
  caption: string,
  counters: readonly Line[],
  series: SeriesMap,
  path: string,
  width: number,
): Sheet {
  const cells = numbers(series, path);
  const counted = counters.map((line) => numbers(series, line.series));
  const spans = counted.map(spanOf);
  const rows = [...cells].map((cell, step) => {
    const at = Math.round(cell);
    const place = `row ${Math.floor(at / width)}, column ${at % width}`;
    return [String(step), place, ...counted.map((one, i) => formatNumber(one[step] ?? Number.NaN, spans[i] ?? 0))];
  });
  return { caption, columns: ["step", "place", ...counters.map((line) => line.label)], rows };
}

function drawSheet({ caption, columns: heads, rows }: Sheet): HTMLElement {
  const head = h("tr", null, ...heads.map((text) => h("th", { scope: "col" }, text)));
  const body = rows.map(([first, ...rest]) =>
    h("tr", null, h("th", { scope: "row" }, first), ...rest.map((text) => h("td", null, text))));
  const table = h("table", null, h("caption", null, caption), h("thead", null, head), h("tbody", null, ...body));
  return h("div", { class: "pg-numbers-scroll", role: "region", "aria-label": caption, tabindex: "0" }, table);
}
