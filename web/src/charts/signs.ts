/** What stands on a tile: an arrow, a start, a goal, a letter; on the map and in its legend. */
import { s } from "../shared/dom";

export type Legend = Readonly<Record<string, string>>;

const ARROW_TURNS: Readonly<Record<string, number>> = { ">": 0, v: 90, "<": 180, "^": 270 };

/** Return what a character of the map means; empty when the legend does not say. */
export function meaningOf(cell: string, legend: Legend): string {
  return Object.entries(legend).find(([cells]) => cells.includes(cell))?.[1] ?? "";
}

/** Return the sign of `cell`, drawn round the origin of a tile `size` pixels wide. */
export function drawSign(cell: string, meaning: string, size: number): SVGGElement {
  const turn = ARROW_TURNS[cell];
  if (turn !== undefined) return arrow(size, turn);
  if (/^start\b/i.test(meaning)) return s("g", null, s("circle", { class: "pg-place", r: rounded(size * 0.3) }));
  if (/^goal\b/i.test(meaning)) return flag(size);
  if (cell === "~") return waves(size);
  if (cell === ".") return s("g", null, s("circle", { class: "pg-pellet", r: rounded(Math.max(2.5, size * 0.065)) }));
  return letter(cell, size, "pg-tile");
}

/** Return a tile of class `look` with a letter on it. */
export function letter(text: string, size: number, look: string): SVGGElement {
  const fontSize = Math.max(13, size * 0.36);
  return s("g", null, tile(size, look),
    s("text", {
      class: "pg-sign-letter", "text-anchor": "middle", y: rounded(fontSize * 0.35), style: `font-size: ${rounded(fontSize)}px`,
    }, text));
}

function tile(size: number, look: string): SVGRectElement {
  const half = size * 0.32;
  return s("rect", {
    class: look, x: rounded(-half), y: rounded(-half), width: rounded(2 * half), height: rounded(2 * half), rx: rounded(size * 0.08),
  });
}

function arrow(size: number, turn: number): SVGGElement {
  const reach = size * 0.085;
  const chevron = (at: number): SVGPathElement =>
    s("path", { class: "pg-arrow", d: path([[at - reach, -reach * 1.5], [at, 0], [at - reach, reach * 1.5]]) });
  const chevrons = s("g", { transform: `rotate(${turn})` }, chevron(0), chevron(reach * 1.4));
  return s("g", null, tile(size, "pg-tile"), chevrons);
}

function flag(size: number): SVGGElement {
  const u = size / 10;
  const pennant = `${path([[-1.1 * u, -2.6 * u], [2.2 * u, -1.4 * u], [-1.1 * u, -0.2 * u]])}Z`;
  return s("g", null, tile(size, "pg-tile"),
    s("path", { class: "pg-flag", d: pennant }),
    s("path", { class: "pg-arrow", d: path([[-1.1 * u, -2.6 * u], [-1.1 * u, 2.5 * u]]) }));
}

function waves(size: number): SVGGElement {
  const u = size / 10;
  const wave = (y: number): SVGPathElement =>
    s("path", { class: "pg-wave", d: `M${rounded(-3 * u)},${rounded(y * u)}q${rounded(1.5 * u)},${rounded(-1.6 * u)} ${rounded(3 * u)},0t${rounded(3 * u)},0` });
  return s("g", null, wave(-1.2), wave(1.6));
}

function path(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i ? "L" : "M"}${rounded(x)},${rounded(y)}`).join("");
}

function rounded(value: number): string {
  return value.toFixed(1);
}
