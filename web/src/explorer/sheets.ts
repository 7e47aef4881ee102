/** What a view shows, as rows of text: one sheet a view. */
import { tally } from "../charts/faces";
import { formatNumber, numbers, scalar, spanOf } from "../charts/series";
import { isThere } from "../charts/shapes";
import type { CurveView, Faces, GridView, Line, Mover, PlaneMark, PlaneView, SeriesMap, View } from "../charts/types";

export interface Sheet {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface Column {
  readonly label: string;
  readonly values: Float64Array;
}

/** Return the numbers of `view`. */
export function sheet(view: View, series: SeriesMap): Sheet {
  switch (view.kind) {
    case "curve":
      return curve(view, series);
    case "plane":
      return plane(view, series);
    case "grid":
      return walk(view, series);
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

/** The axis heads the rows; rows in which nothing was reached yet are left out. */
function curve(view: CurveView, series: SeriesMap): Sheet {
  const head = numbers(series, view.x);
  const columns = view.lines.flatMap((line) => withBand(line, series));
  const spans = columns.map(({ values }) => spanOf(values));
  const rows = [...head].flatMap((x, row) => {
    if (!columns.some(({ values }) => Number.isFinite(values[row]))) return [];
    const cells = columns.map(({ values }, i) => formatNumber(values[row] ?? Number.NaN, spans[i] ?? 0));
    return [[abscissa(x, view, head), ...cells]];
  });
  return { caption: view.title, columns: [view.x_label, ...columns.map(({ label }) => label)], rows };
}

/** On a logarithmic axis small numbers stand beside large ones: each keeps its own precision. */
function abscissa(x: number, { x_scale: scale }: CurveView, all: Float64Array): string {
  return formatNumber(x, scale === "log" ? Math.min(Math.abs(x) * 10, 1000) : spanOf(all));
}

function withBand({ label, series: name, low, high }: Line, series: SeriesMap): Column[] {
  const line = { label, values: numbers(series, name) };
  if (!low || !high) return [line];
  return [
    line,
    { label: `${label}, lower edge`, values: numbers(series, low) },
    { label: `${label}, upper edge`, values: numbers(series, high) },
  ];
}

/** Points are listed one by one, a cloud by its mean. */
function plane(view: PlaneView, series: SeriesMap): Sheet {
  const rows = view.marks.flatMap((mark) => pointsOf(mark, view, series));
  return { caption: view.title, columns: ["what", view.x_label, view.y_label], rows };
}

function pointsOf(mark: PlaneMark, view: PlaneView, series: SeriesMap): string[][] {
  const [xs, ys] = [numbers(series, mark.x), numbers(series, mark.y)];
  const there = [...xs.keys()].filter((i) => isThere(xs, ys, i));
  const row = (what: string, x: number, y: number): string[] =>
    [what, write(x, view.x_range), write(y, view.y_range)];
  const name = mark.label || KINDS[mark.shape];
  if (mark.shape !== "cloud") return there.map((i) => row(name, xs[i] as number, ys[i] as number));
  if (!there.length) return [];
  const mean = (values: Float64Array): number =>
    there.reduce((sum, i) => sum + (values[i] as number), 0) / there.length;
  return [row(`${name}: mean of ${there.length.toLocaleString("en")} points`, mean(xs), mean(ys))];
}

const KINDS = { cloud: "points", line: "line", area: "outline", dot: "point" } as const;

/** Steps after the end of the path are left out: the walker rests. */
function walk(view: GridView, series: SeriesMap): Sheet {
  const columns = view.art[0]?.length ?? 1;
  const counted = view.counters.map((line) => numbers(series, line.series));
  const spans = counted.map(spanOf);
  const movers = view.movers ?? [];
  const faces = view.faces ?? [];
  const rows = [...numbers(series, view.path)].filter(Number.isFinite).map((cell, step) => [
    String(step),
    place(cell, columns),
    ...movers.map((mover) => whereabouts(mover, series, step, columns)),
    ...faces.map((face) => looks(face, view, series, step)),
    ...counted.map((one, i) => formatNumber(one[step] ?? Number.NaN, spans[i] ?? 0)),
  ]);
  const heads = [
    ...movers.map(({ name }) => name), ...faces.map(({ tile }) => view.legend[tile] ?? "tiles"),
    ...view.counters.map(({ label }) => label),
  ];
  return { caption: view.title, columns: ["step", "place", ...heads], rows };
}

function place(cell: number, columns: number): string {
  const at = Math.round(cell);
  return `row ${Math.floor(at / columns)}, column ${at % columns}`;
}

function whereabouts(mover: Mover, series: SeriesMap, step: number, columns: number): string {
  const cell = numbers(series, mover.path)[step] ?? Number.NaN;
  return Number.isFinite(cell) ? place(cell, columns) : "–";
}

function looks(faces: Faces, { art }: GridView, series: SeriesMap, step: number): string {
  const tiles = [...art.join("")].filter((cell) => cell === faces.tile).length;
  const counts = tally(faces, numbers(series, faces.series), tiles, step);
  return faces.names.map((name, i) => `${counts[i] ?? 0} ${name}`).join(", ");
}
