/** Direct labels: wrap them, measure them, write them. */

import { s } from "../shared/dom";

export interface Box {
  readonly width: number;
  readonly height: number;
}

export const LINE_HEIGHT = 17;

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

/**
 * Call `redraw` when fonts have arrived: until then text was measured with a fallback.
 *
 * A font is asked for only when text in it is laid out, so it may still be unasked-for now.
 */
export function onFonts(redraw: () => unknown): () => void {
  const measureAnew = (): void => {
    widths.clear();
    redraw();
  };
  document.fonts.addEventListener("loadingdone", measureAnew);
  return () => document.fonts.removeEventListener("loadingdone", measureAnew);
}

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
