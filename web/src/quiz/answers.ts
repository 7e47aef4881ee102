/** Answers as they are kept in the progress store. */

import { isObject } from "../progress/records";
import type { ProgressStore } from "../progress/store";
import type { Outcome, Response, Score } from "./scoring";

export interface Answer {
  quiz: string;
  response: Response;
  outcome: Outcome;
  credit: number;
  /** How often the item was answered, this answer included. */
  tries: number;
  /** How the first try scored and, in all but the oldest records, what it was and when. */
  first: { outcome: Outcome; credit: number; response?: Response; at?: string };
  /** Misconceptions that the answer stands for. */
  beliefs: string[];
}

export function isResponse(value: unknown): value is Response {
  if (typeof value === "string") return true;
  if (Array.isArray(value)) return value.every((part) => typeof part === "string");
  return isObject(value) && Object.values(value).every((part) => typeof part === "string");
}

export function isScored(value: unknown): value is { outcome: Outcome; credit: number } {
  return (
    isObject(value) &&
    ["correct", "partly", "wrong"].includes(String(value["outcome"])) &&
    typeof value["credit"] === "number"
  );
}

/** Return a kept value as an answer, or null if it is damaged. */
export function asAnswer(value: unknown): Answer | null {
  if (!isObject(value)) return null;
  const { quiz, response, tries, first, beliefs } = value;
  if (!isScored(value) || !isScored(first)) return null;
  if (typeof quiz !== "string" || !isResponse(response)) return null;
  if (!Number.isInteger(tries) || !Array.isArray(beliefs)) return null;
  return value as unknown as Answer;
}

export async function loadAnswer(store: ProgressStore, item: string): Promise<Answer | null> {
  return asAnswer(await store.get<unknown>("answer", item));
}

/** The answer that follows `before` when `response` scored `score`. */
export function nextAnswer(
  quiz: string,
  before: Answer | null,
  response: Response,
  { outcome, credit }: Score,
  beliefs: string[],
): Answer {
  return {
    quiz,
    response,
    outcome,
    credit,
    tries: (before?.tries ?? 0) + 1,
    first: before?.first ?? { outcome, credit, response, at: new Date().toISOString() },
    beliefs,
  };
}
