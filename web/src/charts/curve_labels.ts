/** Where the labels of a curve stand: at the ends of its lines and beside its marker. */
import { setAttribute, setShown } from "../shared/dom";
import type { Scale } from "./axes";
import { LINE_HEIGHT, type Box } from "./labels";
import { settle, type Candidate, type Ink } from "./plane_labels";
import { along, around, blot, known, type Positions } from "./plane_places";

/** A label that belongs to a place on a line. */
export interface Tag extends Box {
  readonly node: SVGTextElement;
  readonly line: Positions;
  /** The point on the line that it names. */
  readonly at: readonly [x: number, y: number];
  /** Whether that is where the line ends: such a label may move along the line. */
  readonly atEnd: boolean;
}

export interface Field {
  readonly x: Scale;
  readonly y: Scale;
  readonly width: number;
  readonly ink: Ink;
  /** Which place each label took last. */
  readonly taken: Map<SVGTextElement, number>;
}

const GAP = 11;
const REACH = 11; // pixels between a dot and its number
const FAR = 28; // when other numbers stand in the way
const STEP = 4; // pixels between two places of a label beside the plot
const TRIES = 40;

/** Put each label beside its point: at the right edge where there is room, else in the plot. */
export function positionLabels(field: Field, lines: readonly Positions[], tags: readonly Tag[]): void {
  field.ink.clear();
  for (const line of lines) blot("line", line, field.ink);
  const ordered = [...tags].sort((a, b) => rank(a, field) - rank(b, field) || a.at[1] - b.at[1]);
  const names = ordered.map((tag) => ({
    width: tag.width, height: tag.height, candidates: candidates(tag, field), before: field.taken.get(tag.node) ?? -1,
  }));
  settle(names, field.ink).forEach((choice, i) => {
    const { node } = ordered[i] as Tag;
    const place = names[i]?.candidates[choice];
    field.taken.set(node, choice);
    setShown(node, Boolean(place));
    if (place) move(node, place);
  });
}

function move(node: SVGTextElement, { x, y }: Candidate): void {
  setAttribute(node, "transform", `translate(${x.toFixed(1)},${(y + LINE_HEIGHT * 0.76).toFixed(1)})`);
}

/** The harder a label is to move, the earlier it is placed. */
function rank(tag: Tag, field: Field): number {
  if (!tag.atEnd) return 1;
  return isBeside(tag, field) ? 0 : 2;
}

function isBeside({ at, width }: Tag, field: Field): boolean {
  return at[0] + GAP + width <= field.width - 2;
}

function candidates(tag: Tag, field: Field): Candidate[] {
  const [x, y] = tag.at;
  if (!tag.atEnd) return [...around(x, y, tag, REACH, 0), ...around(x, y, tag, FAR, FAR)];
  if (!isBeside(tag, field)) return along(tag.line, known(tag.line), tag);
  return Array.from({ length: TRIES }, (_, i) => {
    const shift = STEP * Math.ceil(i / 2) * (-1) ** i;
    return { x: x + GAP, y: y + shift - tag.height / 2, cost: Math.abs(shift) };
  });
}
