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
  if (name === "boat") return boat(size);
  return name === "robot" ? robot(size) : agent(size);
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
  const hull = "M-24,-13 C-8,-17 12,-15 30,0 C12,15 -8,17 -24,13 C-27,5 -27,-5 -24,-13 Z";
  const deck = "M-15,-7 C-6,-10 6,-9 15,0 C6,9 -6,10 -15,7 Z";
  return s("g", null, outline("pg-hull", hull, size), outline("pg-deck", deck, size));
}

/** Seen from above: two wheels, a body, and a visor on the side that looks ahead. */
function robot(size: number): SVGGElement {
  const wheels = "M-13,-27 H13 V-18 H-13 Z M-13,18 H13 V27 H-13 Z";
  const body =
    "M-16,-22 H12 C19,-22 23,-18 23,-11 V11 C23,18 19,22 12,22 H-16 C-20,22 -23,19 -23,15 V-15 C-23,-19 -20,-22 -16,-22 Z";
  const visor = "M7,-13 H11 C14,-13 16,-11 16,-8 V8 C16,11 14,13 11,13 H7 Z";
  return s("g", null,
    outline("pg-wheel", wheels, size), outline("pg-hull", body, size), outline("pg-deck", visor, size));
}

/** A body with a face that looks ahead: who goes where, and nothing about who it is. */
function agent(size: number): SVGGElement {
  const body = "M-23,0 C-23,-13 -13,-23 0,-23 C9,-23 16,-17 31,0 C16,17 9,23 0,23 C-13,23 -23,13 -23,0 Z";
  const face = "M3,-10 C9,-9 14,-4 17,0 C14,4 9,9 3,10 C5,4 5,-4 3,-10 Z";
  return s("g", null, outline("pg-hull", body, size), outline("pg-deck", face, size));
}

/** Scale an outline that was drawn for a tile of 100. */
function outline(look: string, d: string, size: number): SVGPathElement {
  const scaled = d.replace(/-?\d+/g, (n) => ((Number(n) * size) / 100).toFixed(1));
  return s("path", { class: look, d: scaled });
}
