/** The geometry of a map of cells: where each cell lies and what the water looks like. */
import { s } from "../shared/dom";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where cells lie in a picture of a certain width. */
export interface Geometry {
  readonly columns: number;
  readonly size: number; // of a cell, in pixels
  readonly width: number;
  readonly height: number;
  /** Centre of a flat cell index. */
  centre(cell: number): Point;
}

const WALL = "#";
const ARROW_TURNS: Readonly<Record<string, number>> = { ">": 0, v: 90, "<": 180, "^": 270 };
/** Share of a cell that is drawn of an outer wall: a shore, not a whole row of land. */
const SHORE = 0.32;

/** Return the geometry of `art` in a picture `width` pixels wide. */
export function geometry(art: readonly string[], width: number): Geometry {
  const columns = art[0]?.length ?? 1;
  const walled = isWalled(art);
  const crop = walled ? 1 - SHORE : 0;
  const size = width / (columns - 2 * crop);
  const height = size * (art.length - 2 * crop);
  const centre = (cell: number): Point => ({
    x: ((cell % columns) + 0.5 - crop) * size,
    y: (Math.floor(cell / columns) + 0.5 - crop) * size,
  });
  return { columns, size, width, height, centre };
}

function isWalled(art: readonly string[]): boolean {
  const outer = [art[0], art.at(-1), ...art.map((row) => `${row[0]}${row.at(-1)}`)];
  return outer.every((cells) => [...(cells ?? "")].every((cell) => cell === WALL));
}

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

/** Draw land, water, arrow tiles and named places. */
export function drawMap(art: readonly string[], map: Geometry): SVGGElement {
  const stroke = (name: string, course: string, width: number): SVGPathElement =>
    s("path", { class: name, d: course, "stroke-width": (width * map.size).toFixed(1) });
  const water = courseOf(art, map, openCells(art));
  const islands = courseOf(art, map, islandCells(art));
  const land = s("rect", {
    class: "pg-land", width: map.width.toFixed(1), height: map.height.toFixed(1), rx: 10,
  });
  return s("g", null, land,
    stroke("pg-beach", water, 0.98), stroke("pg-water", water, 0.86),
    stroke("pg-water pg-square", islands, 1.2), stroke("pg-beach", islands, 0.98), stroke("pg-island", islands, 0.86),
    ...tiles(art, map));
}

/** Return the path along which a wide round stroke fills the member cells. */
function courseOf(art: readonly string[], map: Geometry, member: Member): string {
  const parts: string[] = [];
  art.forEach((cells, row) =>
    [...cells].forEach((_, column) => {
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
    }),
  );
  return parts.join("");
}

function tiles(art: readonly string[], map: Geometry): SVGElement[] {
  return [...art.join("")].flatMap((cell, index) => {
    if (cell === WALL || cell === " ") return [];
    const { x, y } = map.centre(index);
    const turn = ARROW_TURNS[cell];
    const place = `translate(${x.toFixed(1)},${y.toFixed(1)})`;
    const tile = turn === undefined ? buoys(map.size) : arrowTile(map.size, turn);
    tile.setAttribute("transform", place);
    return [tile];
  });
}

function arrowTile(size: number, turn: number): SVGGElement {
  const half = size * 0.3;
  const reach = size * 0.085;
  const chevron = (at: number): SVGPathElement =>
    s("path", { class: "pg-arrow", d: `M${at - reach},${-reach * 1.5}L${at},0L${at - reach},${reach * 1.5}` });
  const tile = s("rect", {
    class: "pg-tile", x: -half, y: -half, width: 2 * half, height: 2 * half, rx: size * 0.07,
  });
  const chevrons = s("g", { transform: `rotate(${turn})` }, chevron(0), chevron(reach * 1.4));
  return s("g", null, tile, chevrons);
}

/** A named place, such as the start: a ring of buoys. */
function buoys(size: number): SVGGElement {
  return s("g", null, s("circle", { class: "pg-place", r: (size * 0.3).toFixed(1) }));
}
