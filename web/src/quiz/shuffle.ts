/** Reproducible shuffling: the same seed, item and try give the same order in this browser. */

import type { ProgressStore } from "../progress/store";

/** FNV-1a: spreads similar texts over all 32-bit numbers. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1)
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}

/** mulberry32, a small generator of uniform numbers in [0, 1). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffle(names: readonly string[], seed: number): string[] {
  const random = generator(seed);
  const shuffled = [...names];
  for (let i = shuffled.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j] as string, shuffled[i] as string];
  }
  return shuffled;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

/**
 * Shuffle `names` for one try of an item. The order differs from the one of the try before and
 * from `forbidden` (an order item must not begin solved).
 */
export function orderFor(
  names: readonly string[],
  seed: number,
  item: string,
  tries: number,
  forbidden: readonly string[] = [],
): string[] {
  if (names.length < 2) return [...names];
  const before = tries > 0 ? orderFor(names, seed, item, tries - 1, forbidden) : [];
  for (let salt = 0; ; salt += 1) {
    const order = shuffle(names, hash(`${seed}/${item}/${tries}/${salt}`));
    if (!same(order, before) && !same(order, forbidden)) return order;
  }
}

/** The seed of this browser; drawn once and kept. */
export async function seedOf(store: ProgressStore): Promise<number> {
  const kept = await store.get<unknown>("seed", "quiz");
  if (typeof kept === "number") return kept;
  const [drawn] = crypto.getRandomValues(new Uint32Array(1));
  await store.put("seed", "quiz", drawn);
  return drawn as number;
}
