/** Outlines of many points as one path: cheap to move, and the style sheet colours them. */

/** Join points; a point that is not there makes a gap. */
export function joined(x: ArrayLike<number>, y: ArrayLike<number>, closed = false): string {
  const parts: string[] = [];
  let pen = "M";
  for (let i = 0; i < x.length; i += 1) {
    if (!isThere(x, y, i)) {
      pen = "M";
      continue;
    }
    parts.push(`${pen}${fixed(x[i] as number)},${fixed(y[i] as number)}`);
    pen = "L";
  }
  return parts.length ? parts.join("") + (closed ? "Z" : "") : "";
}

/** Outline a circle round each point. */
export function circles(x: ArrayLike<number>, y: ArrayLike<number>, r: number): string {
  const ring = `a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0`;
  return each(x, y, (i) => `M${fixed((x[i] as number) - r)},${fixed(y[i] as number)}${ring}`);
}

/** Write `sign` at every point whose index leaves `part` when divided by `parts`. */
export function scattered(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  sign: string,
  [part, parts]: readonly [number, number],
): string {
  return each(x, y, (i) =>
    i % parts === part ? `M${fixed(x[i] as number)},${fixed(y[i] as number)}${sign}` : "");
}

/** Return the area between two lines over the same positions. */
export function between(x: Float64Array, low: Float64Array, high: Float64Array): string {
  const there = [...x.keys()].filter((i) => isThere(low, high, i) && Number.isFinite(x[i]));
  const back = [...there].reverse();
  const pick = (indices: readonly number[], values: Float64Array): number[] =>
    indices.map((i) => values[i] as number);
  return joined([...pick(there, x), ...pick(back, x)], [...pick(there, high), ...pick(back, low)], true);
}

function each(x: ArrayLike<number>, y: ArrayLike<number>, write: (i: number) => string): string {
  const parts: string[] = [];
  for (let i = 0; i < x.length; i += 1) if (isThere(x, y, i)) parts.push(write(i));
  return parts.join("");
}

/** Return whether a point has both of its numbers. */
export function isThere(x: ArrayLike<number>, y: ArrayLike<number>, i: number): boolean {
  return Number.isFinite(x[i]) && Number.isFinite(y[i]);
}

/** A tenth of a pixel is finer than a screen: whole tenths, without toFixed's cost. */
function fixed(value: number): number {
  return Math.round(value * 10) / 10;
}
