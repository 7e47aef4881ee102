/** What a chart draws, as data: the TypeScript side of `simulations/_views.py`. */

export type Role = "proxy" | "truth" | "neutral";

/** A named series drawn with the colour and dash of its role and labelled directly. */
export interface Line {
  readonly series: string;
  readonly label: string;
  readonly role: Role;
  /** Series of the edges of a shaded band round the line; empty or absent for none. */
  readonly low?: string;
  readonly high?: string;
  /** Single points, not joined: measured at a few places. */
  readonly dots?: boolean;
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
  readonly x_scale?: "linear" | "log";
  /** Scalar series: where on the x axis the current setting stands; empty or absent for none. */
  readonly marker?: string;
}

/** Points of a plane that belong together. */
export interface PlaneMark {
  readonly x: string;
  readonly y: string;
  readonly label: string;
  readonly role: Role;
  readonly shape: "cloud" | "line" | "area" | "dot";
}

/** Two quantities against each other, neither of them time. */
export interface PlaneView {
  readonly kind: "plane";
  readonly title: string;
  /** From the back to the front. */
  readonly marks: readonly PlaneMark[];
  readonly x_label: string;
  readonly y_label: string;
  readonly x_range: readonly [number, number];
  readonly y_range: readonly [number, number];
  readonly x_role: Role;
  readonly y_role: Role;
}

/** A thing on a map besides the walker; its path has no number while it is not there. */
export interface Mover {
  readonly path: string;
  readonly name: string;
}

/** Tiles that change: K numbers after each step say which of `names` each tile shows. */
export interface Faces {
  readonly tile: string;
  readonly series: string;
  readonly names: readonly string[];
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
  readonly movers?: readonly Mover[];
  readonly faces?: readonly Faces[];
}

/** A few numbers side by side. */
export interface BarsView {
  readonly kind: "bars";
  readonly title: string;
  readonly bars: readonly Line[];
  readonly value_label: string;
  readonly value_range: readonly [number, number];
}

export type View = CurveView | PlaneView | GridView | BarsView;

/** One series: a scalar, an array or its rows; null and NaN both mean "not reached yet". */
export type Series = number | null | ArrayLike<number | null> | readonly (readonly (number | null)[])[];
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
