/** Where the labels of a curve stand: at the ends of its lines and beside its marker. */
import { setAttribute } from "../shared/dom";
import type { Scale } from "./axes";
import { LINE_HEIGHT, place, type Band, type Box, type Wanted } from "./labels";

/** A label that belongs to a place on a line. */
export interface Tag extends Box {
  readonly node: SVGTextElement;
  /** The line and the point on it that the label names. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly at: readonly [x: number, y: number];
  /** The end of a line is labelled at the plot's right edge when there is no room beside it. */
  readonly atEnd: boolean;
}

export interface Field {
  readonly x: Scale;
  readonly y: Scale;
  readonly width: number;
}

const GAP = 11;

/** Put each label beside its point: on the right where there is room, else above or below. */
export function positionLabels(field: Field, tags: readonly Tag[]): void {
  const [bottom = 0, top = 0] = field.y.range();
  const ordered = [...tags].sort((a, b) => Number(b.atEnd) - Number(a.atEnd) || a.at[1] - b.at[1]);
  const lefts = ordered.map((tag) => leftOf(tag, field));
  const wanted = ordered.map((tag, i) => want(tag, ordered, lefts[i] as number));
  const heights = place(wanted, [top - 6, bottom - 2]);
  ordered.forEach(({ node, height, width }, i) => {
    const y = (heights[i] as number) - height / 2 + LINE_HEIGHT * 0.76;
    const left = lefts[i] as number;
    const anchored = wanted[i]?.beside ?? true;
    setAttribute(node, "text-anchor", anchored ? "start" : "end");
    const x = anchored ? left : left + width;
    setAttribute(node, "transform", `translate(${x.toFixed(1)},${y.toFixed(1)})`);
  });
}

function leftOf({ at, width, atEnd }: Tag, field: Field): number {
  const edge = field.x.range()[1] ?? 0;
  const right = at[0] + GAP;
  if (atEnd) return right + width <= field.width - 2 ? right : edge - width;
  return right + width <= edge ? right : at[0] - GAP - width;
}

type WantedTag = Wanted & { readonly beside: boolean };

function want(tag: Tag, all: readonly Tag[], left: number): WantedTag {
  const { width, height } = tag;
  const bands = all.map((other) =>
    other.atEnd || other === tag ? bandWithin(other, left - GAP / 2, left + width) : null);
  const obstacles = bands.filter((band) => band !== null);
  const own = bands[all.indexOf(tag)] ?? null;
  return { width, height, left, anchor: tag.at[1], own, obstacles, beside: left > tag.at[0] };
}

/** Return the vertical stretch that a line takes between two horizontal positions. */
function bandWithin({ xs, ys }: Tag, from: number, to: number): Band | null {
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
