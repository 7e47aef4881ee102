/** The trail behind a walker: one lane for each direction of each edge, wider the more it is taken. */
import { s, setAttribute } from "../shared/dom";
import type { Geometry, Point } from "./map";

export interface Trail {
  readonly node: SVGGElement;
  /** Take another path; nothing of it shows until `show` is called. */
  follow(path: readonly number[]): void;
  /** Show the trail of the first `step` steps. */
  show(step: number): void;
}

interface Lane {
  readonly node: SVGGElement;
  readonly line: SVGPathElement;
}

const SHIFT = 0.09; // of a cell, to the right of the direction of travel, where both are taken
const CELLS = 65536; // more than any map has

/** Return the trail of `path`, hidden until `show` is called. */
export function createTrail(path: readonly number[], map: Geometry): Trail {
  const trail = new LaneTrail(map);
  trail.follow(path);
  return trail;
}

/** Lanes are kept from path to path: neighbouring settings share most of them. */
class LaneTrail implements Trail {
  readonly node = s("g");
  private readonly lanes = new Map<string, Lane>();
  private inUse = new Map<number, Lane>();
  private edges: readonly number[] = [];
  private busiest = 1;
  private shown = -1;

  constructor(private readonly map: Geometry) {}

  follow(path: readonly number[]): void {
    this.edges = path.slice(1).map((to, i) => (path[i] as number) * CELLS + to);
    const taken = new Set(this.edges);
    const before = this.inUse;
    this.inUse = new Map([...taken].map((edge) => [edge, this.lane(edge, taken)]));
    const used = new Set(this.inUse.values());
    for (const lane of before.values()) if (!used.has(lane)) hide(lane, true);
    this.busiest = Math.max(1, ...count(this.edges, this.edges.length).values());
    this.shown = -1;
  }

  show(step: number): void {
    if (step === this.shown) return;
    this.shown = step;
    const used = count(this.edges, step);
    for (const [edge, lane] of this.inUse) widen(lane, (used.get(edge) ?? 0) / this.busiest, this.map.size);
  }

  private lane(edge: number, taken: ReadonlySet<number>): Lane {
    const [from, to] = [Math.floor(edge / CELLS), edge % CELLS];
    const shift = taken.has(to * CELLS + from) ? SHIFT : 0;
    const key = `${edge},${shift}`;
    const known = this.lanes.get(key);
    if (known) return known;
    const lane = createLane(from, to, shift, this.map);
    this.lanes.set(key, lane);
    this.node.append(lane.node);
    return lane;
  }
}

function count(edges: readonly number[], steps: number): Map<number, number> {
  const used = new Map<number, number>();
  for (const edge of edges.slice(0, steps)) used.set(edge, (used.get(edge) ?? 0) + 1);
  return used;
}

function widen(lane: Lane, share: number, size: number): void {
  hide(lane, share === 0);
  if (share) setAttribute(lane.line, "stroke-width", (size * (0.02 + 0.05 * Math.sqrt(share))).toFixed(2));
}

function hide({ node }: Lane, hidden: boolean): void {
  const display = hidden ? "none" : "";
  if (node.style.display !== display) node.style.display = display;
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
