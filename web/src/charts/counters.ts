/** The numbers that run while a walker moves. */
import { h, s, setText } from "../shared/dom";
import { formatBriefly, numbers, spanOf } from "./series";
import type { GridView, Line, SeriesMap } from "./types";

export interface Counters {
  readonly node: HTMLElement;
  load(series: SeriesMap): void;
  show(step: number): void;
  /** Say in words what is shown after `step` steps. */
  sentence(step: number): string;
}

interface Counted {
  readonly values: Float64Array;
  readonly span: number;
}

/** Return the counters of `view`, empty until numbers are loaded. */
export function createCounters(view: GridView): Counters {
  const cells = view.counters.map((line) => h("dd", { class: `pg-number pg-swatch-label pg-mark-${line.role}` }));
  const step = h("dd", { class: "pg-number" });
  const rows = view.counters.map((line, i) => h("div", null, swatch(line), cells[i]));
  const node = h("dl", { class: "pg-counters" }, h("div", null, h("dt", null, "step"), step), ...rows);
  let counted: Counted[] = [];
  let steps = 0;
  const read = ({ values, span }: Counted, at: number): string =>
    formatBriefly(values[at] ?? Number.NaN, span);
  return {
    node,
    load(series): void {
      const loaded = view.counters.map((line) => numbers(series, line.series));
      counted = loaded.map((values) => ({ values, span: spanOf(values) }));
      steps = numbers(series, view.path).filter(Number.isFinite).length - 1;
    },
    show(at): void {
      setText(step, `${at} of ${steps}`);
      counted.forEach((one, i) => setText(cells[i] as HTMLElement, read(one, at)));
    },
    sentence(at): string {
      const parts = counted.map((one, i) => `${view.counters[i]?.label ?? ""} ${read(one, at)}`);
      return `Step ${at} of ${steps}: ${parts.join(", ")}.`;
    },
  };
}

/** A label with a piece of its line before it. */
function swatch(line: Line): HTMLElement {
  const sample = s("svg", { class: "pg-swatch", width: 26, height: 10, "aria-hidden": "true" },
    s("path", { class: `pg-line pg-mark-${line.role}`, d: "M0,5H26" }));
  return h("dt", { class: `pg-swatch-label pg-mark-${line.role}` }, sample, line.label);
}
