/** What is remembered about a learner: the shape of a record and the test for a damaged one. */

export const RECORD_KINDS = [
  "answer", // a quiz item: what was answered, and how it scored
  "prediction", // a prediction made before a result was shown
  "code", // what stands in an exercise's editor
  "exercise", // whether an exercise is solved
  "lab", // a lab's last state
  "visit", // where the learner was
  "seed", // the seed that shuffles a quiz's options in this browser
  "review", // one answer in a spaced review
  "form", // one pass through the form before or after the course
] as const;

export type RecordKind = (typeof RECORD_KINDS)[number];

export interface StoredRecord<T> {
  kind: RecordKind;
  id: string;
  value: T;
  /** When it was written, ISO 8601 in UTC. */
  at: string;
}

export type AnyRecord = StoredRecord<unknown>;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTime(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

/** Say what is wrong with a record, or return null when nothing is. */
export function recordFault(record: unknown): string | null {
  if (!isObject(record)) return "it is not a record";
  if (!RECORD_KINDS.some((kind) => kind === record["kind"]))
    return `its kind must be one of ${RECORD_KINDS.join(", ")}`;
  if (typeof record["id"] !== "string" || record["id"] === "") return "it has no id";
  if (!isTime(record["at"])) return "its time is not a date";
  if (record["value"] === undefined || record["value"] === null) return "it has no value";
  return null;
}

export function isRecord(record: unknown): record is AnyRecord {
  return recordFault(record) === null;
}
