/**
 * One answer in a spaced review, as it is kept in the progress store.
 *
 * Every review is a record of its own, and the schedule is worked out from all of them: whatever
 * was reviewed on two machines, nothing is lost when their files are merged.
 */

import { isConfidence } from "../progress/predictions";
import { isObject } from "../progress/records";
import type { ProgressStore } from "../progress/store";
import { isResponse, isScored } from "../quiz/answers";
import type { Outcome, Response } from "../quiz/scoring";

export interface Review {
  item: string;
  response: Response;
  outcome: Outcome;
  credit: number;
  /** How sure the learner was, in percent; null where that was left open. */
  confidence: number | null;
}

/** Return a kept value as a review, or null if it is damaged. */
export function asReview(value: unknown): Review | null {
  if (!isObject(value) || !isScored(value)) return null;
  const { item, response, confidence } = value as Record<string, unknown>;
  if (typeof item !== "string" || !isResponse(response) || !isConfidence(confidence)) return null;
  return value as unknown as Review;
}

export async function keepReview(store: ProgressStore, review: Review): Promise<void> {
  await store.put("review", `${review.item}@${new Date().toISOString()}`, review);
}
