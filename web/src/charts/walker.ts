/** Who walks the map: a boat seen from above, or a token with a face. */
import { s, setAttribute } from "../shared/dom";
import { glide, type Geometry } from "./map";

export interface Walker {
  readonly node: SVGGElement;
  /** Take another path. */
  follow(path: readonly number[]): void;
  /** Put the walker at a moment of its path; `time` may lie between two steps. */
  show(time: number): void;
}

type Heading = "still" | number; // degrees
type Turn = (heading: number, move: number) => number;

/** Return a walker called `name` that follows `path`. */
export function createWalker(name: string, path: readonly number[], map: Geometry): Walker {
  const node = s("g", { class: "pg-walker" }, walkerToken(name, map.size));
  const turn = name === "boat" ? astern : around;
  let cells = path;
  let headings = headingsOf(path, map.columns, turn);
  const show = (time: number): void => {
    const at = glide(cells, time, map);
    if (!at) return;
    const step = Math.min(Math.floor(time), cells.length - 1);
    const from = headings[step] ?? 0;
    const to = headings[Math.min(step + 1, cells.length - 1)] ?? from;
    const heading = from + (to - from) * Math.min(1, 2 * (time - step));
    const place = `translate(${at.x.toFixed(2)},${at.y.toFixed(2)})`;
    setAttribute(node, "transform", `${place} rotate(${heading.toFixed(1)})`);
  };
  const follow = (next: readonly number[]): void => {
    [cells, headings] = [next, headingsOf(next, map.columns, turn)];
  };
  return { node, follow, show };
}

/** Return what stands for a walker called `name`, heading right. */
export function walkerToken(name: string, size: number): SVGGElement {
  return name === "boat" ? boat(size) : agent(size);
}

/** A boat that goes straight back goes astern: rocking on and off a tile is no spinning. */
function astern(heading: number, move: number): number {
  const turn = around(heading, move);
  return Math.abs(turn) < 180 ? turn : 0;
}

/** Turn the shorter way. */
function around(heading: number, move: number): number {
  return ((((move - heading + 180) % 360) + 360) % 360) - 180;
}

/** Return the heading after each step, in degrees without jumps. */
function headingsOf(path: readonly number[], columns: number, turn: Turn): number[] {
  const moves = path.slice(1).map((to, i) => direction(to - (path[i] as number), columns));
  let heading = moves.find((move): move is number => move !== "still") ?? 0;
  const after = moves.map((move) => {
    if (move !== "still") heading += turn(heading, move);
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

function boat(size: number): SVGGElement {
  const u = size / 100;
  const scaled = (d: string): string => d.replace(/-?\d+/g, (n) => (Number(n) * u).toFixed(1));
  const hull = "M-24,-13 C-8,-17 12,-15 30,0 C12,15 -8,17 -24,13 C-27,5 -27,-5 -24,-13 Z";
  const deck = "M-15,-7 C-6,-10 6,-9 15,0 C6,9 -6,10 -15,7 Z";
  return s("g", null,
    s("path", { class: "pg-hull", d: scaled(hull) }),
    s("path", { class: "pg-deck", d: scaled(deck) }));
}

/** A body with a face that looks ahead: who goes where, and nothing about who it is. */
function agent(size: number): SVGGElement {
  const r = size * 0.23;
  const at = (x: number, y: number): string => `${(x * r).toFixed(1)},${(y * r).toFixed(1)}`;
  const visor = `M${at(0.25, -0.62)}A${at(0.72, 0.72)} 0 0 1 ${at(0.25, 0.62)}L${at(0.25, -0.62)}Z`;
  const nose = `M${at(0.86, -0.42)}L${at(1.38, 0)}L${at(0.86, 0.42)}Z`;
  return s("g", null,
    s("path", { class: "pg-nose", d: nose }),
    s("circle", { class: "pg-hull", r: r.toFixed(1) }),
    s("path", { class: "pg-deck", d: visor }));
}
