/** The trail behind a walker: one lane for each direction of each edge, wider the more it is taken. */
import { s, setAttribute, setShown } from "../shared/dom";
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
  /** How often it was taken so far. */
  taken: number;
}

const SHIFT = 0.09; // of a cell, to the right of the direction of travel, where both are taken
const CELLS = 4096; // more than any map has

/** Return the trail of `path`, hidden until `show` is called. */
export function createTrail(path: readonly number[], map: Geometry): Trail {
  const trail = new LaneTrail(map);
  trail.follow(path);
  return trail;
}

/** Lanes are kept from path to path: neighbouring settings share most of them. */
class LaneTrail implements Trail {
  readonly node = s("g");
  private readonly lanes = new Map<number, Lane>();
  private path: readonly number[] = [];
  /** The lane of each step. */
  private taken: readonly Lane[] = [];
  private inUse: ReadonlySet<Lane> = new Set();
  private busiest = 1;
  private shown = -1;

  constructor(private readonly map: Geometry) {}

  follow(path: readonly number[]): void {
    if (isSame(path, this.path)) return;
    this.path = path;
    const edges = path.slice(1).map((to, i) => ((path[i] as number) * CELLS + to) | 0);
    const all = new Set(edges);
    this.taken = edges.map((edge) => this.lane(edge, all));
    const before = this.inUse;
    this.inUse = new Set(this.taken);
    for (const lane of before) if (!this.inUse.has(lane)) setShown(lane.node, false);
    this.count(this.taken.length);
    this.busiest = Math.max(1, ...[...this.inUse].map((lane) => lane.taken));
    this.shown = -1;
  }

  show(step: number): void {
    if (step === this.shown) return;
    this.shown = step;
    this.count(step);
    for (const lane of this.inUse) widen(lane, lane.taken / this.busiest, this.map.size);
  }

  private count(steps: number): void {
    for (const lane of this.inUse) lane.taken = 0;
    for (const lane of this.taken.slice(0, steps)) lane.taken += 1;
  }

  private lane(edge: number, taken: ReadonlySet<number>): Lane {
    const [from, to] = [Math.floor(edge / CELLS), edge % CELLS];
    const shift = taken.has(to * CELLS + from) ? SHIFT : 0;
    const key = shift ? -edge : edge;
    const known = this.lanes.get(key);
    if (known) return known;
    const lane = createLane(from, to, shift, this.map);
    this.lanes.set(key, lane);
    this.node.append(lane.node);
    return lane;
  }
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((cell, i) => cell === other[i]);
}

function widen(lane: Lane, share: number, size: number): void {
  setShown(lane.node, share > 0);
  if (share) setAttribute(lane.line, "stroke-width", (size * (0.02 + 0.05 * Math.sqrt(share))).toFixed(2));
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
  return { node: s("g", null, line, head), line, taken: 0 };
}

/** The walker stayed where it was: it ran into a wall. */
function bump({ x, y }: Point, r: number): Lane {
  const ring = `M${at({ x: x - r, y })}a${r},${r} 0 1 1 ${2 * r},0a${r},${r} 0 1 1 ${-2 * r},0`;
  const line = s("path", { class: "pg-trail", d: ring });
  return { node: s("g", null, line), line, taken: 0 };
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
