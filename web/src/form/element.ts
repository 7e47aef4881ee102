/** <pg-form>: a test of twenty questions, before or after the course. Judged at the end. */

import { type ProgressChange, type ProgressStore, progress } from "../progress/store";
import { type ItemData, type ItemParts, takeParts } from "../quiz/parts";
import { seedOf } from "../quiz/shuffle";
import { type Child, h } from "../shared/dom";
import { type Attempt, type FormName, attemptId, attemptsIn, lastFinished } from "./kept";
import { Question } from "./question";
import { type FormChapter, resultNodes } from "./result";

interface FormData {
  form: FormName;
  /** Which items these are: an attempt at other ones is not gone on with. */
  edition: string;
  items: ItemData[];
  beliefs: Record<string, string>;
  chapters: FormChapter[];
}

type Style = "main" | "quiet";

export default class FormElement extends HTMLElement {
  private data: FormData | null = null;
  private items: ItemParts[] = [];
  private store!: ProgressStore;
  private seed = 0;
  private attempts: Attempt[] = [];
  private attempt: Attempt | null = null;
  private questions: Question[] = [];
  private place = 0;
  private readonly stage = h("div", { class: "pg-form-panel" });
  private readonly refresh = (event: Event): void => {
    const { kind } = (event as CustomEvent<ProgressChange>).detail;
    if (!this.attempt && (kind === undefined || kind === "form")) void this.overview();
  };
  /** On paper nobody can go on to the next question: all of them stand there, unless all is done. */
  private readonly print = (): void => {
    if (this.stage.querySelector(".pg-form-verdicts, .pg-form-result")) return;
    const kept = [...this.stage.childNodes];
    const blank = this.items.map((parts) => new Question(parts, this.seed).element);
    const all = this.attempt ? this.questions.map(({ element }) => element) : blank;
    this.stage.replaceChildren(...all);
    window.addEventListener("afterprint", () => this.restoreScreen(kept), { once: true });
  };

  connectedCallback(): void {
    window.addEventListener("pg-progress", this.refresh);
    window.addEventListener("beforeprint", this.print);
    if (!this.data) void this.build();
  }

  disconnectedCallback(): void {
    window.removeEventListener("pg-progress", this.refresh);
    window.removeEventListener("beforeprint", this.print);
  }

  private async build(): Promise<void> {
    this.data = JSON.parse(this.querySelector("script")?.textContent ?? "") as FormData;
    this.items = this.data.items.flatMap((item) => {
      const root = this.querySelector(`[data-item="${item.id}"]`);
      return root ? [takeParts(item, root)] : [];
    });
    this.store = await progress();
    this.seed = await seedOf(this.store);
    await this.overview();
    this.replaceChildren(this.stage);
    this.dataset["ready"] = "true";
  }

  private restoreScreen(kept: readonly ChildNode[]): void {
    if (this.attempt) this.show(this.place);
    else this.stage.replaceChildren(...kept);
  }

  private button(text: string, onclick: () => void, style: Style = "main"): HTMLButtonElement {
    return h("button", { type: "button", class: `pg-button pg-button-${style}`, onclick }, text);
  }

  /** The attempt that was begun and not finished, if its questions are still these. */
  private unfinished(): Attempt | null {
    const { form, edition } = this.data as FormData;
    const open = this.attempts.filter((one) => one.form === form && one.finished === null);
    return open.filter((one) => one.edition === edition).at(-1) ?? null;
  }

  private async overview(): Promise<void> {
    if (!this.data) return;
    this.attempts = attemptsIn(await this.store.all("form"));
    const done = lastFinished(this.attempts, this.data.form);
    const open = this.unfinished();
    const view = done && !open ? this.result(done) : this.invitation(open);
    this.stage.replaceChildren(view);
  }

  private invitation(open: Attempt | null): HTMLElement {
    const count = this.items.length;
    const answered = Object.keys(open?.answers ?? {}).length;
    const state = open ? `Begun: ${answered} of ${count} answered.` : `${count} questions, about ${count} minutes.`;
    return h(
      "div",
      { class: "pg-progress-empty" },
      h("p", null, `${state} Nothing is judged before the end, and what you leave out counts as wrong.`),
      h("p", null, this.button(open ? "Go on" : "Begin", () => this.begin(open))),
    );
  }

  private begin(open: Attempt | null = null): void {
    const { form, edition, items } = this.data as FormData;
    const begun = new Date().toISOString();
    const ids = items.map(({ id }) => id);
    this.attempt = open ?? { form, edition, items: ids, begun, finished: null, answers: {} };
    this.questions = this.items.map((parts) => new Question(parts, this.seed));
    for (const question of this.questions) {
      const given = this.attempt.answers[question.parts.id];
      if (given) question.write(given);
    }
    const next = this.questions.findIndex(({ parts }) => !this.attempt?.answers[parts.id]);
    this.go(next < 0 ? this.questions.length : next);
  }

  /** Keep what stands in the question that is shown; false where it cannot be read. */
  private async keep(): Promise<boolean> {
    const [question, attempt] = [this.questions[this.place], this.attempt];
    if (!question || !attempt) return true;
    const given = question.read();
    if (given === "unreadable") return false;
    const { [question.parts.id]: _, ...others } = attempt.answers;
    attempt.answers = given === "open" ? others : { ...others, [question.parts.id]: given };
    await this.store.put("form", attemptId(attempt), attempt);
    return true;
  }

  private async leave(place: number): Promise<void> {
    if (await this.keep()) this.go(place);
  }

  private go(place: number): void {
    this.show(place);
    this.stage.querySelector<HTMLElement>(".pg-quiz-count")?.focus();
  }

  private show(place: number): void {
    this.place = place;
    const question = this.questions[place];
    const total = this.questions.length;
    const count = h("p", { class: "pg-quiz-count", tabindex: -1 }, question ? `Question ${place + 1} of ${total}` : "The end");
    const bar = h("progress", { "aria-hidden": "true", max: total, value: place });
    const back = this.button("Back", () => void this.leave(place - 1), "quiet");
    back.hidden = place === 0; // and still there: it keeps the other button in its place
    const next = question
      ? this.button("Next", () => void this.leave(place + 1))
      : this.button("Finish and see the result", () => void this.finish());
    const body: Child = question?.element ?? this.ending();
    this.stage.replaceChildren(h("div", { class: "pg-quiz-head" }, count, bar), body,
      h("div", { class: "pg-quiz-navigation" }, back, next)); // prettier-ignore
  }

  private ending(): HTMLElement {
    const answered = Object.keys(this.attempt?.answers ?? {}).length;
    const open = this.questions.length - answered;
    const words = open === 0 ? "Every question is answered." : `${answered} answered, ${open} left open.`;
    return h("p", { class: "pg-quiz-score" }, words);
  }

  private async finish(): Promise<void> {
    const attempt = this.attempt;
    if (!attempt) return;
    attempt.finished = new Date().toISOString();
    this.attempt = null;
    await this.store.put("form", attemptId(attempt), attempt);
    await this.overview();
    this.stage.querySelector<HTMLElement>(".pg-quiz-score")?.focus();
  }

  private result(done: Attempt): HTMLElement {
    const { chapters, beliefs } = this.data as FormData;
    const before = lastFinished(this.attempts, "before");
    const again = this.button("Take it again", () => this.begin(), "quiet");
    const asked = this.items.filter(({ id }) => done.items.includes(id));
    return h("div", { class: "pg-form-result pg-form-panel" },
      ...resultNodes(done, before, chapters, asked, beliefs), h("p", null, again)); // prettier-ignore
  }
}
