/** Tiles that change their look, such as tomatoes that dry: hollow first, filled last. */
import { s, setAttribute } from "../shared/dom";
import type { Geometry } from "./map";
import type { Faces } from "./types";

export interface ChangingTiles {
  readonly node: SVGGElement;
  /** Take other numbers: one for each tile after each step, row after row. */
  follow(states: Float64Array): void;
  show(step: number): void;
}

const RADIUS = 0.27; // of a cell

/** Return the tiles of `faces` on `map`. */
export function createFaces({ tile, names }: Faces, art: readonly string[], map: Geometry): ChangingTiles {
  const cells = [...art.join("")].flatMap((cell, index) => (cell === tile ? [index] : []));
  const fills = cells.map(() => s("circle", { class: "pg-face-fill" }));
  const node = s("g", null, ...cells.map((cell, i) => {
    const { x, y } = map.centre(cell);
    return s("g", { transform: `translate(${x.toFixed(1)},${y.toFixed(1)})` }, ring(map.size), fills[i]);
  }));
  let states: Float64Array = new Float64Array();
  return {
    node,
    follow: (next) => (states = next),
    show: (step) => fills.forEach((fill, i) =>
      setAttribute(fill, "r", fillRadius(states[step * cells.length + i] ?? Number.NaN, names.length, map.size))),
  };
}

/** Return the sign of state number `state`, for a legend. */
export function faceSign(state: number, count: number, size: number): SVGGElement {
  return s("g", null, ring(size), s("circle", { class: "pg-face-fill", r: fillRadius(state, count, size) }));
}

/** Return how many tiles are in each state after `step` steps. */
export function tally({ names }: Faces, states: Float64Array, tiles: number, step: number): number[] {
  const now = states.subarray(step * tiles, (step + 1) * tiles);
  return names.map((_, state) => now.filter((one) => Math.round(one) === state).length);
}

function ring(size: number): SVGCircleElement {
  return s("circle", { class: "pg-face", r: (size * RADIUS).toFixed(1) });
}

function fillRadius(state: number, count: number, size: number): string {
  const share = Number.isFinite(state) && count > 1 ? Math.round(state) / (count - 1) : 0;
  return (size * RADIUS * share).toFixed(1);
}
