/**
 * Score a response against a rule that Python compiled. The twin of src/proxygap/quiz/scoring.py;
 * tests/quiz/scoring_cases.json runs against both.
 */

export type Response = string | string[] | Record<string, string>;
export type Outcome = "correct" | "partly" | "wrong" | "unanswered" | "not a number";

export interface Score {
  outcome: Outcome;
  /** Share of the full credit, 0 to 1. */
  credit: number;
  /** Names of the feedback that is shown, in order. */
  notes: string[];
}

interface Band {
  low: number;
  high: number;
  note: string;
}

export type Rule =
  | { type: "single"; credit: Record<string, number>; of: number }
  | { type: "multiple"; credit: Record<string, number>; of: number }
  | { type: "number"; bands: Band[]; unit: string }
  | { type: "text"; entries: Record<string, string> }
  | { type: "order"; sequence: string[] }
  | { type: "classify"; home: Record<string, string> };

const RIGHT = "right";
const OTHERWISE = "otherwise";
const UNANSWERED: Score = { outcome: "unanswered", credit: 0, notes: [] };
const NOT_A_NUMBER: Score = { outcome: "not a number", credit: 0, notes: [] };

const APOSTROPHES = /['’‘`´]/g;
const PUNCTUATION = /[.,;:!?"“”„«»()[\]{}…*_/‐‑‒–—-]+/g;
const SPACE = /[ \t\n\r\u00a0\u2009\u202f]+/g;
const GROUPED = /([0-9])[ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))/g;
const NUMBER = /^[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,3})?$/;
const THOUSANDS = /^[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+$/;

function trim(text: string): string {
  return text.replace(/^ +| +$/g, "");
}

function isBlank(text: string): boolean {
  return trim(text.replace(SPACE, " ")) === "";
}

export function normalise(text: string): string {
  const lower = text.normalize("NFKC").toLowerCase();
  return trim(lower.replace(APOSTROPHES, "").replace(PUNCTUATION, " ").replace(SPACE, " "));
}

export function parseNumber(text: string, unit = ""): number | null {
  let plain = trim(text.replace(/−/g, "-").replace(SPACE, " "));
  if (unit && plain.endsWith(unit)) plain = trim(plain.slice(0, -unit.length));
  plain = plain.replace(GROUPED, "$1");
  if (!NUMBER.test(plain) || THOUSANDS.test(plain)) return null;
  const number = Number(plain.replace(",", "."));
  return Number.isFinite(number) ? number : null;
}

function result(hits: number, of: number, notes: string[]): Score {
  const credit = Math.min(Math.max(hits, 0), of) / of;
  return { outcome: credit === 1 ? "correct" : credit > 0 ? "partly" : "wrong", credit, notes };
}

function noted(note: string): Score {
  return result(note === RIGHT ? 1 : 0, 1, [note]);
}

function multiple(rule: Rule & { type: "multiple" }, response: readonly string[]): Score {
  const chosen = new Set(response);
  const options = Object.entries(rule.credit);
  const hits = options.reduce((sum, [option, worth]) => sum + (chosen.has(option) ? worth : 0), 0);
  const notes = options.filter(([option, worth]) => chosen.has(option) || worth > 0);
  return result(hits, rule.of, notes.map(([option]) => option));
}

function number(rule: Rule & { type: "number" }, response: string): Score {
  const given = parseNumber(response, rule.unit);
  if (given === null) return NOT_A_NUMBER;
  const band = rule.bands.find(({ low, high }) => low <= given && given <= high);
  return noted(band?.note ?? OTHERWISE);
}

function order({ sequence }: Rule & { type: "order" }, response: readonly string[]): Score {
  const follows = new Map(response.map((step, i) => [step, response[i + 1]]));
  const pairs = sequence.slice(1).map((step, i) => follows.get(sequence[i] as string) === step);
  const hits = pairs.filter(Boolean).length;
  return result(hits, pairs.length, hits === pairs.length ? sequence : [OTHERWISE, ...sequence]);
}

function classify({ home }: Rule & { type: "classify" }, response: Record<string, string>): Score {
  const cards = Object.keys(home);
  const misplaced = cards.filter((card) => response[card] !== home[card]);
  const hits = cards.length - misplaced.length;
  return result(hits, cards.length, misplaced.length > 0 ? misplaced : cards);
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && [...a].sort().join("\n") === [...b].sort().join("\n");
}

function text({ entries }: Rule & { type: "text" }, response: string): Score {
  const key = normalise(response);
  return noted(Object.hasOwn(entries, key) ? (entries[key] as string) : OTHERWISE);
}

function known(credit: Record<string, number>, option: string): boolean {
  return Object.hasOwn(credit, option);
}

/**
 * Score `response`. One of the wrong shape counts as unanswered; so does an option that the rule
 * does not know, since its text has changed since it was chosen.
 */
export function score(rule: Rule, response: Response): Score {
  if (rule.type === "single") {
    if (typeof response !== "string" || !known(rule.credit, response)) return UNANSWERED;
    return result(rule.credit[response] as number, rule.of, [response]);
  }
  if (rule.type === "multiple") {
    const given = Array.isArray(response) && response.some((option) => known(rule.credit, option));
    return given ? multiple(rule, response) : UNANSWERED;
  }
  if (rule.type === "number" || rule.type === "text") {
    if (typeof response !== "string" || isBlank(response)) return UNANSWERED;
    return rule.type === "number" ? number(rule, response) : text(rule, response);
  }
  if (rule.type === "order")
    return Array.isArray(response) && sameSet(response, rule.sequence)
      ? order(rule, response)
      : UNANSWERED;
  if (typeof response === "string" || Array.isArray(response)) return UNANSWERED;
  const complete = Object.keys(rule.home).every((card) => response[card]);
  return complete ? classify(rule, response) : UNANSWERED;
}
