/** The geometry of a map of cells: where each cell lies, and where on it something is that moves. */

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

export const WALL = "#";
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

/** Return where something is that moves from cell to cell, or null while it is not there. */
export function glide(
  path: ArrayLike<number>,
  time: number,
  map: Geometry,
): { readonly x: number; readonly y: number } | null {
  const step = Math.min(Math.floor(time), path.length - 1);
  const from = path[step] ?? Number.NaN;
  if (!Number.isFinite(from)) return null;
  const to = path[Math.min(step + 1, path.length - 1)] ?? from;
  const a = map.centre(Math.round(from));
  const b = Number.isFinite(to) ? map.centre(Math.round(to)) : a;
  const share = ease(time - step);
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

function ease(share: number): number {
  return share * share * (3 - 2 * share);
}
