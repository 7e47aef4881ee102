/** What is said to an answer: outcome, feedback, explanation. */

import { type Child, h } from "../shared/dom";
import { type ItemParts, copies, inline } from "./parts";
import type { Outcome, Response, Score } from "./scoring";

const WORDS: Record<Outcome, string> = {
  correct: "Right.",
  partly: "Partly right.",
  wrong: "Not right.",
  unanswered: "",
  "not a number": "",
};

export const MISSING: Record<string, string> = {
  single: "Choose an option first.",
  multiple: "Choose at least one option first.",
  number: "Type a number first.",
  text: "Type an answer first.",
  order: "Put the steps in order first.",
  classify: "Sort every card first.",
};

export function notANumber(given: string, then = "This does not count as a try."): string {
  const ambiguous = /^[+−-]?\d{1,3}(,\d{3})+$/.test(given.trim());
  const advice = ambiguous
    ? `Leave the comma out (${given.replaceAll(",", "")}) or write a point for it.`
    : "Write digits, such as 12 or −0.5.";
  return `“${given.trim()}” cannot be read as a number. ${advice} ${then}`;
}

/** How one option was answered; empty where there is nothing to say about it. */
type Mark = "right" | "near" | "wrong" | "missed" | "answer" | "";

export function markOf(parts: ItemParts, response: Response, option: string): Mark {
  const { rule } = parts;
  if (rule.type === "classify")
    return (response as Record<string, string>)[option] === rule.home[option] ? "right" : "wrong";
  if (rule.type === "single") {
    const worth = rule.credit[option] ?? 0;
    if (response !== option) return worth === rule.of ? "answer" : "";
    return worth === rule.of ? "right" : worth > 0 ? "near" : "wrong";
  }
  if (rule.type !== "multiple") return "";
  const isKey = (rule.credit[option] ?? 0) > 0;
  if (!(response as string[]).includes(option)) return isKey ? "missed" : "";
  return isKey ? "right" : "wrong";
}

const MARK_WORDS: Record<Mark, string> = {
  right: "Right: ",
  near: "Nearly: ",
  wrong: "Not right: ",
  missed: "Also right: ",
  answer: "",
  "": "",
};

function noteLine(parts: ItemParts, response: Response, note: string): HTMLLIElement {
  const mark = markOf(parts, response, note);
  const home = parts.rule.type === "classify" ? parts.rule.home[note] : undefined;
  const place: Child[] =
    home === undefined ? [] : [" → ", ...inline(parts.categories.get(home))];
  return h(
    "li",
    { "data-mark": mark },
    h("strong", null, MARK_WORDS[mark], ...inline(parts.options.get(note)), ...place),
    h("div", null, ...copies(parts.notes.get(note))),
  );
}

/** Notes about options name the option; the others stand alone. */
function noteNodes(parts: ItemParts, response: Response, notes: readonly string[]): Node[] {
  if (parts.rule.type === "single")
    return notes.flatMap((note) => copies(parts.notes.get(note)));
  const alone = notes.filter((note) => !parts.options.has(note));
  const lines = notes.filter((note) => parts.options.has(note));
  const list = parts.rule.type === "order" ? "ol" : "ul";
  return [
    ...alone.flatMap((note) => copies(parts.notes.get(note))),
    ...(lines.length > 0
      ? [h(list, { class: "pg-quiz-notes" }, ...lines.map((note) => noteLine(parts, response, note)))]
      : []),
  ];
}

/** The beliefs that an answer stands for. */
export function beliefsIn(parts: ItemParts, response: Response, score: Score): string[] {
  if (score.outcome === "correct") return [];
  const found = score.notes
    .filter((note) => !["right", "missed"].includes(markOf(parts, response, note)))
    .flatMap((note) => parts.beliefs[note] ?? []);
  return [...new Set(found)];
}

/** The beliefs by name, each a link to what is so where the site has a page of them. */
function beliefNames(beliefs: readonly string[], titles: Record<string, string>): Child[] {
  const page = document.documentElement.dataset["misconceptions"];
  return beliefs.flatMap((belief, i) => {
    const name = h("em", null, titles[belief] ?? belief);
    return [i > 0 && "; ", page ? h("a", { href: `${page}#${belief}` }, name) : name];
  });
}

function behindWords(count: number): string {
  return count === 1 ? "A common belief behind it: " : "Common beliefs behind it: ";
}

export function verdictNodes(
  parts: ItemParts,
  response: Response,
  score: Score,
  titles: Record<string, string>,
): Node[] {
  const behind = beliefsIn(parts, response, score);
  return [
    h("p", { class: "pg-quiz-outcome", "data-outcome": score.outcome }, WORDS[score.outcome]),
    ...noteNodes(parts, response, score.notes),
    ...(behind.length > 0
      ? [h("p", { class: "pg-quiz-belief" }, behindWords(behind.length), ...beliefNames(behind, titles), ".")]
      : []),
    h("div", { class: "pg-quiz-explanation" }, ...copies(parts.explanation)),
  ];
}
