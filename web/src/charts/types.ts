/** What a chart draws, as data: the TypeScript side of `simulations/_views.py`. */

export type Role = "proxy" | "truth" | "neutral";

/** A named series drawn with the colour and dash of its role and labelled directly. */
export interface Line {
  readonly series: string;
  readonly label: string;
  readonly role: Role;
}

/** Lines over a common horizontal axis. */
export interface CurveView {
  readonly kind: "curve";
  readonly title: string;
  readonly x: string;
  readonly lines: readonly Line[];
  readonly x_label: string;
  readonly y_label: string;
  readonly y_range: readonly [number, number];
}

/** A map with a walker on it, animated along a path of flat cell indices. */
export interface GridView {
  readonly kind: "grid";
  readonly title: string;
  readonly art: readonly string[];
  readonly path: string;
  readonly counters: readonly Line[];
  readonly walker: string;
  readonly legend: Readonly<Record<string, string>>;
}

/** A few numbers side by side. */
export interface BarsView {
  readonly kind: "bars";
  readonly title: string;
  readonly bars: readonly Line[];
  readonly value_label: string;
  readonly value_range: readonly [number, number];
}

export type View = CurveView | GridView | BarsView;

/** One series: a scalar or an array; null and NaN both mean "not reached yet". */
export type Series = number | null | ArrayLike<number | null>;
export type SeriesMap = Readonly<Record<string, Series>>;

export interface ChartOptions {
  /** What the picture shows, for somebody who cannot see it. Default: made from the view. */
  readonly alt?: string;
}

export interface GridOptions extends ChartOptions {
  /** Play once when the map is first seen; ignored under reduced motion. Default: false. */
  readonly autoplay?: boolean;
  /** Receives a sentence after each step that the learner takes by hand. */
  readonly announce?: (sentence: string) => void;
}

/** A chart that was drawn into an element. */
export interface Chart {
  /** Show other numbers of the same shape; axes stay where they are. */
  update(series: SeriesMap): void;
  /** Stop animation and observers and remove the chart. */
  destroy(): void;
}
