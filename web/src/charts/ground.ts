/** What a map is drawn on: a sea with shores for a boat, a room with walls for everybody else. */
import { s } from "../shared/dom";
import { WALL, type Geometry } from "./map";
import { drawSign, meaningOf } from "./signs";
import type { GridView } from "./types";

type Member = (row: number, column: number) => boolean;

/** Return a test for cells that are not wall. */
function openCells(art: readonly string[]): Member {
  return (row, column) => (art[row]?.[column] ?? WALL) !== WALL;
}

/** Return a test for wall that does not touch the edge of the map: islands. */
function islandCells(art: readonly string[]): Member {
  const inside = (row: number, column: number): boolean =>
    row > 0 && column > 0 && row < art.length - 1 && column < (art[row]?.length ?? 0) - 1;
  return (row, column) => inside(row, column) && art[row]?.[column] === WALL;
}

/** Draw the ground and the signs on it; `covered` are characters that something else draws. */
export function drawGround(view: GridView, map: Geometry, covered: ReadonlySet<string>): SVGGElement {
  const ground = view.walker === "boat" ? sea(view.art, map) : room(view.art, map);
  return s("g", null, ...ground, ...signs(view, map, covered));
}

function room(art: readonly string[], map: Geometry): SVGElement[] {
  const open = openCells(art);
  const half = map.size / 2;
  const size = map.size.toFixed(2);
  const at = (x: number, y: number): string => `${x.toFixed(2)},${y.toFixed(2)}`;
  const floor: string[] = [];
  const seams: string[] = [];
  each(art, (row, column) => {
    if (!open(row, column)) return;
    const { x, y } = map.centre(row * map.columns + column);
    floor.push(`M${at(x - half, y - half)}h${size}v${size}h-${size}z`);
    if (open(row, column + 1)) seams.push(`M${at(x + half, y - half)}v${size}`);
    if (open(row + 1, column)) seams.push(`M${at(x - half, y + half)}h${size}`);
  });
  return [
    wholeMap("pg-walls", map),
    s("path", { class: "pg-floor", d: floor.join("") }),
    s("path", { class: "pg-seams", d: seams.join("") }),
  ];
}

function sea(art: readonly string[], map: Geometry): SVGElement[] {
  const stroke = (name: string, course: string, width: number): SVGPathElement =>
    s("path", { class: name, d: course, "stroke-width": (width * map.size).toFixed(1) });
  const water = courseOf(art, map, openCells(art));
  const islands = courseOf(art, map, islandCells(art));
  return [
    wholeMap("pg-land", map),
    stroke("pg-beach", water, 0.98), stroke("pg-water", water, 0.86),
    stroke("pg-water pg-square", islands, 1.2), stroke("pg-beach", islands, 0.98),
    stroke("pg-island", islands, 0.86),
  ];
}

function wholeMap(look: string, map: Geometry): SVGRectElement {
  return s("rect", { class: look, width: map.width.toFixed(1), height: map.height.toFixed(1), rx: 10 });
}

/** Return the path along which a wide round stroke fills the member cells. */
function courseOf(art: readonly string[], map: Geometry, member: Member): string {
  const parts: string[] = [];
  each(art, (row, column) => {
    if (!member(row, column)) return;
    const right = member(row, column + 1);
    const below = member(row + 1, column);
    const block = right && below && member(row + 1, column + 1);
    const { x, y } = map.centre(row * map.columns + column);
    const start = `M${x.toFixed(1)},${y.toFixed(1)}`;
    const step = map.size.toFixed(1);
    parts.push(`${start}h0`);
    if (right) parts.push(`${start}h${step}`);
    if (below) parts.push(`${start}v${step}`);
    if (block) parts.push(`${start}h${step}v${step}h-${step}z`); // no hole inside a block
  });
  return parts.join("");
}

function each(art: readonly string[], visit: (row: number, column: number) => void): void {
  art.forEach((cells, row) => [...cells].forEach((_, column) => visit(row, column)));
}

function signs({ art, legend }: GridView, map: Geometry, covered: ReadonlySet<string>): SVGElement[] {
  return [...art.join("")].flatMap((cell, index) => {
    if (cell === WALL || cell === " " || covered.has(cell)) return [];
    const { x, y } = map.centre(index);
    const sign = drawSign(cell, meaningOf(cell, legend), map.size);
    sign.setAttribute("transform", `translate(${x.toFixed(1)},${y.toFixed(1)})`);
    return [sign];
  });
}
