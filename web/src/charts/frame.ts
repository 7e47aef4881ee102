/** What every chart shares: a figure, its title, and a redraw when its width changes. */
import { h, uniqueId } from "../shared/dom";
import type { Chart, ChartOptions, Line, View } from "./types";

export interface Frame {
  readonly figure: HTMLElement;
  /** Where the picture goes; its width is the width to draw at. */
  readonly body: HTMLElement;
  readonly alt: string;
}

/** Append the empty figure of `view` to `el`. */
export function frame(el: HTMLElement, view: View, options: ChartOptions): Frame {
  const body = h("div", { class: "pg-chart-body" });
  const titleId = uniqueId("chart");
  const figure = h(
    "figure",
    { class: `pg-chart pg-chart-${view.kind}`, "aria-labelledby": titleId },
    h("figcaption", { class: "pg-chart-title", id: titleId }, view.title),
    body,
  );
  el.append(figure);
  return { figure, body, alt: options.alt ?? describe(view) };
}

const NARROWEST = 120; // pixels: less than that is a column that is still being laid out

/**
 * Call `draw(width)` now and whenever the width of `body` changes, in whole pixels.
 *
 * Charts are drawn at the width they are shown at, so that text keeps its size on a phone.
 */
export function onWidth(body: HTMLElement, draw: (width: number) => void): () => void {
  let last = 0;
  const check = (width: number): void => {
    const whole = Math.floor(width);
    if (whole < NARROWEST || whole === last) return;
    last = whole;
    draw(whole);
  };
  const observer = new ResizeObserver((entries) => {
    for (const entry of entries) check(entry.contentRect.width);
  });
  observer.observe(body);
  check(body.clientWidth);
  return () => observer.disconnect();
}

/** Make a `Chart` from its parts. */
export function chart(
  { figure }: Frame,
  update: Chart["update"],
  ...stop: readonly (() => void)[]
): Chart {
  return {
    update,
    destroy(): void {
      for (const end of stop) end();
      figure.remove();
    },
  };
}

/** Say what kind of picture it is and what is in it; the numbers are told elsewhere. */
function describe(view: View): string {
  switch (view.kind) {
    case "curve":
      return `${view.title}: a line chart of ${names(view.lines)}, by ${view.x_label}.`;
    case "plane":
      return `${view.title}: a plot of ${view.y_label} against ${view.x_label}${shownBy(view.marks)}.`;
    case "grid":
      return `${view.title}: a map with a ${view.walker} and the trail of its path.`;
    case "bars":
      return `${view.title}: a bar chart of ${names(view.bars)}.`;
  }
}

function shownBy(marks: readonly { readonly label: string }[]): string {
  const labels = marks.map(({ label }) => label).filter(Boolean);
  return labels.length ? `: ${labels.join(", ")}` : "";
}

function names(lines: readonly Line[]): string {
  return lines.map((line) => line.label).join(" and ");
}
