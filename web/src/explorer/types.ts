/** What an explorer is given and keeps: the TypeScript side of `presentation/explorer.py`. */
import type { SeriesMap, View } from "../charts/types";

export interface ParameterSpec {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly values: readonly (number | string)[];
  readonly labels: readonly string[];
  /** Index of the value that is shown before anything is touched. */
  readonly default: number;
}

/** A work that the claims of a simulation rest on. */
export interface Source {
  /** Its entry in the bibliography. */
  readonly key: string;
  readonly text: string;
  /** Where it was published, or its entry on the page of references; empty if unknown. */
  readonly url: string;
}

/** A question that is asked before the result is shown. */
export interface PredictionSpec {
  readonly id: string;
  readonly prompt: string;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly step: number;
  readonly tolerance: number;
  readonly outcome: number;
}

export interface ExplorerSpec {
  readonly slug: string;
  readonly title: string;
  readonly finding: string;
  readonly alt_text: string;
  readonly sources: readonly Source[];
  readonly parameters: readonly ParameterSpec[];
  readonly views: readonly View[];
  readonly prediction: PredictionSpec | null;
}

/** Index of the chosen value of each parameter. */
export type Values = Readonly<Record<string, number>>;

export interface ExplorerResult {
  readonly series: SeriesMap;
  readonly summary: string;
}

/** What the learner predicted, or that they chose not to. */
export interface StoredPrediction {
  readonly id: string;
  readonly given: number | null;
  readonly skipped: boolean;
  /** Percent, 50 to 99. */
  readonly confidence: number | null;
  readonly outcome: number;
  /** How far off still counts as right: the calibration score needs it. */
  readonly tolerance: number;
}

/** The traits that the host and the module share. */
export interface ExplorerTraits {
  kind: "explorer";
  spec: ExplorerSpec;
  values: Values;
  result: ExplorerResult | null;
  prediction: StoredPrediction | null;
  /** What went wrong, for the learner; empty when nothing did. */
  problem: string;
}
