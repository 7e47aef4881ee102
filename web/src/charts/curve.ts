/** Lines over a common axis, labelled where they end. */
import { extent } from "d3-array";
import { s, setAttribute, setShown, setText } from "../shared/dom";
import { BELOW, drawAxes, scaleOf, type Scale, type Tick } from "./axes";
import { positionLabels, type Field, type Tag } from "./curve_labels";
import { chart, frame, onWidth } from "./frame";
import { labelFont, LINE_HEIGHT, measure, onFonts, textWidth, wrap, writeLabel, type Label } from "./labels";
import { createMarker, nearest, type Marker } from "./marker";
import { Ink } from "./plane_labels";
import type { Positions } from "./plane_places";
import { formatBriefly, lastFinite, numbers, scalar } from "./series";
import { between, circles, joined } from "./shapes";
import type { Chart, ChartOptions, CurveView, Line, SeriesMap } from "./types";

interface Mark {
  readonly line: Line;
  readonly band: SVGPathElement;
  readonly path: SVGPathElement;
  readonly dot: SVGCircleElement;
  readonly label: SVGTextElement;
  /** What the line says at the marker. */
  readonly value: SVGTextElement;
}

/** Everything that depends on the width alone. */
interface Layout extends Field {
  readonly labels: readonly Label[];
  readonly font: string;
  readonly ticks: readonly Tick[];
}

const MARGIN = { left: 46, right: 14 };
const ROOM_FOR_LABELS = 520; // from this width on, labels stand to the right of the plot
const LABEL_LIMIT = 150;
const GAP = 15; // between the plot and the labels beside it
const POINT = 3.5; // radius of a point that is not joined

/** Draw `view` into `el`. */
export function drawCurve(
  el: HTMLElement,
  view: CurveView,
  series: SeriesMap,
  options: ChartOptions = {},
): Chart {
  const framed = frame(el, view, options);
  const axes = s("g");
  const marks = createMarks(view);
  const marker = view.marker ? createMarker() : null;
  const svg = s("svg", { role: "img", "aria-label": framed.alt }, axes, ...layers(marks, marker));
  framed.body.append(svg);
  let shown = series;
  let layout: Layout | null = null;
  let width = 0;

  const paint = (): void => {
    if (layout) paintMarks(layout, view, marks, marker, shown);
  };
  const draw = (newWidth: number): void => {
    width = newWidth;
    layout = lay(svg, axes, view, shown, width);
    marker?.settle(layout.ticks);
    marks.forEach(({ label }, i) => writeLabel(label, layout?.labels[i]?.lines ?? []));
    paint();
  };
  const update = (next: SeriesMap): void => {
    const sameAxis = String(extent(numbers(next, view.x))) === String(layout?.x.domain());
    shown = next;
    if (sameAxis) paint();
    else if (width) draw(width);
  };
  return chart(framed, update, onWidth(framed.body, draw), onFonts(() => width && draw(width)));
}

/** Neutral lines have no colour of their own: each has its own dash. */
function createMarks({ lines }: CurveView): Mark[] {
  const neutral = lines.filter(({ role }) => role === "neutral");
  return lines.map((line) => createMark(line, neutral.indexOf(line)));
}

function createMark(line: Line, nth: number): Mark {
  const role = `pg-mark-${line.role}`;
  const pattern = nth > 0 ? ` pg-nth-${nth % 4}` : "";
  return {
    line,
    band: s("path", { class: `pg-band ${role}` }),
    path: s("path", { class: `${line.dots ? "pg-point" : "pg-line"} ${role}${pattern}` }),
    dot: s("circle", { class: `pg-dot ${role}`, r: 4.5 }),
    label: s("text", { class: `pg-label ${role}` }),
    value: s("text", { class: `pg-label pg-number ${role}` }),
  };
}

/** Dashes on top: where proxy and truth coincide both stay visible. Labels above all lines. */
function layers(marks: readonly Mark[], marker: Marker | null): SVGElement[] {
  const ordered = [...marks].sort((a, b) => Number(isDashed(a)) - Number(isDashed(b)));
  return [
    ...marks.map(({ band }) => band),
    ...(marker ? [marker.node] : []),
    ...ordered.flatMap(({ path, dot }) => [path, dot]),
    ...marks.flatMap(({ label, value }) => (marker ? [label, value] : [label])),
  ];
}

function isDashed({ line }: Mark): boolean {
  return line.role !== "truth";
}

