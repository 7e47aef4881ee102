/** Direct labels: wrap them, measure them and keep them off each other and off the lines. */

import { s } from "../shared/dom";

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** A vertical stretch that a label should stay off, between two heights in pixels. */
export type Band = readonly [top: number, bottom: number];

export interface Wanted extends Box {
  /** Left end of the label. */
  readonly left: number;
  /** Height of the line's end, where the label would like to be. */
  readonly anchor: number;
  /** The label's own line beneath the label, which then sits above or below it; null if none. */
  readonly own: Band | null;
  /** Every line within the label's horizontal extent. */
  readonly obstacles: readonly Band[];
}

export const LINE_HEIGHT = 17;
const GAP = 5;
const STEP = 8;
const TRIES = 24;

/** Text that was broken into lines and measured. */
export interface Label extends Box {
  readonly lines: readonly string[];
}

/** Return the font of labels within `svg`. */
export function labelFont(svg: SVGElement): string {
  return `600 14px ${getComputedStyle(svg).fontFamily}`;
}

/** Break `text` into lines no wider than `limit` and measure them. */
export function measure(text: string, font: string, limit: number): Label {
  const lines = wrap(text, font, limit);
  const width = Math.ceil(Math.max(...lines.map((line) => textWidth(line, font))));
  return { lines, width, height: lines.length * LINE_HEIGHT };
}

/** Write the lines of a label below each other. */
export function writeLabel(label: SVGTextElement, lines: readonly string[]): void {
  label.replaceChildren(
    ...lines.map((text, i) => s("tspan", { x: 0, dy: i ? LINE_HEIGHT : 0 }, text)),
  );
}

let context: CanvasRenderingContext2D | null = null;
const widths = new Map<string, number>();

/** Return the width of `text` in `font` without a layout of the page. */
export function textWidth(text: string, font: string): number {
  const key = `${font}|${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) return text.length * 7;
  context.font = font;
  const width = context.measureText(text).width;
  widths.set(key, width);
  return width;
}

/** Break `text` into as few lines as fit `limit` pixels. */
export function wrap(text: string, font: string, limit: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && textWidth(longer, font) > limit) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function overlap([top, bottom]: Band, [otherTop, otherBottom]: Band): number {
  return Math.max(0, Math.min(bottom, otherBottom) - Math.max(top, otherTop));
}

function candidates({ anchor, own, height }: Wanted): number[] {
  if (!own) {
    return Array.from({ length: TRIES }, (_, i) => anchor + STEP * Math.ceil(i / 2) * (-1) ** i);
  }
  const above = own[0] - GAP - height / 2;
  const below = own[1] + GAP + height / 2;
  return Array.from({ length: TRIES }, (_, i) =>
    i % 2 ? below + (STEP * (i - 1)) / 2 : above - (STEP * i) / 2,
  );
}

function sideBySide(one: Wanted, other: Wanted): boolean {
  return one.left < other.left + other.width && other.left < one.left + one.width;
}

/** Return the centre height of each label, in the order given, inside `[top, bottom]`. */
export function place(wanted: readonly Wanted[], [top, bottom]: Band): number[] {
  const placed: (readonly [label: Wanted, taken: Band])[] = [];
  return wanted.map((label) => {
    const beside = placed.filter(([other]) => sideBySide(label, other)).map(([, taken]) => taken);
    const half = label.height / 2;
    let best = label.anchor;
    let lowest = Infinity;
    for (const candidate of candidates(label)) {
      const y = Math.min(bottom - half, Math.max(top + half, candidate));
      const band: Band = [y - half, y + half];
      const covered = [...beside, ...label.obstacles].map((other) => overlap(band, other));
      const cost = covered.reduce((sum, pixels) => sum + 100 * pixels, Math.abs(y - label.anchor));
      if (cost < lowest) [lowest, best] = [cost, y];
    }
    placed.push([label, [best - half - 1, best + half + 1]]);
    return best;
  });
}
