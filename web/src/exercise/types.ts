/** An exercise as the build describes it, and a report as Python writes it. */

export interface CheckSpec {
  readonly name: string;
  readonly title: string;
  readonly hint: string;
}

export interface ExerciseSpec {
  readonly slug: string;
  readonly title: string;
  readonly starter: string;
  readonly solution: string;
  readonly checks: readonly CheckSpec[];
}

export interface TraceLine {
  readonly line: number;
  readonly function: string;
  readonly source: string;
}

export interface Problem {
  readonly kind: string;
  readonly message: string;
  readonly inputs: string;
  readonly got: string;
  readonly expected: string;
  readonly trace: readonly TraceLine[];
}

export type CheckStatus = "passed" | "failed" | "not reached";

export interface CheckResult extends CheckSpec {
  readonly status: CheckStatus;
  readonly note: string;
  readonly problem: Problem | null;
}

export interface Report {
  readonly passed: boolean;
  readonly points: number;
  readonly possible: number;
  readonly summary: string;
  readonly problem: Problem | null;
  readonly checks: readonly CheckResult[];
  readonly output: string;
}
