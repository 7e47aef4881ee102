/** Who walks the map: a boat seen from above, or a plain disc with a heading. */
import { s } from "../shared/dom";
import type { Geometry } from "./map";

export interface Walker {
  readonly node: SVGGElement;
  /** Put the walker at a moment of its path; `time` may lie between two steps. */
  show(time: number): void;
}

type Heading = "still" | number; // degrees

/** Return a walker called `name` that follows `path`. */
export function createWalker(name: string, path: readonly number[], map: Geometry): Walker {
  const node = s("g", { class: "pg-walker" }, name === "boat" ? boat(map.size) : disc(map.size));
  const headings = headingsOf(path, map.columns);
  const show = (time: number): void => {
    const step = Math.min(Math.floor(time), path.length - 1);
    const next = Math.min(step + 1, path.length - 1);
    const share = ease(time - step);
    const a = map.centre(path[step] ?? 0);
    const b = map.centre(path[next] ?? 0);
    const x = a.x + (b.x - a.x) * share;
    const y = a.y + (b.y - a.y) * share;
    const turn = between(headings[step] ?? 0, headings[next] ?? 0, Math.min(1, 2 * (time - step)));
    node.setAttribute(
      "transform",
      `translate(${x.toFixed(2)},${y.toFixed(2)}) rotate(${turn.toFixed(1)})`,
    );
  };
  return { node, show };
}

function ease(share: number): number {
  return share * share * (3 - 2 * share);
}

/**
 * Return the heading after each step, in degrees without jumps.
 *
 * Whoever goes straight back goes astern: rocking on and off a tile looks like rocking, not like
 * spinning.
 */
function headingsOf(path: readonly number[], columns: number): number[] {
  const moves = path.slice(1).map((to, i) => direction(to - (path[i] as number), columns));
  let heading = moves.find((move): move is number => move !== "still") ?? 0;
  const after = moves.map((move) => {
    const turn = move === "still" ? 0 : ((move - heading + 540) % 360) - 180;
    if (Math.abs(turn) < 180) heading += turn;
    return heading;
  });
  return [after[0] ?? 0, ...after];
}

function direction(difference: number, columns: number): Heading {
  if (difference === 1) return 0;
  if (difference === -1) return 180;
  if (difference === columns) return 90;
  if (difference === -columns) return 270;
  return "still";
}

function between(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

function boat(size: number): SVGGElement {
  const u = size / 100;
  const scaled = (d: string): string => d.replace(/-?\d+/g, (n) => (Number(n) * u).toFixed(1));
  const hull = "M-24,-13 C-8,-17 12,-15 30,0 C12,15 -8,17 -24,13 C-27,5 -27,-5 -24,-13 Z";
  const deck = "M-15,-7 C-6,-10 6,-9 15,0 C6,9 -6,10 -15,7 Z";
  return s("g", null,
    s("path", { class: "pg-hull", d: scaled(hull) }),
    s("path", { class: "pg-deck", d: scaled(deck) }));
}

function disc(size: number): SVGGElement {
  const r = size * 0.2;
  return s("g", null,
    s("circle", { class: "pg-hull", r }),
    s("path", { class: "pg-deck", d: `M${r * 0.2},${-r * 0.5}L${r * 0.8},0L${r * 0.2},${r * 0.5}Z` }));
}
