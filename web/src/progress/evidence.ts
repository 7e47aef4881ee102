/** What the kept records say about each item, and about the learner's confidence. */

import { type Attempt, attemptsIn } from "../form/kept";
import { asAnswer } from "../quiz/answers";
import { asReview } from "../review/kept";
import type { Statement } from "./calibration";
import type { Event } from "./mastery";
import { type Prediction, asPrediction, cameTrue } from "./predictions";
import type { AnyRecord } from "./records";

function firstTry({ id, value, at }: AnyRecord): Event | null {
  const first = asAnswer(value)?.first;
  if (!first) return null;
  const when = Date.parse(first.at ?? at);
  return { item: id, source: "first", at: when, credit: first.credit, confidence: null };
}

function review({ value, at }: AnyRecord): Event | null {
  const kept = asReview(value);
  if (!kept) return null;
  const { item, credit, confidence } = kept;
  return { item, source: "review", at: Date.parse(at), credit, confidence };
}

function formEvents({ form, finished, answers }: Attempt): Event[] {
  if (finished === null) return [];
  const at = Date.parse(finished);
  return Object.entries(answers).map(([item, { credit, confidence }]) => ({
    item, source: form, at, credit, confidence })); // prettier-ignore
}

/** Every answer that was given without having just seen the key. */
export function eventsIn(records: readonly AnyRecord[]): Event[] {
  const single = records.map((record) => {
    if (record.kind === "answer") return firstTry(record);
    return record.kind === "review" ? review(record) : null;
  });
  return [...single.filter((event) => event !== null), ...attemptsIn(records).flatMap(formEvents)];
}

/** Everything that was said with a confidence: predictions, and answers in reviews and forms. */
export function statements(predictions: Iterable<Prediction>, events: readonly Event[]): Statement[] {
  const predicted = [...predictions].flatMap((one) =>
    one.given !== null && one.confidence !== null
      ? [{ confidence: one.confidence, right: cameTrue(one) }]
      : [],
  );
  const answered = events.flatMap(({ confidence, credit }) =>
    confidence === null ? [] : [{ confidence, right: credit === 1 }],
  );
  return [...predicted, ...answered];
}

export function statementsIn(records: readonly AnyRecord[]): Statement[] {
  const predictions = records.flatMap(({ kind, value }) =>
    kind === "prediction" ? (asPrediction(value) ?? []) : [],
  );
  return statements(predictions, eventsIn(records));
}
