/** Lines over a common axis, labelled where they end. */
import { extent } from "d3-array";
import { axisBottom, axisLeft } from "d3-axis";
import { scaleLinear, type ScaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { line as lineShape } from "d3-shape";
import { s, setAttribute } from "../shared/dom";
import { chart, frame, onWidth } from "./frame";
import { LINE_HEIGHT, place, textWidth, wrap, type Band, type Wanted } from "./labels";
import { lastFinite, numbers } from "./series";
import type { Chart, ChartOptions, CurveView, Line, SeriesMap } from "./types";

type Scale = ScaleLinear<number, number>;

interface Mark {
  readonly line: Line;
  readonly path: SVGPathElement;
  readonly dot: SVGCircleElement;
  readonly label: SVGTextElement;
}

/** Everything that depends on the width alone. */
interface Layout {
  readonly x: Scale;
  readonly y: Scale;
  readonly width: number;
  readonly labels: readonly Label[];
}

interface Label {
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

const MARGIN = { left: 46, right: 14, bottom: 46 };
const ROOM_FOR_LABELS = 520; // from this width on, labels stand to the right of the plot
const LABEL_LIMIT = 150;
const GAP = 11;

/** Draw `view` into `el`. */
export function drawCurve(
  el: HTMLElement,
  view: CurveView,
  series: SeriesMap,
  options: ChartOptions = {},
): Chart {
  const framed = frame(el, view, options);
  const axes = s("g");
  const marks = view.lines.map(createMark);
  const svg = s("svg", { role: "img", "aria-label": framed.alt }, axes, ...layers(marks));
  framed.body.append(svg);
  let shown = series;
  let layout: Layout | null = null;
  let width = 0;

  const draw = (newWidth: number): void => {
    width = newWidth;
    layout = lay(svg, axes, view, shown, width);
    marks.forEach(({ label }, i) => writeLabel(label, layout?.labels[i]?.lines ?? []));
    paint(layout, view, marks, shown);
  };
  const update = (next: SeriesMap): void => {
    const sameAxis = String(extent(numbers(next, view.x))) === String(layout?.x.domain());
    shown = next;
    if (layout && sameAxis) paint(layout, view, marks, shown);
    else if (width) draw(width);
  };
  // Labels were measured with a fallback font if the page's own one is still on its way.
  void document.fonts.ready.then(() => width && svg.isConnected && draw(width));
  return chart(framed, update, onWidth(framed.body, draw));
}

function createMark(line: Line): Mark {
  const role = `pg-mark-${line.role}`;
  return {
    line,
    path: s("path", { class: `pg-line ${role}` }),
    dot: s("circle", { class: `pg-dot ${role}`, r: 4.5 }),
    label: s("text", { class: `pg-label ${role}` }),
  };
}

/** Dashes on top: where proxy and truth coincide both stay visible. Labels above all lines. */
function layers(marks: readonly Mark[]): SVGElement[] {
  const ordered = [...marks].sort((a, b) => Number(isDashed(a)) - Number(isDashed(b)));
  return [...ordered.flatMap(({ path, dot }) => [path, dot]), ...marks.map(({ label }) => label)];
}

function isDashed({ line }: Mark): boolean {
  return line.role !== "truth";
}

function writeLabel(label: SVGTextElement, lines: readonly string[]): void {
  label.replaceChildren(
    ...lines.map((text, i) => s("tspan", { x: 0, dy: i ? LINE_HEIGHT : 0 }, text)),
  );
}

function labelFont(svg: SVGElement): string {
  return `600 14px ${getComputedStyle(svg).fontFamily}`;
}

function lay(
  svg: SVGSVGElement,
  axes: SVGGElement,
  view: CurveView,
  series: SeriesMap,
  width: number,
): Layout {
  const font = labelFont(svg);
  const labels = view.lines.map(({ label }) => measureLabel(label, font));
  const beside = width >= ROOM_FOR_LABELS;
  const widest = Math.max(...labels.map((label) => label.width));
  const right = beside ? widest + GAP + 4 : MARGIN.right;
  const height = Math.round(Math.min(380, Math.max(270, width * 0.62)));
  const title = wrap(view.y_label, font, width);
  const top = title.length * LINE_HEIGHT + 12;
  const [xLow = 0, xHigh = 1] = extent(numbers(series, view.x));
  const x = scaleLinear([xLow, xHigh], [MARGIN.left, width - right]);
  const y = scaleLinear(view.y_range, [height - MARGIN.bottom, top]);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  drawAxes(axes, x, y, view.x_label, title);
  return { x, y, width, labels };
}

function measureLabel(text: string, font: string): Label {
  const lines = wrap(text, font, LABEL_LIMIT);
  const width = Math.ceil(Math.max(...lines.map((line) => textWidth(line, font))));
  return { lines, width, height: lines.length * LINE_HEIGHT };
}

function drawAxes(
  axes: SVGGElement,
  x: Scale,
  y: Scale,
  xTitle: string,
  yTitle: readonly string[],
): void {
  const [left = 0, right = 0] = x.range();
  const [bottom = 0] = y.range();
  const across = axisLeft(y).ticks(5).tickSize(left - right).tickPadding(8);
  const along = axisBottom(x).ticks(Math.max(2, Math.round((right - left) / 90))).tickSizeOuter(0);
  axes.replaceChildren();
  const root = select(axes);
  const rules = root.append("g").attr("class", "pg-axis pg-axis-y");
  rules.attr("transform", `translate(${left},0)`).call(across);
  rules.selectAll<SVGGElement, number>(".tick").classed("pg-zero", (value) => value === 0);
  root.append("g").attr("class", "pg-axis pg-axis-x")
    .attr("transform", `translate(0,${bottom})`).call(along);
  root.append("text").attr("class", "pg-axis-title").attr("text-anchor", "end")
    .attr("x", right).attr("y", bottom + 40).text(xTitle);
  yTitle.forEach((text, i) =>
    root.append("text").attr("class", "pg-axis-title").attr("y", LINE_HEIGHT * (i + 1) - 4).text(text));
}

interface Traced {
  readonly mark: Mark;
  readonly label: Label;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly end: readonly [number, number];
}

function paint(layout: Layout, view: CurveView, marks: readonly Mark[], series: SeriesMap): void {
  const x = numbers(series, view.x).map(layout.x);
  const traced: Traced[] = [];
  marks.forEach((mark, i) => {
    const ys = numbers(series, mark.line.series).map(layout.y);
    const last = lastFinite(ys);
    setAttribute(mark.path, "d", trace(x, ys));
    for (const node of [mark.dot, mark.label]) node.style.display = last < 0 ? "none" : "";
    if (last < 0) return;
    const end = [x[last] as number, ys[last] as number] as const;
    setAttribute(mark.dot, "cx", end[0].toFixed(1));
    setAttribute(mark.dot, "cy", end[1].toFixed(1));
    traced.push({ mark, label: layout.labels[i] as Label, xs: x, ys, end });
  });
  positionLabels(layout, traced);
}

function trace(x: Float64Array, y: Float64Array): string {
  const shape = lineShape<number>((_, i) => x[i] as number, (value) => value).digits(1);
  return shape.defined(Number.isFinite)(y) ?? "";
}

/** Put each label beside its line's end: on the right where there is room, else above or below. */
function positionLabels(layout: Layout, traced: readonly Traced[]): void {
  const [bottom = 0, top = 0] = layout.y.range();
  const edge = layout.x.range()[1] ?? 0;
  const ordered = [...traced].sort((a, b) => a.end[1] - b.end[1]);
  const onRight = ordered.map(({ end, label }) => end[0] + GAP + label.width <= layout.width - 2);
  const heights = place(
    ordered.map((one, i) => want(one, ordered, edge, onRight[i] === true)),
    [top - 6, bottom - 2],
  );
  ordered.forEach(({ mark, label, end }, i) => {
    const beside = onRight[i];
    const y = (heights[i] as number) - label.height / 2 + LINE_HEIGHT * 0.76;
    const x = beside ? end[0] + GAP : edge;
    setAttribute(mark.label, "text-anchor", beside ? "start" : "end");
    setAttribute(mark.label, "transform", `translate(${x.toFixed(1)},${y.toFixed(1)})`);
  });
}

function want(one: Traced, all: readonly Traced[], edge: number, onRight: boolean): Wanted {
  const { end, label } = one;
  const left = onRight ? end[0] + GAP : edge - label.width;
  const bands = all.map((other) => bandWithin(other, left - GAP / 2, left + label.width));
  const obstacles = bands.filter((band) => band !== null);
  return { ...label, left, anchor: end[1], own: bands[all.indexOf(one)] ?? null, obstacles };
}

/** Return the vertical stretch that a line takes between two horizontal positions. */
function bandWithin({ xs, ys }: Traced, from: number, to: number): Band | null {
  let top = Infinity;
  let bottom = -Infinity;
  for (let i = 1; i < xs.length; i += 1) {
    const [x0, x1, y0, y1] = [xs[i - 1], xs[i], ys[i - 1], ys[i]] as [number, number, number, number];
    if (x1 < from || x0 > to || !Number.isFinite(y0 + y1)) continue;
    const slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0;
    for (const x of [Math.max(x0, from), Math.min(x1, to)]) {
      const y = y0 + slope * (x - x0);
      top = Math.min(top, y - 4);
      bottom = Math.max(bottom, y + 4);
    }
  }
  return bottom >= top ? [top, bottom] : null;
}
