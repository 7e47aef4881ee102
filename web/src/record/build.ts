/**
 * The completion record: what the kept records say about what was learned. Python writes the same
 * from a progress file (src/proxygap/bank/completion.py); quizzes/completion.schema.json is its form.
 */

import { type FormName, creditOf, lastFinished } from "../form/kept";
import { calibrate } from "../progress/calibration";
import { statements } from "../progress/evidence";
import { ENOUGH, type Mastery, judge, known } from "../progress/mastery";
import type { Catalogue, Done } from "../progress/overview";

export interface ChapterRecord extends Mastery {
  slug: string;
  title: string;
  exercises: { solved: number; of: number };
}

export interface FormRecord extends Mastery {
  finished: string;
  attempts: number;
}

export interface CompletionRecord {
  format: "proxygap-completion";
  version: 1;
  signed: false;
  statement: string;
  course: { title: string; edition: string };
  name: string | null;
  issued: string;
  chapters: ChapterRecord[];
  forms: Record<FormName, FormRecord | null>;
  calibration: { made: number; hits: number; confidence: number; brier: number } | null;
}

export interface RecordCatalogue extends Catalogue {
  course: { title: string; edition: string };
  statement: string;
}

function formRecord({ attempts }: Done, form: FormName): FormRecord | null {
  const last = lastFinished(attempts, form);
  if (!last?.finished) return null;
  const taken = attempts.filter((one) => one.form === form && one.finished !== null);
  return { finished: last.finished, attempts: taken.length, ...judge(last.items, creditOf(last)) };
}

function chapterRecords({ chapters }: RecordCatalogue, { events, solved }: Done): ChapterRecord[] {
  const credit = known(events);
  return chapters
    .filter(({ items }) => items.length > 0)
    .map(({ slug, title, items, exercises }) => ({
      slug,
      title,
      ...judge(items, credit, ENOUGH),
      exercises: { solved: exercises.filter(({ id }) => solved.has(id)).length, of: exercises.length },
    }));
}

export function completionRecord(catalogue: RecordCatalogue, done: Done, name: string): CompletionRecord {
  const { course, statement } = catalogue;
  const found = calibrate(statements(done.predictions.values(), done.events));
  return {
    format: "proxygap-completion",
    version: 1,
    signed: false,
    statement,
    course,
    name: name.trim() || null,
    issued: new Date().toISOString(),
    chapters: chapterRecords(catalogue, done),
    forms: { before: formRecord(done, "before"), after: formRecord(done, "after") },
    calibration: found && { made: found.made, hits: found.hits, confidence: found.confidence, brier: found.brier },
  };
}
