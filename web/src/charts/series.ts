/** Read series: null and NaN both mean "not reached yet". */
import type { Series, SeriesMap } from "./types";

function lookup(series: SeriesMap, name: string): Series {
  const found = series[name];
  if (found === undefined) {
    throw new Error(`The view draws '${name}', which the result does not have.`);
  }
  return found;
}

/** Return an array of numbers, row after row; a missing number is NaN. */
export function numbers(series: SeriesMap, name: string): Float64Array {
  const values = lookup(series, name);
  if (values instanceof Float64Array) return values;
  if (values === null || typeof values === "number") return Float64Array.of(values ?? Number.NaN);
  const flat = (Array.isArray(values) ? values.flat() : values) as ArrayLike<number | null>;
  return Float64Array.from(flat, (value) => value ?? Number.NaN);
}

/** Return one number; NaN if it is missing. */
export function scalar(series: SeriesMap, name: string): number {
  return numbers(series, name)[0] ?? Number.NaN;
}

/** Return the index of the last number, or -1. */
export function lastFinite(values: Float64Array): number {
  let last = values.length - 1;
  while (last >= 0 && !Number.isFinite(values[last])) last -= 1;
  return last;
}

/** Write a number so that numbers on a scale of this `span` can be told apart. */
export function formatNumber(value: number, span: number): string {
  if (!Number.isFinite(value)) return "–";
  const rounded = Number(value.toFixed(decimals(span)));
  const size = Math.abs(rounded);
  const text = Number.isInteger(rounded) ? String(size) : size.toFixed(decimals(span));
  return rounded < 0 ? `\u2212${text}` : text;
}

/** Write a number that is read at a glance: one digit less than in a table, no zeros at its end. */
export function formatBriefly(value: number, span: number): string {
  return formatNumber(value, span * 10).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

function decimals(span: number): number {
  if (!(span > 0)) return 2;
  return Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(span))));
}

/** Return the distance between the smallest and the largest number. */
export function spanOf(values: ArrayLike<number>): number {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high >= low ? high - low : 0;
}
