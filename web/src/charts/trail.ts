/** The trail behind a walker: one lane for each direction of each edge, wider the more it is taken. */
import { s } from "../shared/dom";
import type { Geometry, Point } from "./map";

export interface Trail {
  readonly node: SVGGElement;
  /** Show the trail of the first `step` steps. */
  show(step: number): void;
}

interface Lane {
  readonly node: SVGGElement;
  readonly line: SVGPathElement;
}

const SHIFT = 0.09; // of a cell, to the right of the direction of travel, where both are taken

/** Return the trail of `path`, hidden until `show` is called. */
export function createTrail(path: readonly number[], map: Geometry): Trail {
  const keys = path.slice(1).map((to, i) => `${path[i]}>${to}`);
  const taken = new Set(keys);
  const lanes = new Map([...taken].map((key) => {
    const [from, to] = key.split(">").map(Number) as [number, number];
    return [key, createLane(from, to, taken.has(`${to}>${from}`) ? SHIFT : 0, map)];
  }));
  const busiest = Math.max(1, ...count(keys, keys.length).values());
  const node = s("g", null, ...[...lanes.values()].map((lane) => lane.node));
  let shown = -1;
  const show = (step: number): void => {
    if (step === shown) return;
    shown = step;
    const used = count(keys, step);
    for (const [key, lane] of lanes) widen(lane, (used.get(key) ?? 0) / busiest, map.size);
  };
  return { node, show };
}

function count(keys: readonly string[], steps: number): Map<string, number> {
  const used = new Map<string, number>();
  for (const key of keys.slice(0, steps)) used.set(key, (used.get(key) ?? 0) + 1);
  return used;
}

function widen({ node, line }: Lane, share: number, size: number): void {
  node.style.display = share ? "" : "none";
  line.setAttribute("stroke-width", (size * (0.02 + 0.05 * Math.sqrt(share))).toFixed(2));
}

function createLane(from: number, to: number, shift: number, map: Geometry): Lane {
  const a = map.centre(from);
  if (from === to) return bump(a, map.size * 0.2);
  const b = map.centre(to);
  const [dx, dy] = [(b.x - a.x) * shift, (b.y - a.y) * shift];
  const start = { x: a.x - dy, y: a.y + dx };
  const end = { x: b.x - dy, y: b.y + dx };
  const line = s("path", { class: "pg-trail", d: `M${at(start)}L${at(end)}` });
  const head = s("path", { class: "pg-trail-head", d: arrowHead(start, end) });
  return { node: s("g", null, line, head), line };
}

/** The walker stayed where it was: it ran into a wall. */
function bump({ x, y }: Point, r: number): Lane {
  const ring = `M${at({ x: x - r, y })}a${r},${r} 0 1 1 ${2 * r},0a${r},${r} 0 1 1 ${-2 * r},0`;
  const line = s("path", { class: "pg-trail", d: ring });
  return { node: s("g", null, line), line };
}

/** A triangle at two thirds of the way. */
function arrowHead(a: Point, b: Point): string {
  const [ux, uy] = [(b.x - a.x) / 10, (b.y - a.y) / 10];
  const tip = { x: a.x + 7 * ux, y: a.y + 7 * uy };
  const base = { x: tip.x - 1.5 * ux, y: tip.y - 1.5 * uy };
  const left = { x: base.x + 0.7 * uy, y: base.y - 0.7 * ux };
  const right = { x: base.x - 0.7 * uy, y: base.y + 0.7 * ux };
  return `M${at(left)}L${at(tip)}L${at(right)}Z`;
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}
