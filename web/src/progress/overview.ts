/** What the learner did in each chapter, as elements. */

import { type Attempt, attemptsIn } from "../form/kept";
import { type Answer, asAnswer } from "../quiz/answers";
import { type Child, h } from "../shared/dom";
import { eventsIn } from "./evidence";
import { ENOUGH, type Event, judge, known, percent } from "./mastery";
import { type Prediction, asPrediction, cameTrue } from "./predictions";
import { type AnyRecord, isObject } from "./records";

export interface Chapter {
  slug: string;
  title: string;
  href: string;
  items: string[];
  exercises: { id: string; title: string }[];
  predictions: { id: string; title: string }[];
}

export interface Catalogue {
  chapters: Chapter[];
  beliefs: Record<string, { title: string; href: string }>;
  /** Addresses of the pages that belong to the learner. */
  pages: Record<"review" | "before" | "after" | "record", string>;
}

/** What was kept, sorted by what it is; damaged values are left out. */
export interface Done {
  answers: Map<string, Answer>;
  predictions: Map<string, Prediction>;
  solved: Set<string>;
  begun: Set<string>;
  /** Every answer that was given without having just seen the key. */
  events: Event[];
  attempts: Attempt[];
}

function valid<T>(records: readonly AnyRecord[], kind: string, read: (value: unknown) => T | null): Map<string, T> {
  const found = new Map<string, T>();
  for (const record of records) {
    const value = record.kind === kind ? read(record.value) : null;
    if (value !== null) found.set(record.id, value);
  }
  return found;
}

export function sortRecords(records: readonly AnyRecord[]): Done {
  const exercises = valid(records, "exercise", (value) => (isObject(value) ? value : null));
  const solved = [...exercises].filter(([, value]) => value["solved"] === true);
  const code = valid(records, "code", (value) => value);
  return {
    answers: valid(records, "answer", asAnswer),
    predictions: valid(records, "prediction", asPrediction),
    solved: new Set(solved.map(([id]) => id)),
    begun: new Set([...exercises.keys(), ...code.keys()]),
    events: eventsIn(records),
    attempts: attemptsIn(records),
  };
}

export function isEmpty(done: Done): boolean {
  return done.answers.size + done.predictions.size + done.begun.size + done.attempts.length === 0;
}

export function row(label: string, value: Child, share?: number): HTMLElement {
  const bar = share === undefined ? null : h("progress", { max: 1, value: share, "aria-hidden": "true" });
  return h("div", { class: "pg-progress-row" }, h("dt", null, label), h("dd", null, value, bar));
}

function questions(chapter: Chapter, { answers }: Done): HTMLElement | null {
  if (chapter.items.length === 0) return null;
  const given = chapter.items.flatMap((id) => answers.get(id) ?? []);
  const right = given.filter((answer) => answer.outcome === "correct");
  const atOnce = given.filter((answer) => answer.first.outcome === "correct");
  const total = chapter.items.length;
  const words =
    given.length === 0
      ? `None of ${total} answered yet`
      : `${right.length} of ${total} right, ${atOnce.length} at the first try; ${given.length} answered`;
  return row("Questions", words, right.length / total);
}

function mastery(chapter: Chapter, { events }: Done): HTMLElement | null {
  const { answered, share, mastered } = judge(chapter.items, known(events), ENOUGH);
  if (answered === 0) return null;
  const verdict = mastered ? "mastered" : "80 % is mastery";
  return row("Known", `${percent(share)} without help; ${verdict}`);
}

function exercises(chapter: Chapter, { solved, begun }: Done): HTMLElement[] {
  return chapter.exercises.map(({ id, title }) => {
    const state = solved.has(id) ? "solved" : begun.has(id) ? "begun" : "not begun";
    return row("Exercise", `${title}: ${state}`);
  });
}

function predictions(chapter: Chapter, done: Done): HTMLElement[] {
  return chapter.predictions.map(({ id, title }) => {
    const made = done.predictions.get(id);
    return row("Prediction", `${title}: ${made ? predictionWords(made) : "not made yet"}`);
  });
}

function plain(value: number): string {
  return (Number.isInteger(value) ? String(value) : value.toFixed(1)).replace("-", "−");
}

function predictionWords(made: Prediction): string {
  if (made.given === null) return "skipped";
  const said = `you said ${plain(made.given)}, ${made.confidence ?? 0} % sure`;
  const was = `it was ${plain(made.outcome)}`;
  return `${said}; ${was}. ${cameTrue(made) ? "Close enough." : "Not close."}`;
}

export function chapterView(chapter: Chapter, done: Done): HTMLElement {
  const rows = [questions(chapter, done), mastery(chapter, done)];
  return h(
    "section",
    { class: "pg-progress-chapter" },
    h("h2", null, h("a", { href: chapter.href }, chapter.title)),
    h("dl", null, ...rows, ...exercises(chapter, done), ...predictions(chapter, done)),
  );
}

/** The misconceptions that the learner's present answers stand for. */
export function beliefsView({ beliefs }: Catalogue, { answers }: Done): HTMLElement | null {
  const behind = new Set([...answers.values()].flatMap((answer) => answer.beliefs));
  const known = [...behind].flatMap((belief) => (Object.hasOwn(beliefs, belief) ? [beliefs[belief]] : []));
  if (known.length === 0) return null;
  const entries = known.map((belief) => {
    const title = `“${belief?.title ?? ""}”`;
    return h("li", null, belief?.href ? h("a", { href: belief.href }, title) : title);
  });
  return h("section", null, h("h2", null, "Beliefs worth another look"),
    h("p", null, "Answers of yours stand for these. Each link leads to the part of the course that looks at one."),
    h("ul", null, ...entries)); // prettier-ignore
}

/** Answers to questions that the course does not have any more: kept, but not counted. */
export function goneSentence({ chapters }: Catalogue, { answers }: Done): string {
  const present = new Set(chapters.flatMap(({ items }) => items));
  const gone = [...answers.keys()].filter((item) => !present.has(item)).length;
  if (gone === 0) return "";
  const which = gone === 1 ? "1 answer is to a question" : `${gone} answers are to questions`;
  return ` ${which} that this edition of the course does not have; kept, but not counted.`;
}
