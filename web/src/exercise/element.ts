/** `<pg-exercise>`: write code, run it, see what is right about it. Nothing leaves the page. */
import { PythonFailed, PythonStopped, PythonTimeout, python, statusLine } from "../python/client";
import { h, uniqueId } from "../shared/dom";
import type { Editor } from "./editor";
import { Hints } from "./hints";
import { Keeper } from "./keep";
import { problem, results } from "./results";
import type { ExerciseSpec, Problem, Report } from "./types";

const GRADE = "proxygap.grading.page:grade";
const LIMIT_MS = 10_000;

const TOO_LONG =
  `Your code was still running after ${LIMIT_MS / 1000} seconds and was stopped. Look for a loop that ` +
  "never ends: does something in its condition change? Your code is kept, and a fresh Python is starting.";
const STOPPED = "Stopped before it was done. Your code is kept.";
const NO_PYTHON = "Nothing was checked, because Python could not be started. Your code is kept.";

type EditorModule = typeof import("./editor");

function action(text: string, style: string, onclick: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: `pg-button ${style}`.trim(), onclick }, text);
}

export default class ExerciseElement extends HTMLElement {
  private spec!: ExerciseSpec;
  private keeper!: Keeper;
  private editors!: EditorModule;
  private editor!: Editor;
  private busy = false;

  private readonly check = action("Run and check", "pg-button-main", () => void this.run(false));
  private readonly only = action("Run only", "", () => void this.run(true));
  private readonly reset = action("Reset", "pg-button-quiet", () => this.askReset());
  private readonly verdict = h("p", { class: "pg-verdict", role: "status" });
  private readonly report = h("div");
  private readonly comparison = h("div");
  private readonly question = h("div", { class: "pg-exercise-ask", hidden: true });

  connectedCallback(): void {
    if (this.dataset["ready"] === undefined) void this.build();
  }

  private async build(): Promise<void> {
    const script = this.querySelector('script[type="application/json"]');
    this.spec = JSON.parse(script?.textContent ?? "") as ExerciseSpec;
    const editors: Promise<EditorModule> = import("./editor").catch(() => import("./plain"));
    [this.keeper, this.editors] = await Promise.all([Keeper.open(this.spec.slug), editors]);
    this.editor = this.createEditor();
    this.querySelector(".pg-exercise-still")?.remove();
    this.append(this.layout());
    if (this.keeper.solved) this.offerSolution();
    // Python takes seconds to start: begin when somebody begins to write.
    this.addEventListener("focusin", () => python().start().catch(() => undefined), { once: true });
    this.dataset["ready"] = "";
  }

  private createEditor(): Editor {
    this.keysId = uniqueId("keys");
    return this.editors.createEditor({
      code: this.keeper.code ?? this.spec.starter,
      label: `Python code: ${this.spec.title}`,
      describedBy: this.keysId,
      changed: () => this.keeper.keepCode(this.editor.code()),
      run: () => void this.run(false),
    });
  }

  private keysId = "";

  private layout(): HTMLElement {
    const hints = new Hints(this.spec.checks);
    return h("div", { class: "pg-exercise" },
      h("div", { class: "pg-exercise-editor" }, this.editor.node),
      h("p", { class: "pg-exercise-keys", id: this.keysId },
        "Tab indents; to leave the editor, press Esc and then Tab. Ctrl or Cmd + Enter runs and checks."),
      h("div", { class: "pg-exercise-bar" }, this.check, this.only, hints.button, this.reset),
      this.question,
      statusLine(python()),
      hints.node,
      this.verdict,
      this.report,
      this.comparison);
  }

  private async run(onlyRun: boolean): Promise<void> {
    if (this.busy) return;
    this.setBusy(true);
    try {
      const payload = { slug: this.spec.slug, source: this.editor.code(), only_run: onlyRun };
      const report = await python().call<Report>(GRADE, payload, { limitMs: LIMIT_MS });
      this.show(report, onlyRun);
      if (!onlyRun) void this.keeper.keepResult(report); // whoever has read it can go on at once
    } catch (error) {
      this.showFailure(error);
    } finally {
      this.setBusy(false);
    }
  }

  private setBusy(busy: boolean): void {
    this.busy = busy;
    for (const button of [this.check, this.only]) button.setAttribute("aria-disabled", String(busy));
    this.report.classList.toggle("pg-old", busy);
    if (busy) this.verdict.textContent = "";
  }

  private show(report: Report, onlyRun: boolean): void {
    const failed = report.problem ?? report.checks.find(({ status }) => status === "failed")?.problem;
    this.tell(report.summary, report.passed && !onlyRun, failed);
    this.report.replaceChildren(results(report, (line) => this.editor.goTo(line), onlyRun));
    if (report.passed && !onlyRun) this.offerSolution();
  }

  /** Say the verdict; a problem's message is part of what is said, and shown below. */
  private tell(text: string, passed: boolean, problem: Problem | null | undefined): void {
    this.verdict.dataset["passed"] = String(passed);
    this.verdict.replaceChildren(text, problem ? h("span", { class: "pg-unseen" }, ` ${problem.message}`) : "");
  }

  private showFailure(error: unknown): void {
    const told = { kind: "time", inputs: "", got: "", expected: "", trace: [] };
    const message = failureMessage(error);
    this.tell("Nothing was checked.", false, { ...told, message });
    const shown = problem({ ...told, message }, () => undefined);
    this.report.replaceChildren(h("div", { class: "pg-exercise-report" }, shown));
  }

  private askReset(): void {
    const close = (): void => {
      this.question.hidden = true;
      this.reset.focus();
    };
    const yes = action("Reset my code", "", () => {
      this.editor.replace(this.spec.starter);
        close();
    });
    const no = action("Keep my code", "pg-button-quiet", close);
    this.question.replaceChildren(
      h("p", null, "Put the starter back? It replaces your code; undo (Ctrl or Cmd + Z) brings your code back."),
      yes, no);
    this.question.hidden = false;
    no.focus();
  }

  /** The model solution, once the learner has one of their own: two ways to the same end. */
  private offerSolution(): void {
    if (this.comparison.childElementCount > 0) return;
    const mine = h("div");
    const details = h("details", { class: "pg-solution" },
      h("summary", null, "Compare with the model solution"),
      h("div", { class: "pg-solution-sides" },
        h("div", null, h("p", { class: "pg-label" }, "Yours, now"), mine),
        h("div", null, h("p", { class: "pg-label" }, "Model solution"),
          this.editors.coloured(this.spec.solution.trimEnd()))));
    details.addEventListener("toggle", () =>
      mine.replaceChildren(this.editors.coloured(this.editor.code().trimEnd())));
    this.comparison.append(details);
  }
}

function failureMessage(error: unknown): string {
  if (error instanceof PythonTimeout) return TOO_LONG;
  if (error instanceof PythonStopped) return STOPPED;
  if (error instanceof PythonFailed) return NO_PYTHON;
  return `${error instanceof Error ? error.message : String(error)} Your code is kept.`;
}