function lay(
  svg: SVGSVGElement,
  axes: SVGGElement,
  view: CurveView,
  series: SeriesMap,
  width: number,
): Layout {
  const font = labelFont(svg);
  const labels = view.lines.map(({ label }) => measure(label, font, LABEL_LIMIT));
  const beside = width >= ROOM_FOR_LABELS;
  const widest = Math.max(...labels.map((label) => label.width));
  const right = beside ? widest + GAP : MARGIN.right;
  const height = Math.round(Math.min(380, Math.max(270, width * 0.62)));
  const title = wrap(view.y_label, font, width);
  const top = title.length * LINE_HEIGHT + 12;
  const [low = 0, high = 1] = extent(numbers(series, view.x));
  const x = scaleOf(view.x_scale ?? "linear", [low, high], [MARGIN.left, width - right]);
  const y = scaleOf("linear", view.y_range, [height - BELOW, top]);
  setAttribute(svg, "width", String(width));
  setAttribute(svg, "height", String(height));
  const ticks = drawAxes(axes, x, y, {
    x: { lines: [view.x_label], role: "neutral" }, y: { lines: title, role: "neutral" },
  });
  const ink = new Ink({ left: MARGIN.left + 2, top: top - 8, right: width, bottom: height - BELOW });
  return { x, y, width, labels, font, ticks, ink, taken: new Map() };
}

function paintMarks(
  layout: Layout,
  view: CurveView,
  marks: readonly Mark[],
  marker: Marker | null,
  series: SeriesMap,
): void {
  const values = numbers(series, view.x);
  const x = values.map(layout.x);
  const here = marker && view.marker ? scalar(series, view.marker) : Number.NaN;
  marker?.show(here, layout.x, layout.y);
  const at = marker ? nearest(x, layout.x(here)) : -1;
  const span = Math.abs(view.y_range[1] - view.y_range[0]);
  const lines = marks.map((mark) => {
    const line = { xs: x, ys: numbers(series, mark.line.series).map(layout.y) };
    trace(mark, line, marker ? at : null);
    drawBand(mark, x, layout.y, series);
    return line;
  });
  const tags = marks.flatMap((mark, i) => {
    const said = formatBriefly(numbers(series, mark.line.series)[at] ?? Number.NaN, span);
    const [label, line] = [layout.labels[i] as Label, lines[i] as Positions];
    return [...endTag(mark, label, line), ...(marker ? valueTag(mark, said, line, at, layout.font) : [])];
  });
  const rule = marker ? marker.rule(here, layout.x, layout.y) : [];
  positionLabels(layout, [...lines, ...rule], tags);
}

/** Draw a line, and its dot at index `at`; where there is no marker, at its end. */
function trace({ line, path, dot }: Mark, { xs, ys }: Positions, at: number | null): void {
  setAttribute(path, "d", line.dots ? circles(xs, ys, POINT) : joined(xs, ys));
  const point = at ?? (line.dots ? -1 : lastFinite(ys));
  const [x, y] = [xs[point] ?? Number.NaN, ys[point] ?? Number.NaN];
  const there = Number.isFinite(x) && Number.isFinite(y);
  setShown(dot, there);
  if (there) {
    setAttribute(dot, "cx", x.toFixed(1));
    setAttribute(dot, "cy", y.toFixed(1));
  }
}

function drawBand({ line, band }: Mark, xs: Float64Array, y: Scale, series: SeriesMap): void {
  if (!line.low || !line.high) return;
  const [low, high] = [numbers(series, line.low), numbers(series, line.high)];
  setAttribute(band, "d", between(xs, low.map(y), high.map(y)));
}

function endTag({ label }: Mark, { width, height }: Label, line: Positions): Tag[] {
  const last = lastFinite(line.ys);
  setShown(label, last >= 0);
  if (last < 0) return [];
  const at = [line.xs[last] as number, line.ys[last] as number] as const;
  return [{ node: label, width, height, line, at, atEnd: true }];
}

function valueTag({ value }: Mark, text: string, line: Positions, index: number, font: string): Tag[] {
  const at = [line.xs[index] ?? Number.NaN, line.ys[index] ?? Number.NaN] as const;
  const there = at.every(Number.isFinite);
  setShown(value, there);
  if (!there) return [];
  setText(value, text);
  return [{ node: value, width: Math.ceil(textWidth(text, font)), height: LINE_HEIGHT, line, at, atEnd: false }];
}
