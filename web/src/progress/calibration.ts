/** How well the learner knows what they know: predictions, and whether they came true. */

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

export interface Calibration {
  /** Predictions made, and how many came true. */
  made: number;
  hits: number;
  /** Mean confidence in percent. */
  confidence: number;
  /** Mean squared distance between confidence and what happened; 0 is best, 1 is worst. */
  brier: number;
}

const FEW = 5;
const CLOSE = 10; // percentage points between confidence and hits that are no more than chance

/** Return a kept value as a prediction, or null if it is damaged. */
export function asPrediction(value: unknown): Prediction | null {
  if (!isObject(value) || typeof value["id"] !== "string") return null;
  const { given, confidence, outcome, tolerance } = value;
  const isNumber = (part: unknown) => part === null || Number.isFinite(part);
  if (![given, confidence].every(isNumber) || ![outcome, tolerance].every(Number.isFinite))
    return null;
  return value as unknown as Prediction;
}

export function cameTrue({ given, outcome, tolerance }: Prediction): boolean {
  return given !== null && Math.abs(given - outcome) <= tolerance;
}

export function calibrate(predictions: readonly Prediction[]): Calibration | null {
  const made = predictions.filter((one) => one.given !== null && one.confidence !== null);
  if (made.length === 0) return null;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / made.length;
  const confident = (one: Prediction) => (one.confidence as number) / 100;
  return {
    made: made.length,
    hits: made.filter(cameTrue).length,
    confidence: 100 * mean(made.map(confident)),
    brier: mean(made.map((one) => (confident(one) - Number(cameTrue(one))) ** 2)),
  };
}

/** Say what a calibration means in words that need no statistics. */
export function calibrationSentence({ made, hits, confidence, brier }: Calibration): string {
  const came = `${hits} of your ${made} predictions came true`;
  const one = hits === 1 ? "Your prediction came true" : "Your prediction did not come true";
  const facts =
    `${made === 1 ? one : came}, and you were ${confidence.toFixed(0)} % sure on average. ` +
    `Brier score: ${brier.toFixed(2)} (0 is perfect; saying 50 % every time gets 0.25).`;
  return `${facts} ${judgement(made, confidence - (100 * hits) / made)}`;
}

function judgement(made: number, excess: number): string {
  if (made < FEW) return "That is too few to say how well you judge your own confidence.";
  if (excess > CLOSE) return "You are surer than your predictions deserve so far.";
  if (excess < -CLOSE) return "You may trust your predictions more than you do.";
  return "Your confidence fits your predictions well.";
}
