/** A horizontal axis with marks on it, aligned with a range input of the same width. */
import { axisBottom } from "d3-axis";
import { scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { onWidth } from "../charts/frame";
import { textWidth } from "../charts/labels";
import { s } from "../shared/dom";
import type { PredictionSpec } from "./types";

export interface LineMark {
  readonly value: number;
  readonly label: string;
  /** A ring for what was predicted, a disc for what came out. */
  readonly hollow: boolean;
}

const THUMB = 14; // half the width of the range input's thumb: the ends of its travel
const ROW = 20; // height of one label above the axis

/** Draw the axis of `spec` into `el`, with marks above it and the distance between them. */
export function drawLine(
  el: HTMLElement,
  spec: PredictionSpec,
  marks: readonly LineMark[],
): { destroy(): void } {
  const level = marks.length ? marks.length * ROW + 10 : 2;
  const svg = s("svg", { class: "pg-number-line", "aria-hidden": "true", height: level + 46 });
  el.append(svg);
  const draw = (width: number): void => {
    const x = scaleLinear([spec.low, spec.high], [THUMB, width - THUMB]);
    svg.setAttribute("width", String(width));
    svg.replaceChildren();
    const root = select(svg);
    const ticks = axisBottom(x).ticks(Math.max(3, Math.round(width / 110))).tickSizeOuter(0);
    root.append("g").attr("class", "pg-axis pg-axis-x").attr("transform", `translate(0,${level})`).call(ticks);
    root.append("text").attr("class", "pg-axis-title").attr("x", width / 2).attr("y", level + 40)
      .attr("text-anchor", "middle").text(spec.unit);
    svg.append(...gap(marks, x, level), ...marks.map((mark, i) => drawMark(mark, i, x, level, width)));
  };
  return { destroy: onWidth(el, draw) };
}

type X = (value: number) => number;

function gap(marks: readonly LineMark[], x: X, level: number): SVGElement[] {
  const [first, second] = marks;
  if (!first || !second) return [];
  return [s("path", { class: "pg-gap", d: `M${x(first.value)},${level}H${x(second.value)}` })];
}

function drawMark(mark: LineMark, row: number, x: X, level: number, width: number): SVGGElement {
  const at = x(mark.value);
  const half = textWidth(mark.label, "600 15px sans-serif") / 2 + 4;
  const middle = Math.max(half, Math.min(width - half, at));
  const y = 14 + row * ROW;
  return s("g", { class: mark.hollow ? "pg-mark-given" : "pg-mark-outcome" },
    s("path", { class: "pg-stem", d: `M${at},${y + 6}V${level}` }),
    s("circle", { cx: at, cy: level, r: 6 }),
    s("text", { class: "pg-label", x: middle, y, "text-anchor": "middle" }, mark.label));
}
