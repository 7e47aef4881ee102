/** What is said at the end of a form. */

import { judge, percent } from "../progress/mastery";
import { type ItemParts, copies, inline } from "../quiz/parts";
import { score } from "../quiz/scoring";
import { verdictNodes } from "../quiz/verdict";
import { h } from "../shared/dom";
import { type Attempt, creditOf } from "./kept";

export interface FormChapter {
  title: string;
  href: string;
  items: string[];
}

function headline({ form, items, answers }: Attempt): string {
  const found = judge(items, creditOf({ answers }));
  const missing = found.items - found.answered;
  const open = missing === 0 ? "" : ` ${missing} not answered.`;
  const mastery = found.mastered ? " That is mastery." : " 80 % is mastery.";
  return `${percent(found.share)} of ${found.items} questions.${form === "after" ? mastery : ""}${open}`;
}

/** How much the share grew since the form before the course, if that was taken. */
function gain(attempt: Attempt, before: Attempt | null): string | null {
  if (attempt.form === "before" || !before) return null;
  const share = (one: Attempt) => judge(one.items, creditOf(one)).share;
  const points = Math.round(100 * (share(attempt) - share(before)));
  const change = points > 0 ? `${points} points more` : points < 0 ? `${-points} points less` : "the same";
  return `Before the course it was ${percent(share(before))}: now ${change}.`;
}

function chapterRows(attempt: Attempt, chapters: readonly FormChapter[]): HTMLElement {
  const credit = creditOf(attempt);
  const rows = chapters.flatMap(({ title, href, items }) => {
    const asked = items.filter((item) => attempt.items.includes(item));
    if (asked.length === 0) return [];
    const words = `${percent(judge(asked, credit).share)} of ${asked.length}`;
    const link = h("a", { href }, title);
    return [h("div", { class: "pg-progress-row" }, h("dt", null, words), h("dd", null, link))];
  });
  return h("dl", null, ...rows);
}

const SIGNS = { correct: "✓", partly: "◐", wrong: "✗" } as const;
const WORDS = { correct: "right", partly: "partly right", wrong: "not right" } as const;

/** Every question with its verdict, folded; what is kept but cannot be scored any more is left out. */
function verdicts({ answers }: Attempt, items: readonly ItemParts[], beliefs: Record<string, string>): HTMLElement {
  const rows = items.map((parts) => {
    const given = answers[parts.id];
    const scored = given ? score(parts.rule, given.response) : null;
    const outcome = scored?.outcome ?? "unanswered";
    const said = outcome === "correct" || outcome === "partly" || outcome === "wrong" ? outcome : null;
    const verdict = given && scored && said ? verdictNodes(parts, given.response, scored, beliefs) : copies(parts.explanation);
    const sign = h("span", { class: "pg-form-sign", "data-outcome": said }, said ? `${SIGNS[said]} ${WORDS[said]}: ` : "– not answered: ");
    return h("li", null, h("details", null, h("summary", null, sign, ...inline(parts.ask)),
      h("div", { class: "pg-quiz-scene" }, ...copies(parts.scene)),
      h("div", { class: "pg-quiz-verdict" }, ...verdict))); // prettier-ignore
  });
  return h("ol", { class: "pg-form-verdicts" }, ...rows);
}

export function resultNodes(
  attempt: Attempt,
  before: Attempt | null,
  chapters: readonly FormChapter[],
  items: readonly ItemParts[],
  beliefs: Record<string, string>,
): (HTMLElement | null)[] {
  const more = gain(attempt, before);
  const after = attempt.form === "after";
  return [
    h("p", { class: "pg-quiz-score", tabindex: -1 }, headline(attempt)),
    more ? h("p", null, more) : null,
    chapterRows(attempt, chapters),
    after
      ? h("p", null, "What you missed comes back on the review page. Unfold a question to see what is said about it.")
      : h("p", null, "The answers are not shown yet: the chapters lead to them. After the course a parallel form asks about the same aims."),
    after ? verdicts(attempt, items, beliefs) : null,
  ]; // prettier-ignore
}
