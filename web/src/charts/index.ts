/**
 * Charts as accessible SVG. Each `draw…` appends one `<figure>` to `el` and keeps it at the width
 * of its container:
 *
 *     const chart = drawCurve(el, view, series, { alt: "…" });
 *     chart.update(newSeries);   // cheap: axes stay, marks move
 *     chart.destroy();
 *
 * Styles: `charts.css` (part of both `proxygap.css` and `interactive.css`).
 */
import { drawBars } from "./bars";
import { drawCurve } from "./curve";
import { drawGrid } from "./grid";
import { drawPlane } from "./plane";
import type { Chart, GridOptions, SeriesMap, View } from "./types";

export { drawBars } from "./bars";
export { drawCurve } from "./curve";
export { drawGrid } from "./grid";
export { drawPlane } from "./plane";
export type * from "./types";

/** Draw any view. */
export function drawView(
  el: HTMLElement,
  view: View,
  series: SeriesMap,
  options: GridOptions = {},
): Chart {
  switch (view.kind) {
    case "curve":
      return drawCurve(el, view, series, options);
    case "plane":
      return drawPlane(el, view, series, options);
    case "grid":
      return drawGrid(el, view, series, options);
    case "bars":
      return drawBars(el, view, series, options);
  }
}
