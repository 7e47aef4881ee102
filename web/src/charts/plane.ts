/** Two quantities against each other: clouds, lines, areas and dots, labelled where they are. */
import { s, setAttribute, setShown, uniqueId } from "../shared/dom";
import { BELOW, drawAxes, scaleOf, type Scale } from "./axes";
import { chart, frame, onWidth } from "./frame";
import { labelFont, LINE_HEIGHT, measure, onFonts, wrap, writeLabel, type Label } from "./labels";
import { Ink, settle } from "./plane_labels";
import { anywhere, blot, places, type Positions } from "./plane_places";
import { numbers } from "./series";
import { circles, joined, scattered } from "./shapes";
import type { Chart, ChartOptions, PlaneMark, PlaneView, SeriesMap } from "./types";

interface Drawn {
  readonly mark: PlaneMark;
  readonly paths: readonly SVGPathElement[];
  readonly sign: string;
  readonly label: SVGTextElement;
  /** Which of the label's places is taken. */
  place: number;
}

/** Everything that depends on the width alone. */
interface Layout {
  readonly x: Scale;
  readonly y: Scale;
  readonly labels: readonly Label[];
  readonly ink: Ink;
}

const MARGIN = { left: 46, right: 14 };
const LAYERS = 5; // a cloud is drawn in layers, so that it is darker where it is dense
const DOT = { few: 6, many: 4.25 }; // radius
const MANY = 8;
/** A cloud's sign is its pattern: the proxy is made of dashes here too. */
const SIGNS = { proxy: "m-2.5,0h5", truth: "h0", neutral: ["h0", "m-2.5,0h5m-2.5,-2.5v5", "m-2,-2l4,4m-4,0l4,-4"] } as const;
/** The harder it is to move a label, the earlier it is placed. */
const ORDER = { dot: 0, line: 1, area: 2, cloud: 3 };

/** Draw `view` into `el`. */
export function drawPlane(
  el: HTMLElement,
  view: PlaneView,
  series: SeriesMap,
  options: ChartOptions = {},
): Chart {
  const framed = frame(el, view, options);
  const axes = s("g");
  const marks = createMarks(view);
  const clip = createClip(marks);
  const labels = marks.map(({ label }) => label);
  const svg = s("svg", { role: "img", "aria-label": framed.alt }, axes, ...clip.nodes, ...labels);
  framed.body.append(svg);
  let shown = series;
  let layout: Layout | null = null;
  let width = 0;

  const draw = (newWidth: number): void => {
    width = newWidth;
    layout = lay(svg, axes, view, width);
    clip.cut(layout);
    marks.forEach(({ label }, i) => writeLabel(label, layout?.labels[i]?.lines ?? []));
    paint(layout, marks, shown);
  };
  const update = (next: SeriesMap): void => {
    shown = next;
    if (layout) paint(layout, marks, shown);
  };
  return chart(framed, update, onWidth(framed.body, draw), onFonts(() => width && draw(width)));
}

/** Neutral marks of one shape have no colour of their own: each has its own pattern. */
function createMarks({ marks }: PlaneView): Drawn[] {
  const alike = (one: PlaneMark): PlaneMark[] =>
    marks.filter(({ role, shape }) => role === one.role && shape === one.shape);
  return marks.map((mark) => createMark(mark, alike(mark).indexOf(mark) % 3));
}

function createMark(mark: PlaneMark, nth: number): Drawn {
  const { role, shape } = mark;
  const names = `pg-plane-${shape} pg-mark-${role}${nth ? ` pg-nth-${nth}` : ""}`;
  const line = shape === "line" ? "pg-line " : shape === "dot" ? "pg-point " : "";
  const count = shape === "cloud" ? LAYERS : 1;
  return {
    mark,
    paths: Array.from({ length: count }, () => s("path", { class: line + names })),
    sign: role === "neutral" ? SIGNS.neutral[nth] ?? "h0" : SIGNS[role],
    label: s("text", { class: `pg-label pg-mark-${role}` }),
    place: -1,
  };
}

interface Clip {
  readonly nodes: readonly SVGElement[];
  cut(layout: Layout): void;
}

