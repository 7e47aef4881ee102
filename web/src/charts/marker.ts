/** A rule that shows where on the axis the current setting stands. */
import { s, setAttribute, setShown, setText } from "../shared/dom";
import type { Scale, Tick } from "./axes";
import type { Positions } from "./plane_places";

export interface Marker {
  readonly node: SVGGElement;
  /** Learn where the axis has its numbers: the marker's own one takes their place. */
  settle(ticks: readonly Tick[]): void;
  show(value: number, x: Scale, y: Scale): void;
  /** Return where the rule stands, for labels to stay off; nothing when it is not shown. */
  rule(value: number, x: Scale, y: Scale): Positions[];
}

const CLEAR = 8; // pixels between the marker's number and the axis' numbers
const LETTER = 8; // pixels of a digit

/** Return a rule with its number on the axis; it is hidden until it is shown. */
export function createMarker(): Marker {
  const rule = s("path", { class: "pg-marker-rule" });
  const text = s("text", { class: "pg-label pg-marker-value pg-number", "text-anchor": "middle" });
  const node = s("g", { class: "pg-marker" }, rule, text);
  let ticks: readonly Tick[] = [];
  return {
    node,
    settle: (drawn) => (ticks = drawn),
    show(value, x, y): void {
      const at = within(x, value);
      const there = Number.isFinite(at);
      setShown(node, there);
      if (!there) return;
      const [bottom = 0, top = 0] = y.range();
      const words = written(value);
      setAttribute(rule, "d", `M${at.toFixed(1)},${top.toFixed(1)}V${(bottom + 8).toFixed(1)}`);
      setAttribute(text, "transform", `translate(${at.toFixed(1)},${(bottom + 24).toFixed(1)})`);
      setText(text, words);
      makeRoom(ticks, at, words.length, x);
    },
    rule(value, x, y): Positions[] {
      const at = within(x, value);
      return Number.isFinite(at) ? [{ xs: Float64Array.of(at, at), ys: Float64Array.from(y.range()) }] : [];
    },
  };
}

/** A setting just outside the axis is shown at its end. */
function within(x: Scale, value: number): number {
  const [left = 0, right = 0] = x.range();
  return Math.min(right, Math.max(left, x(value)));
}

/** Hide the numbers of the axis that the marker's number would touch. */
function makeRoom(ticks: readonly Tick[], at: number, letters: number, x: Scale): void {
  for (const { node, value } of ticks) {
    const room = ((letters + (node.textContent?.length ?? 0)) * LETTER) / 2 + CLEAR;
    setAttribute(node, "opacity", Math.abs(x(value) - at) < room ? "0" : "1");
  }
}

function written(exact: number): string {
  const value = Number(exact.toPrecision(6));
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  const digits = Math.abs(value) >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return value.toLocaleString("en", digits).replace("-", "\u2212");
}

/** Return the index of the position nearest to `at`, or -1. */
export function nearest(positions: Float64Array, at: number): number {
  let best = -1;
  let least = Infinity;
  positions.forEach((position, i) => {
    const distance = Math.abs(position - at);
    if (distance < least) [least, best] = [distance, i];
  });
  return best;
}
