/** One pass through the form before or after the course, as it is kept in the progress store. */

import { isConfidence } from "../progress/predictions";
import { type AnyRecord, isObject } from "../progress/records";
import { isResponse, isScored } from "../quiz/answers";
import type { Outcome, Response } from "../quiz/scoring";

export type FormName = "before" | "after";

export interface FormAnswer {
  response: Response;
  outcome: Outcome;
  credit: number;
  /** How sure the learner was, in percent; null where that was left open. */
  confidence: number | null;
}

export interface Attempt {
  form: FormName;
  /** Which items the form had: another edition of the course may ask others. */
  edition: string;
  items: string[];
  /** When, ISO 8601 in UTC; `finished` is null while it is going on. */
  begun: string;
  finished: string | null;
  answers: Record<string, FormAnswer>;
}

function isAnswer(value: unknown): boolean {
  return (
    isObject(value) &&
    isScored(value) &&
    isResponse((value as Record<string, unknown>)["response"]) &&
    isConfidence((value as Record<string, unknown>)["confidence"])
  );
}

function isTime(value: unknown): boolean {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

/** Return a kept value as an attempt, or null if it is damaged. */
export function asAttempt(value: unknown): Attempt | null {
  if (!isObject(value)) return null;
  const { form, edition, items, begun, finished, answers } = value;
  if ((form !== "before" && form !== "after") || typeof edition !== "string") return null;
  if (!Array.isArray(items) || !items.every((item) => typeof item === "string")) return null;
  if (!isTime(begun) || !(finished === null || isTime(finished))) return null;
  if (!isObject(answers) || !Object.values(answers).every(isAnswer)) return null;
  return value as unknown as Attempt;
}

export function attemptId({ form, begun }: Attempt): string {
  return `${form}@${begun}`;
}

/** Every attempt that is kept, the oldest first. */
export function attemptsIn(records: readonly AnyRecord[]): Attempt[] {
  const found = records.flatMap(({ kind, value }) => (kind === "form" ? (asAttempt(value) ?? []) : []));
  return found.sort((one, other) => Date.parse(one.begun) - Date.parse(other.begun));
}

/** The newest attempt at a form that came to its end. */
export function lastFinished(attempts: readonly Attempt[], form: FormName): Attempt | null {
  return attempts.filter((one) => one.form === form && one.finished !== null).at(-1) ?? null;
}

/** What each answered item of an attempt earned. */
export function creditOf({ answers }: Pick<Attempt, "answers">): Map<string, number> {
  return new Map(Object.entries(answers).map(([item, { credit }]) => [item, credit]));
}