/** Marks end at the edge of the plot, except dots, which may lie on it. */
function createClip(marks: readonly Drawn[]): Clip {
  const id = uniqueId("clip");
  const window = s("rect");
  const defs = s("defs", null, s("clipPath", { id }, window));
  const within = marks.filter(({ mark }) => mark.shape !== "dot").flatMap(({ paths }) => paths);
  const dots = marks.filter(({ mark }) => mark.shape === "dot").flatMap(({ paths }) => paths);
  const nodes = [defs, s("g", { "clip-path": `url(#${id})` }, ...within), s("g", null, ...dots)];
  return {
    nodes,
    cut({ x, y }): void {
      const [[left = 0, right = 0], [bottom = 0, top = 0]] = [x.range(), y.range()];
      const room = { x: left - 2, y: top - 2, width: right - left + 4, height: bottom - top + 4 };
      for (const [name, value] of Object.entries(room)) window.setAttribute(name, value.toFixed(1));
    },
  };
}

function lay(svg: SVGSVGElement, axes: SVGGElement, view: PlaneView, width: number): Layout {
  const font = labelFont(svg);
  const limit = width < 420 ? 110 : 170;
  const height = Math.round(Math.min(440, Math.max(300, width * 0.78)));
  const title = wrap(view.y_label, font, width);
  const top = title.length * LINE_HEIGHT + 12;
  const x = scaleOf("linear", view.x_range, [MARGIN.left, width - MARGIN.right]);
  const y = scaleOf("linear", view.y_range, [height - BELOW, top]);
  setAttribute(svg, "width", String(width));
  setAttribute(svg, "height", String(height));
  const titles = {
    x: { lines: [view.x_label], role: view.x_role }, y: { lines: title, role: view.y_role },
  };
  drawAxes(axes, x, y, titles, true);
  const ink = new Ink({ left: MARGIN.left + 2, top: top - 4, right: width - 2, bottom: height - BELOW - 2 });
  return { x, y, labels: view.marks.map(({ label }) => measure(label, font, limit)), ink };
}

function paint(layout: Layout, marks: readonly Drawn[], series: SeriesMap): void {
  const positions = marks.map(({ mark }): Positions => ({
    xs: numbers(series, mark.x).map(layout.x), ys: numbers(series, mark.y).map(layout.y),
  }));
  marks.forEach((drawn, i) => trace(drawn, positions[i] as Positions));
  positionLabels(layout, marks, positions);
}

function trace({ mark, paths, sign }: Drawn, { xs, ys }: Positions): void {
  paths.forEach((path, layer) => {
    const outline = mark.shape === "cloud" ? scattered(xs, ys, sign, [layer, LAYERS])
      : mark.shape === "dot" ? circles(xs, ys, xs.length > MANY ? DOT.many : DOT.few) : joined(xs, ys, mark.shape === "area");
    setAttribute(path, "d", outline);
  });
}

function positionLabels(layout: Layout, marks: readonly Drawn[], positions: readonly Positions[]): void {
  layout.ink.clear();
  marks.forEach(({ mark }, i) => blot(mark.shape, positions[i] as Positions, layout.ink));
  const named = marks.map((drawn, i) => ({ drawn, box: layout.labels[i] as Label, at: positions[i] as Positions }))
    .filter(({ drawn }) => drawn.mark.label)
    .sort((a, b) => ORDER[a.drawn.mark.shape] - ORDER[b.drawn.mark.shape]);
  const names = named.map(({ drawn, box, at }) => ({
    width: box.width, height: box.height, before: drawn.place,
    candidates: [...places(drawn.mark, at, box), ...anywhere(at, box, layout.ink.area)],
  }));
  settle(names, layout.ink).forEach((choice, i) => {
    const { drawn } = named[i] as (typeof named)[number];
    const place = names[i]?.candidates[choice];
    drawn.place = choice;
    setShown(drawn.label, Boolean(place));
    if (!place) return;
    const baseline = place.y + LINE_HEIGHT * 0.76;
    setAttribute(drawn.label, "transform", `translate(${place.x.toFixed(1)},${baseline.toFixed(1)})`);
  });
}
