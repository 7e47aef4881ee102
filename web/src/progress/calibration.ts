/**
 * How well the learner knows what they know: what was said with a confidence, and what happened.
 * The twin of src/proxygap/simulations/_calibration.py; tests/bank/keeping_cases.json runs against both.
 */

/** A claim that somebody was sure of to some degree (percent), and whether it came true. */
export interface Statement {
  confidence: number;
  right: boolean;
}

/** Statements of about the same confidence. */
export interface Level {
  confidence: number;
  made: number;
  hits: number;
}

export interface Calibration {
  /** Statements made, and how many came true. */
  made: number;
  hits: number;
  /** Mean confidence in percent. */
  confidence: number;
  /** Mean squared distance between confidence and what happened; 0 is best, 1 is worst. */
  brier: number;
  /** The statements grouped by confidence, the least sure first. */
  levels: Level[];
}

/** Where the groups of stated confidence begin, in percent; the last one includes 100. */
const LEVELS = [0, 40, 55, 70, 85, 95] as const;
const FEW = 5;
const CLOSE = 10; // percentage points between confidence and hits that are no more than chance

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function levelOf(group: readonly Statement[]): Level {
  const hits = group.filter((one) => one.right).length;
  return { confidence: mean(group.map((one) => one.confidence)), made: group.length, hits };
}

export function calibrate(statements: readonly Statement[]): Calibration | null {
  if (statements.length === 0) return null;
  const groups = LEVELS.map((low, i) => {
    const high = LEVELS[i + 1] ?? Infinity;
    return statements.filter(({ confidence }) => low <= confidence && confidence < high);
  });
  return {
    ...levelOf(statements),
    brier: mean(statements.map((one) => (one.confidence / 100 - Number(one.right)) ** 2)),
    levels: groups.filter((group) => group.length > 0).map(levelOf),
  };
}

/** Say what a calibration means in words that need no statistics. */
export function calibrationSentence({ made, hits, confidence, brier }: Calibration): string {
  const one = hits === 1 ? "What you said came true" : "What you said did not come true";
  const facts =
    `${made === 1 ? one : `${hits} of the ${made} things you said came true`}, and you were ` +
    `${confidence.toFixed(0)} % sure on average. ` +
    `Brier score: ${brier.toFixed(2)} (0 is perfect; saying 50 % every time gets 0.25).`;
  return `${facts} ${judgement(made, confidence - (100 * hits) / made)}`;
}

function judgement(made: number, excess: number): string {
  if (made < FEW) return "That is too few to say how well you judge your own confidence.";
  if (excess > CLOSE) return "You are surer than your answers deserve so far.";
  if (excess < -CLOSE) return "You may trust yourself more than you do.";
  return "Your confidence fits what happens.";
}
