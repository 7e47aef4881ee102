/**
 * When is something mastered? The twin of src/proxygap/bank/mastery.py;
 * tests/bank/keeping_cases.json runs against both.
 */

/** Share of the credit that counts as mastery (Bloom, "Learning for Mastery", 1968). */
const MASTERY = 0.8;
/** So many answers show what somebody knows of a chapter; a large bank need not be answered whole. */
export const ENOUGH = 16;
const ROUNDING = 1e-9;

/**
 * Where an answer was given without having just seen the key: the first try in a chapter, a spaced
 * review, or one of the two forms.
 */
export type Source = "first" | "review" | "before" | "after";

export interface Event {
  item: string;
  source: Source;
  /** Milliseconds since 1970. */
  at: number;
  /** What the answer earned, 0 to 1. */
  credit: number;
  /** How sure the learner was that it is right, in percent, where that was said. */
  confidence: number | null;
}

export interface Mastery {
  items: number;
  answered: number;
  /** Mean credit over what had to be answered. */
  share: number;
  mastered: boolean;
}

/**
 * Return the mastery of `items`, given what the answered ones earned. Without `enough`, as for a
 * form, what was not answered earns nothing; with it, so many answers are enough.
 */
export function judge(items: readonly string[], credit: ReadonlyMap<string, number>, enough = items.length): Mastery {
  const earned = items.flatMap((item) => credit.get(item) ?? []);
  const sum = earned.reduce((total, one) => total + one, 0);
  const asked = Math.max(earned.length, Math.min(items.length, enough));
  const share = asked > 0 ? sum / asked : 0;
  const mastered = asked > 0 && share >= MASTERY - ROUNDING;
  return { items: items.length, answered: earned.length, share, mastered };
}

/**
 * Return what the last answer to each item earned. The form before the course does not count: it
 * says what was known without the course.
 */
export function known(events: readonly Event[]): Map<string, number> {
  const inOrder = [...events].sort((one, other) => one.at - other.at);
  const counting = inOrder.filter(({ source }) => source !== "before");
  return new Map(counting.map(({ item, credit }) => [item, credit]));
}

/** Write a share in percent; what is just short of a goal is not rounded up to it. */
export function percent(share: number): string {
  return `${Math.floor(100 * share + 1e-6)} %`;
}
