/** Where the label of a cloud, a line, an area or a dot could stand, best places first. */
import type { Box } from "./labels";
import type { Area, Candidate, Ink } from "./plane_labels";
import { isThere } from "./shapes";
import type { PlaneMark } from "./types";

export interface Positions {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/** Right, left, above, below and between, the best first. */
const AROUND = [
  [1, 0], [1, -0.8], [1, 0.8], [-1, 0], [-1, -0.8], [-1, 0.8], [0, -1], [0, 1],
  [0.7, -1], [0.7, 1], [-0.7, -1], [-0.7, 1],
] as const;
const OFF_THE_LINE = AROUND.filter(([, dy]) => dy !== 0);
const STOPS = 12; // places along a line at which its label may stand
const POINTS = 6; // points of a mark that are looked at one by one
const SAMPLE = 400; // points of a cloud that count as ink
const [ACROSS, DOWN] = [9, 12]; // places all over the plot
const FAR = 60; // what a place costs that is not beside the mark
const REACH = { dot: 12, line: 7 }; // pixels between a mark and its label

/** Return the candidates for the label of `mark`. */
export function places({ shape }: PlaneMark, at: Positions, box: Box): Candidate[] {
  const there = known(at);
  if (!there.length) return [];
  if (shape === "dot") {
    const last = there.slice(-POINTS).reverse();
    return last.flatMap((i, rank) => around(at.xs[i] as number, at.ys[i] as number, box, REACH.dot, 6 * rank));
  }
  if (shape === "line") return along(at, there, box);
  return outside(at, there, box, shape === "area");
}

/**
 * Return places all over the plot, the nearer to the mark the better.
 *
 * They are a last resort: a label that is far from its mark is better than two on one spot.
 */
export function anywhere(at: Positions, box: Box, { left, top, right, bottom }: Area): Candidate[] {
  const [wide, high] = [right - left - box.width, bottom - top - box.height];
  const there = known(at);
  if (wide < 0 || high < 0 || !there.length) return [];
  const [x0, y0] = [mean(at.xs, there) - box.width / 2, mean(at.ys, there) - box.height / 2];
  return Array.from({ length: ACROSS * DOWN }, (_, i) => {
    const x = left + (wide * (i % ACROSS)) / (ACROSS - 1);
    const y = top + (high * Math.floor(i / ACROSS)) / (DOWN - 1);
    return { x, y, cost: FAR + 0.3 * Math.hypot(x - x0, y - y0) };
  });
}

function mean(values: Float64Array, there: readonly number[]): number {
  return there.reduce((sum, i) => sum + (values[i] as number), 0) / there.length;
}

/** Add what a mark of this shape draws to the ink that labels stay off. */
export function blot(shape: PlaneMark["shape"], { xs, ys }: Positions, ink: Ink): void {
  const stride = shape === "cloud" ? Math.max(1, Math.floor(xs.length / SAMPLE)) : 1;
  for (let i = 0; i < xs.length; i += stride) {
    if (!isThere(xs, ys, i)) continue;
    const [x, y] = [xs[i] as number, ys[i] as number];
    if (shape === "cloud") ink.dot(x, y, 1.5);
    else if (shape === "dot") spot(ink, x, y);
    else if (i > 0 && isThere(xs, ys, i - 1)) ink.stroke(xs[i - 1] as number, ys[i - 1] as number, x, y, 4);
  }
}

function spot(ink: Ink, x: number, y: number): void {
  for (const dx of [-6, 0, 6]) for (const dy of [-6, 0, 6]) ink.dot(x + dx, y + dy, 40);
}

/** Return the indices of the points that have both of their numbers. */
export function known({ xs, ys }: Positions): number[] {
  const all: number[] = [];
  for (let i = 0; i < xs.length; i += 1) if (isThere(xs, ys, i)) all.push(i);
  return all;
}

/** Return the places round a point. */
export function around(
  x: number,
  y: number,
  box: Box,
  reach: number,
  cost: number,
  sides: readonly (readonly [number, number])[] = AROUND,
): Candidate[] {
  return sides.map(([dx, dy], rank) => ({
    x: x + dx * reach - (1 - dx) * 0.5 * box.width,
    y: y + dy * (reach + box.height / 2) - box.height / 2,
    cost: cost + rank,
  }));
}

/** A line is best named at its end, else as near to the end as there is room. */
export function along(at: Positions, there: readonly number[], box: Box): Candidate[] {
  const last = there.length - 1;
  const length = Math.min(STOPS, there.length);
  const stops = Array.from({ length }, (_, k) =>
    there[Math.round(last * (1 - k / Math.max(1, length - 1)))] ?? there[0] as number);
  return stops.flatMap((i, rank) =>
    around(at.xs[i] as number, at.ys[i] as number, box, REACH.line, 3 * rank, rank ? OFF_THE_LINE : AROUND));
}

/** A cloud is named beside its bulk; an area inside, where it is wide enough. */
function outside(at: Positions, there: readonly number[], box: Box, inside: boolean): Candidate[] {
  const share = inside ? 0 : 0.04;
  const [left, right] = bulk(at.xs, there, share);
  const [top, bottom] = bulk(at.ys, there, share);
  const [middle, level] = [(left + right - box.width) / 2, (top + bottom - box.height) / 2];
  const near = [0.1, 0.35, 0.65, 0.9].flatMap((part) => {
    const x = left + part * (right - left) - box.width / 2;
    const y = top + part * (bottom - top) - box.height / 2;
    return [
      { x, y: top - box.height - 4, cost: 4 }, { x, y: bottom + 4, cost: 6 },
      { x: right + 6, y, cost: 5 }, { x: left - box.width - 6, y, cost: 8 },
    ];
  });
  return [...(inside ? within(left, right, top, bottom, box) : []), ...near, { x: middle, y: level, cost: 30 }];
}

/** Return nine places inside a rectangle, the middle first; none when the label does not fit. */
function within(left: number, right: number, top: number, bottom: number, box: Box): Candidate[] {
  const [wide, high] = [right - left - box.width - 16, bottom - top - box.height - 12];
  if (wide < 0 || high < 0) return [];
  return [0.5, 0, 1].flatMap((over) => [0.5, 0, 1].map((down) => ({
    x: left + 8 + over * wide, y: top + 6 + down * high, cost: over === 0.5 && down === 0.5 ? 0 : 2,
  })));
}

/** Return the stretch that holds all numbers but a share at either end. */
function bulk(values: Float64Array, there: readonly number[], share: number): [number, number] {
  const sorted = Float64Array.from(there, (i) => values[i] as number).sort();
  const cut = Math.floor(share * sorted.length);
  return [sorted[cut] as number, sorted[sorted.length - 1 - cut] as number];
}
