/** A quiz one question at a time: where you are, what you missed, and the missed ones again. */

import { h } from "../shared/dom";
import type { ItemView } from "./item";
import { textOf } from "./parts";

export class Steps {
  readonly element: HTMLElement;
  private readonly count = h("p", { class: "pg-quiz-count", tabindex: -1 });
  private readonly bar = h("progress", { "aria-hidden": "true" });
  private readonly stage = h("div", { class: "pg-quiz-stage" });
  private readonly back = h("button", { type: "button", class: "pg-button pg-button-quiet",
    onclick: () => this.go(this.place - 1) }, "Back"); // prettier-ignore
  private readonly next = h("button", { type: "button", class: "pg-button pg-button-main",
    onclick: () => this.go(this.place + 1) }); // prettier-ignore
  /** The items of this round: all, or the missed ones. */
  private round: ItemView[];
  private place = 0;

  constructor(private readonly items: ItemView[]) {
    this.round = items;
    const navigation = h("div", { class: "pg-quiz-navigation" }, this.back, this.next);
    const head = h("div", { class: "pg-quiz-head" }, this.count, this.bar);
    this.element = h("div", { class: "pg-quiz-steps" }, head, this.stage, navigation);
    // On paper nobody can go on to the next question: all of them stand there.
    const everything = items.map((item) => item.element);
    window.addEventListener("beforeprint", () => this.stage.replaceChildren(...everything));
    window.addEventListener("afterprint", () => this.show(this.place));
  }

  /** Begin where the learner left off. */
  begin(): void {
    const open = this.items.findIndex((item) => !item.closed);
    this.show(open < 0 ? this.items.length : open);
  }

  /** Something was answered: say so in the buttons. */
  refresh(): void {
    const item = this.round[this.place];
    const isLast = this.place === this.round.length - 1;
    this.next.textContent = isLast ? "See result" : item?.closed ? "Next" : "Skip";
    this.next.classList.toggle("pg-button-quiet", !item?.closed);
    this.next.classList.toggle("pg-button-main", item?.closed ?? false);
    this.back.hidden = this.place === 0;
    this.next.hidden = !item;
    this.bar.max = this.items.length;
    this.bar.value = this.items.filter((view) => view.answer).length;
  }

  /** Bring the learner to the question that is shown. */
  focus(): void {
    this.count.focus();
  }

  private go(place: number): void {
    this.show(place);
    this.focus();
  }

  private show(place: number): void {
    this.place = Math.max(0, place);
    const item = this.round[this.place];
    this.stage.replaceChildren(item ? item.element : this.summary());
    const review = this.round === this.items ? "Question" : "Missed question";
    this.count.textContent = item
      ? `${review} ${this.place + 1} of ${this.round.length}`
      : "Your result";
    this.refresh();
  }

  private summary(): HTMLElement {
    const missed = this.items.filter((item) => item.answer?.outcome !== "correct");
    return h(
      "div",
      { class: "pg-quiz-summary" },
      h("p", { class: "pg-quiz-score" }, resultSentence(this.items)),
      missed.length > 0
        ? h("p", null, "Worth another look:")
        : h("p", null, "Every question is answered rightly."),
      h("ul", null, ...missed.map((item) => h("li", null, textOf(item.parts.ask)))),
      h(
        "div",
        { class: "pg-quiz-actions" },
        missed.length > 0 && this.starter("Review these questions", missed, "pg-button-main"),
        this.starter("Start again", this.items, "pg-button-quiet"),
      ),
    );
  }

  private starter(text: string, items: ItemView[], style: string): HTMLButtonElement {
    const onclick = () => {
      for (const item of items) item.reset();
      this.round = items;
      this.go(0);
    };
    return h("button", { type: "button", class: `pg-button ${style}`, onclick }, text);
  }
}

/** Say how the items went; the score is the mean credit, as in the terminal. */
export function resultSentence(items: readonly ItemView[]): string {
  const answers = items.map((item) => item.answer);
  const count = (outcome: string) => answers.filter((a) => a?.outcome === outcome).length;
  const credit = answers.reduce((sum, answer) => sum + (answer?.credit ?? 0), 0);
  const parts = [`${count("correct")} of ${items.length} right`];
  if (count("partly") > 0) parts.push(`${count("partly")} partly right`);
  const skipped = answers.filter((answer) => !answer).length;
  if (skipped > 0) parts.push(`${skipped} not answered`);
  return `${parts.join(", ")}. Score: ${Math.round((100 * credit) / items.length)} %.`;
}
