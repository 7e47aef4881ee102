/** Show a report: each check, what it tried, and the way to the line that broke. */
import { h } from "../shared/dom";
import type { CheckResult, CheckStatus, Problem, Report, TraceLine } from "./types";

type GoTo = (line: number) => void;

const MARKS: Record<CheckStatus, string> = { passed: "✓", failed: "✗", "not reached": "·" };

/** Return what a report shows below the verdict; `only_run` reports have no checks to show. */
export function results(report: Report, goTo: GoTo, onlyRun: boolean): HTMLElement {
  return h("div", { class: "pg-exercise-report" },
    report.problem && problem(report.problem, goTo),
    (report.output !== "" || (onlyRun && !report.problem)) && output(report.output),
    !onlyRun && !report.problem && checks(report.checks, goTo));
}

function checks(all: readonly CheckResult[], goTo: GoTo): HTMLElement {
  return h("ol", { class: "pg-checks" }, ...all.map((check) => oneCheck(check, goTo)));
}

function oneCheck(check: CheckResult, goTo: GoTo): HTMLElement {
  const { status, title, note } = check;
  return h("li", { class: "pg-check", "data-status": status },
    h("span", { class: "pg-check-mark", "aria-hidden": "true" }, MARKS[status]),
    h("div", null,
      h("p", { class: "pg-check-title" },
        h("span", { class: "pg-unseen" }, `${status}: `), title),
      note !== "" && h("p", { class: "pg-check-note" }, note),
      check.problem && problem(check.problem, goTo)));
}

export function problem(shown: Problem, goTo: GoTo): HTMLElement {
  return h("div", { class: "pg-problem-told", "data-kind": shown.kind },
    h("p", { class: "pg-problem-message" }, shown.message),
    facts(shown),
    shown.trace.length > 0 && h("ol", { class: "pg-trace" },
      ...shown.trace.map((line) => traceLine(line, goTo))));
}

function facts({ inputs, got, expected }: Problem): HTMLElement | false {
  const known = [["tried", inputs], ["got", got], ["expected", expected]] as const;
  const shown = known.filter(([, text]) => text !== "");
  if (shown.length === 0) return false;
  return h("dl", { class: "pg-check-facts" },
    ...shown.flatMap(([name, text]) => [h("dt", null, name), h("dd", null, text)]));
}

function traceLine({ line, function: where, source }: TraceLine, goTo: GoTo): HTMLElement {
  const go = h("button", { type: "button", class: "pg-line-link", onclick: () => goTo(line) }, `Line ${line}`);
  return h("li", null, go, where === "your code" ? "" : ` in ${where}`, h("code", null, source));
}

function output(text: string): HTMLElement {
  if (text === "") return h("p", { class: "pg-check-note" }, "Your code ran and printed nothing.");
  return h("div", { class: "pg-output" },
    h("p", { class: "pg-label" }, "Your code printed"),
    h("pre", { class: "pg-code", tabindex: 0 }, text.replace(/\n$/, "")));
}
