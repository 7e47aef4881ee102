/** Blocks of cards, votes and counts: the TypeScript side of `labs/_block_*.py`. */
import type { Level } from "../shared/confidence";

interface BlockOf<K extends string> {
  readonly kind: K;
  readonly id: string;
}

/** A question of the ladder and the pile of the cards whose first yes it is. */
export interface Rung {
  readonly value: string;
  readonly name: string;
  readonly question: string;
  readonly mark: "" | "key" | "second" | "missed";
}

/** Words before a text, in bold, and the text. */
type Note = readonly [string, string];

export interface Told {
  readonly tone: "good" | "half" | "missed";
  readonly title: string;
  readonly text: string;
  readonly notes: readonly Note[];
}

/** One card of a deal, the ladder beside it, and how sure the learner is. */
export interface CardsBlock extends BlockOf<"cards"> {
  /** The id of every action that is about it. */
  readonly card: string;
  readonly place: string;
  /** Which part of the deal lies behind it, from 0 to 1. */
  readonly share: number;
  readonly label: string;
  readonly title: string;
  readonly text: string;
  readonly rungs: readonly Rung[];
  readonly levels: readonly Level[];
  readonly pile: string;
  readonly sure: string;
  readonly said: string;
  readonly told: Told | null;
  readonly button: string;
  readonly choose_action: string;
  readonly sure_action: string;
  readonly action: string;
}

/** A pile and the votes for it; null for votes that were not taken or are not on show. */
export interface Stand {
  readonly value: string;
  readonly name: string;
  readonly question: string;
  readonly first: number | null;
  readonly second: number | null;
  readonly mark: "" | "key" | "second";
}

export interface Step {
  readonly label: string;
  readonly action: string;
  readonly id: string;
  readonly value: string;
}

/** One card before a room. */
export interface BallotBlock extends BlockOf<"ballot"> {
  readonly place: string;
  readonly label: string;
  readonly title: string;
  readonly text: string;
  readonly stands: readonly Stand[];
  /** What the ids of the votes that are counted now begin with; empty while none are. */
  readonly counting: string;
  readonly counts: readonly number[];
  readonly status: string;
  readonly notes: readonly Note[];
  readonly steps: readonly Step[];
  readonly action: string;
}

/** A square table of counts; on its diagonal both properties agree. */
export interface MatrixBlock extends BlockOf<"matrix"> {
  readonly caption: string;
  readonly names: readonly string[];
  readonly rows: string;
  readonly columns: string;
  readonly counts: readonly (readonly number[])[];
}

/** A way to a section of the course. */
export interface PageLinkBlock extends BlockOf<"pagelink"> {
  readonly title: string;
  readonly text: string;
  readonly link: string;
  readonly chapter: string;
  readonly section: string;
}

/** Two replies to one message, to be compared. */
export interface PairBlock extends BlockOf<"pair"> {
  readonly card: string;
  readonly place: string;
  readonly share: number;
  readonly note: string;
  readonly asks: string;
  readonly prompt: string;
  readonly replies: readonly [string, string];
  readonly answers: readonly { readonly value: string; readonly label: string }[];
  /** How long the clock runs; 0 without a clock. */
  readonly seconds: number;
  readonly late: boolean;
  readonly action: string;
  readonly late_action: string;
}
