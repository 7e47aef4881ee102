/** A few numbers side by side, each labelled above its bar. */
import { axisBottom } from "d3-axis";
import { scaleLinear, type ScaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { s, setAttribute, setText } from "../shared/dom";
import { chart, frame, onWidth } from "./frame";
import { formatBriefly, scalar } from "./series";
import type { BarsView, Chart, ChartOptions, Line, SeriesMap } from "./types";

const ROW = 58;
const BAR = 24;
const MARGIN = { side: 24, top: 4, bottom: 50 };

interface Mark {
  readonly line: Line;
  readonly bar: SVGRectElement;
  readonly value: SVGTextElement;
}

/** Draw `view` into `el`. */
export function drawBars(
  el: HTMLElement,
  view: BarsView,
  series: SeriesMap,
  options: ChartOptions = {},
): Chart {
  const framed = frame(el, view, options);
  const axis = s("g");
  const marks = view.bars.map(createMark);
  const height = MARGIN.top + ROW * marks.length + MARGIN.bottom;
  const svg = s("svg", { role: "img", "aria-label": framed.alt, height }, axis);
  svg.append(...marks.map(row));
  framed.body.append(svg);
  const scale = scaleLinear(view.value_range, [0, 1]);
  let shown = series;

  const draw = (width: number): void => {
    scale.range([MARGIN.side, width - MARGIN.side]);
    svg.setAttribute("width", String(width));
    drawAxis(axis, scale, view, height);
    paint(scale, view, marks, shown);
  };
  const update = (next: SeriesMap): void => {
    shown = next;
    paint(scale, view, marks, shown);
  };
  return chart(framed, update, onWidth(framed.body, draw));
}

function createMark(line: Line): Mark {
  return {
    line,
    bar: s("rect", { class: `pg-bar pg-mark-${line.role}`, y: 22, height: BAR, rx: 2 }),
    value: s("tspan", { class: "pg-number" }),
  };
}

function row({ line, bar, value }: Mark, index: number): SVGGElement {
  const text = s("text", { class: `pg-label pg-mark-${line.role}`, x: MARGIN.side, y: 14 });
  text.append(`${line.label}: `, value);
  const down = MARGIN.top + ROW * index;
  return s("g", { transform: `translate(0,${down})` }, text, bar);
}

function drawAxis(
  axis: SVGGElement,
  scale: ScaleLinear<number, number>,
  view: BarsView,
  height: number,
): void {
  const [left = 0, right = 0] = scale.range();
  const bottom = height - MARGIN.bottom;
  axis.replaceChildren();
  const root = select(axis);
  const ticks = axisBottom(scale).ticks(Math.max(2, Math.round((right - left) / 90)));
  const rules = root.append("g").attr("class", "pg-axis pg-axis-y")
    .attr("transform", `translate(0,${bottom})`)
    .call(ticks.tickSize(MARGIN.top - bottom).tickPadding(8));
  rules.selectAll<SVGGElement, number>(".tick").classed("pg-zero", (value) => value === 0);
  root.append("text").attr("class", "pg-axis-title").attr("text-anchor", "end")
    .attr("x", right).attr("y", bottom + 42).text(view.value_label);
}

function paint(
  scale: ScaleLinear<number, number>,
  view: BarsView,
  marks: readonly Mark[],
  series: SeriesMap,
): void {
  const [low, high] = view.value_range;
  const base = scale(Math.min(high, Math.max(low, 0)));
  for (const { line, bar, value } of marks) {
    const number = scalar(series, line.series);
    const end = Number.isFinite(number) ? scale(Math.min(high, Math.max(low, number))) : base;
    setAttribute(bar, "x", Math.min(base, end).toFixed(1));
    setAttribute(bar, "width", Math.max(1.5, Math.abs(end - base)).toFixed(1));
    setText(value, formatBriefly(number, high - low));
  }
}
