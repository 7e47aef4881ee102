/** Predictions as they are kept in the progress store. */

import { isObject } from "./records";

export interface Prediction {
  id: string;
  given: number | null;
  skipped: boolean;
  /** Percent, 50 to 99. */
  confidence: number | null;
  outcome: number;
  /** How far off still counts as right. */
  tolerance: number;
}

/** Return a kept value as a prediction, or null if it is damaged. */
export function asPrediction(value: unknown): Prediction | null {
  if (!isObject(value) || typeof value["id"] !== "string") return null;
  const { given, confidence, outcome, tolerance } = value;
  const isNumber = (part: unknown) => part === null || Number.isFinite(part);
  if (!isNumber(given) || !isConfidence(confidence)) return null;
  if (![outcome, tolerance].every(Number.isFinite)) return null;
  return value as unknown as Prediction;
}

/** Whether a kept value is a confidence in percent, or says that none was given. */
export function isConfidence(value: unknown): value is number | null {
  return value === null || (typeof value === "number" && value >= 0 && value <= 100);
}

export function cameTrue({ given, outcome, tolerance }: Prediction): boolean {
  return given !== null && Math.abs(given - outcome) <= tolerance;
}
