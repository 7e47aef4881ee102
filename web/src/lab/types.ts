/** What a lab is given and keeps: the TypeScript side of `labs/_views.py` and `presentation/lab.py`. */
import type { Role, SeriesMap, View } from "../charts/types";
import type { BallotBlock, CardsBlock, MatrixBlock, PageLinkBlock, PairBlock } from "./sorter_types";

export interface LabSpec {
  readonly slug: string;
  readonly title: string;
  readonly task: string;
  readonly finding: string;
  readonly alt_text: string;
}

interface BlockOf<K extends string> {
  readonly kind: K;
  /** Unique in the view; an element keeps its identity, and the focus, by it. */
  readonly id: string;
}

export interface TextBlock extends BlockOf<"text"> {
  readonly text: string;
  readonly title: string;
  readonly tone: "plain" | "quiet" | "good" | "missed" | "bad";
}

export interface LinkBlock extends BlockOf<"link"> {
  readonly title: string;
  readonly text: string;
  readonly url: string;
}

export interface NumberBlock extends BlockOf<"number"> {
  readonly label: string;
  /** What the learner wrote, number or not. */
  readonly value: string;
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly unit: string;
  readonly hint: string;
  readonly problem: string;
  readonly action: string;
}

/** A Python function that the learner writes. */
export interface CodeBlock extends BlockOf<"code"> {
  readonly label: string;
  readonly value: string;
  /** Lines that are in sight at first. */
  readonly rows: number;
  readonly hint: string;
  readonly problem: string;
  readonly action: string;
  /** Type of the action that Ctrl or Cmd with Enter sends; empty for none. */
  readonly run: string;
}

/** Prose that the learner writes. */
export interface TextFieldBlock extends BlockOf<"textfield"> {
  readonly label: string;
  readonly value: string;
  /** Lines that are in sight at first. */
  readonly rows: number;
  readonly hint: string;
  /** How many characters fit. */
  readonly longest: number;
  /** How many words to aim at; 0 for no aim. */
  readonly words: number;
  readonly action: string;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  /** A few words more, under the label. */
  readonly note: string;
}

export interface ChoiceBlock extends BlockOf<"choice"> {
  readonly label: string;
  readonly options: readonly Option[];
  readonly selected: string;
  readonly hint: string;
  readonly action: string;
  readonly look: "list" | "tabs" | "menu";
}

export interface ButtonBlock extends BlockOf<"button"> {
  readonly label: string;
  readonly action: string;
  readonly value: string;
  readonly primary: boolean;
  readonly busy: string;
}

export interface Score {
  readonly label: string;
  readonly role: Role;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly text: string;
}

export interface ScoresBlock extends BlockOf<"scores"> {
  readonly title: string;
  readonly scores: readonly Score[];
}

export interface ChartBlock extends BlockOf<"chart"> {
  readonly view: View;
  readonly series: SeriesMap;
  readonly alt: string;
}

export interface Column {
  readonly label: string;
  readonly role: Role;
  readonly numeric: boolean;
}

export interface Row {
  readonly id: string;
  readonly cells: readonly string[];
  readonly selected: boolean;
}

export interface TableBlock extends BlockOf<"table"> {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Type of the action that picks a row; empty when rows cannot be picked. */
  readonly action: string;
  readonly row_name: string;
}

/** One of a few stops on a line. */
export interface SliderBlock extends BlockOf<"slider"> {
  readonly label: string;
  readonly stops: readonly string[];
  readonly value: string;
  readonly unit: string;
  readonly hint: string;
  readonly action: string;
}

export interface ChecksBlock extends BlockOf<"checks"> {
  readonly label: string;
  readonly options: readonly Option[];
  readonly ticked: readonly string[];
  readonly hint: string;
  readonly action: string;
}

export interface DownloadBlock extends BlockOf<"download"> {
  readonly label: string;
  readonly file_name: string;
  readonly media_type: string;
  readonly text: string;
}

export interface UploadBlock extends BlockOf<"upload"> {
  readonly label: string;
  readonly hint: string;
  readonly accept: string;
  readonly problem: string;
  /** How large a file may be, in bytes. */
  readonly largest: number;
  readonly action: string;
}

export interface SheetPart {
  readonly part: "heading" | "text" | "list" | "table" | "lines";
  readonly rows: readonly (readonly string[])[];
}

/** A document that prints alone. */
export interface SheetBlock extends BlockOf<"sheet"> {
  readonly title: string;
  readonly note: string;
  readonly parts: readonly SheetPart[];
  readonly button: string;
}

export interface Interval {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly text: string;
  readonly anchor: boolean;
  readonly faded: boolean;
}

export interface IntervalsBlock extends BlockOf<"intervals"> {
  readonly title: string;
  readonly rows: readonly Interval[];
  readonly low: number;
  readonly high: number;
  readonly ends: readonly [string, string];
  readonly limit: number | null;
  readonly limit_label: string;
}

export type Block =
  | TextBlock
  | LinkBlock
  | NumberBlock
  | CodeBlock
  | TextFieldBlock
  | ChoiceBlock
  | ButtonBlock
  | ScoresBlock
  | ChartBlock
  | TableBlock
  | SliderBlock
  | ChecksBlock
  | DownloadBlock
  | UploadBlock
  | SheetBlock
  | IntervalsBlock
  | CardsBlock
  | BallotBlock
  | MatrixBlock
  | PageLinkBlock
  | PairBlock;

export type Place = "top" | "controls" | "result" | "below";

export interface SectionData {
  readonly id: string;
  readonly title: string;
  readonly place: Place;
  readonly blocks: readonly Block[];
  readonly folded: boolean;
}

export interface LabView {
  readonly sections: readonly SectionData[];
  readonly announce: string;
}

/** What the learner does: one line of a lab's history. */
export interface Action {
  readonly type: string;
  readonly id?: string;
  readonly value?: string;
}

/** An action on its way to Python. */
export interface SentAction extends Action {
  readonly seq: number;
}

export interface LabStatus {
  /** Number of the last action that was answered. */
  readonly done: number;
  /** What the learner should know; empty when all is well. */
  readonly problem: string;
  /** Whether Python stopped before it answered; the actions wait until it runs again. */
  readonly stopped: boolean;
}

/** The traits that the host and the module share. */
export interface LabTraits {
  kind: "lab";
  spec: LabSpec;
  view: LabView;
  /** The action that Python is asked to answer now. */
  action: SentAction | null;
  /** On a page only: actions that were not answered yet, the present one first. */
  waiting?: readonly Action[];
  status: LabStatus;
}
