/** Direct labels in a plane: each takes the emptiest place beside what it names. */
import type { Box } from "./labels";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A place that a label could take: its upper left corner and how far that is from ideal. */
export interface Candidate extends Point {
  readonly cost: number;
}

/** The part of the picture that labels may take. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Name extends Box {
  readonly candidates: readonly Candidate[];
  /** Which candidate it took last: labels stay where they are unless that gets crowded. */
  readonly before: number;
}

const CELL = 6; // pixels
const MOST = 40; // ink in one cell
const STAY = 14; // what leaving a place costs
const COVERED = 1; // what a covered cell costs for each unit of ink
const OVERLAP = 8; // what a square pixel of another label costs
const APART = 7; // pixels between two labels in a row, lest they read as one

/** How much ink lies where, in cells of a few pixels. */
export class Ink {
  private readonly columns: number;
  private readonly cells: Float32Array;

  constructor(readonly area: Area) {
    this.columns = Math.max(1, Math.ceil((area.right - area.left) / CELL));
    const rows = Math.max(1, Math.ceil((area.bottom - area.top) / CELL));
    this.cells = new Float32Array(this.columns * rows);
  }

  clear(): void {
    this.cells.fill(0);
  }

  /** Add `weight` round a point. */
  dot(x: number, y: number, weight: number): void {
    const at = this.index(x, y);
    if (at >= 0) this.cells[at] = Math.min(MOST, (this.cells[at] as number) + weight);
  }

  /** Add `weight` along a stretch. */
  stroke(x0: number, y0: number, x1: number, y1: number, weight: number): void {
    const steps = Math.min(400, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / CELL));
    for (let i = 1; i <= steps; i += 1) {
      const share = i / steps;
      this.dot(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, weight);
    }
  }

  /** Return the ink beneath a box, counted up to `enough`; infinite where it leaves the area. */
  under({ x, y }: Point, { width, height }: Box, enough: number): number {
    const { left, top, right, bottom } = this.area;
    if (x < left || y < top || x + width > right || y + height > bottom) return Infinity;
    let sum = 0;
    for (let down = y; down <= y + height && sum < enough; down += CELL) {
      for (let over = x; over <= x + width; over += CELL) sum += this.cells[this.index(over, down)] ?? 0;
    }
    return sum;
  }

  private index(x: number, y: number): number {
    const column = Math.floor((x - this.area.left) / CELL);
    const row = Math.floor((y - this.area.top) / CELL);
    return column < 0 || column >= this.columns || row < 0 ? -1 : row * this.columns + column;
  }
}

/** Return the index of the candidate that each name takes, -1 for a name without a place. */
export function settle(names: readonly Name[], ink: Ink): number[] {
  const taken: (Point & Box)[] = [];
  return names.map((name) => {
    let best = -1;
    let least = Infinity;
    name.candidates.forEach((candidate, i) => {
      const move = name.before >= 0 && i !== name.before ? STAY : 0;
      const near = candidate.cost + move;
      if (near >= least) return;
      const others = taken.reduce((sum, other) => sum + shared(candidate, name, other), 0);
      const sofar = near + OVERLAP * others;
      if (sofar >= least) return;
      const cost = sofar + COVERED * ink.under(candidate, name, (least - sofar) / COVERED);
      if (cost < least) [least, best] = [cost, i];
    });
    const place = name.candidates[best];
    if (place) taken.push({ x: place.x, y: place.y, width: name.width, height: name.height });
    return best;
  });
}

function shared(at: Point, { width, height }: Box, other: Point & Box): number {
  const over = Math.min(at.x + width, other.x + other.width) - Math.max(at.x, other.x) + APART;
  const down = Math.min(at.y + height, other.y + other.height) - Math.max(at.y, other.y);
  return over > 0 && down > 0 ? over * down : 0;
}
