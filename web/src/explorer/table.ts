/** Look results up in the table that Python precomputed: `presentation/tables.py`. */
import type { ExplorerResult, ParameterSpec, Values } from "./types";

export interface SeriesEntry {
  readonly name: string;
  readonly shape: readonly number[];
  /** Where it starts, in numbers from the start of the file. */
  readonly offset: number;
  /** False if all grid points share one copy. */
  readonly varies: boolean;
  readonly low: number;
  readonly high: number;
  /** On a logarithmic scale `low` and `high` are logarithms. */
  readonly scale: "linear" | "log";
  /** The code that stands for "no number here". */
  readonly missing: number;
}

export interface TableSpec {
  readonly url: string;
  readonly bytes: number;
  readonly series: readonly SeriesEntry[];
  readonly summaries: readonly string[];
}

const TOP = 65534; // the code of `high`; `low` has the code 0

export class Table {
  private readonly codes: Uint16Array;

  constructor(
    private readonly spec: TableSpec,
    private readonly parameters: readonly ParameterSpec[],
    file: ArrayBuffer,
  ) {
    this.codes = new Uint16Array(file);
  }

  /** Return what Python computed at `values`. */
  at(values: Values): ExplorerResult {
    const point = this.point(values);
    const series = this.spec.series.map((entry) => [entry.name, this.decode(entry, point)] as const);
    return { series: Object.fromEntries(series), summary: this.spec.summaries[point] ?? "" };
  }

  /** Grid points are counted like the digits of a number: the last parameter turns fastest. */
  private point(values: Values): number {
    return this.parameters.reduce(
      (point, { name, values: all, default: start }) => point * all.length + (values[name] ?? start),
      0,
    );
  }

  private decode({ shape, offset, varies, low, high, scale, missing }: SeriesEntry, point: number): Float64Array {
    const size = shape.reduce((product, length) => product * length, 1);
    const from = offset + (varies ? point * size : 0);
    const quantum = (high - low) / TOP;
    const values = new Float64Array(size);
    for (let i = 0; i < size; i += 1) {
      const code = this.codes[from + i] as number;
      const value = low + code * quantum;
      values[i] = code === missing ? Number.NaN : scale === "log" ? Math.exp(value) : value;
    }
    return values;
  }
}
