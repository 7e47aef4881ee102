/** One item on the page: a form that is checked when the learner says so, and not before. */

import type { ProgressStore } from "../progress/store";
import { askedAside, type ConfidenceControl } from "../shared/confidence";
import { h } from "../shared/dom";
import { type Answer, loadAnswer, nextAnswer } from "./answers";
import { type Control, controlFor } from "./controls";
import { type ItemParts, copies, inline } from "./parts";
import { type Response, type Score, score } from "./scoring";
import { orderFor } from "./shuffle";
import { MISSING, beliefsIn, markOf, notANumber, verdictNodes } from "./verdict";

/** What the items of one quiz share. */
export interface Surroundings {
  quiz: string;
  seed: number;
  store: ProgressStore;
  /** Titles of misconceptions. */
  beliefs: Record<string, string>;
  /** Called after an item was answered, or is open again. */
  changed(): void;
  /**
   * Where an item is asked again after some time: it asks for a confidence as well, cannot be tried
   * again at once, and says what was answered.
   */
  review?: (view: ItemView, response: Response, scored: Score, confidence: number | null) => void;
}

export class ItemView {
  readonly element = h("form", { class: "pg-quiz-item", novalidate: true });
  answer: Answer | null = null;
  /** Whether the answer is shown, with its verdict; false while the learner is answering. */
  closed = false;

  private readonly status = h("div", { class: "pg-quiz-verdict", role: "status" });
  private readonly check = h("button", { type: "submit", class: "pg-button pg-button-main" }, "Check");
  private readonly again = h(
    "button",
    { type: "button", class: "pg-button pg-button-quiet", onclick: () => this.retry() },
    "Try again",
  );
  private readonly fieldset = h("fieldset");
  private readonly legend: HTMLLegendElement;
  private readonly confidence: ConfidenceControl | null;
  private control!: Control;

  constructor(
    readonly parts: ItemParts,
    private readonly around: Surroundings,
  ) {
    this.legend = h("legend", null, ...inline(parts.ask));
    const actions = h("div", { class: "pg-quiz-actions" }, this.check, this.again);
    const scene = h("div", { class: "pg-quiz-scene" }, ...copies(parts.scene));
    this.confidence = around.review ? askedAside() : null;
    this.element.dataset["item"] = parts.id;
    this.element.append(scene, this.fieldset, this.confidence?.node ?? "", actions, this.status);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.open();
  }

  /** Show the answer that is kept, if there is one that still fits the item. */
  async restore(): Promise<void> {
    const kept = await loadAnswer(this.around.store, this.parts.id);
    if (JSON.stringify(kept) === JSON.stringify(this.answer)) return;
    const scored = kept ? score(this.parts.rule, kept.response) : null;
    const fits = kept !== null && scored !== null && isAnswer(scored);
    this.answer = fits ? kept : null;
    this.open((this.answer?.tries ?? 1) - 1);
    if (fits) {
      this.control.write(kept.response);
      this.close(kept.response, scored);
    }
  }

  /** Ask as if for the first time, without forgetting what was answered before. */
  async ask(): Promise<void> {
    this.answer = await loadAnswer(this.around.store, this.parts.id);
    this.open();
  }

  /** Whether what was answered before fits the item no more: it was rewritten since. */
  get isRewritten(): boolean {
    return this.answer !== null && !isAnswer(score(this.parts.rule, this.answer.response));
  }

  /** Ask again, with the options in another order. */
  retry(): void {
    this.open();
    this.control.focus();
    this.around.changed();
  }

  /** Ask again without taking the focus. */
  reset(): void {
    this.open();
  }

  private open(tries = this.answer?.tries ?? 0): void {
    const { parts, around } = this;
    const forbidden = parts.rule.type === "order" ? parts.rule.sequence : [];
    const order = orderFor([...parts.options.keys()], around.seed, parts.id, tries, forbidden);
    this.control = controlFor({ parts, order, say: (text) => this.say(text) });
    this.fieldset.replaceChildren(this.legend, this.control.element);
    this.status.replaceChildren();
    this.setClosed(false);
  }

  private setClosed(closed: boolean): void {
    this.closed = closed;
    // The button keeps the focus and its place: a second Enter must not start another try.
    this.check.setAttribute("aria-disabled", String(closed));
    this.again.hidden = !closed || this.around.review !== undefined;
    this.element.classList.toggle("pg-quiz-closed", closed);
  }

  private say(message: string): void {
    this.status.replaceChildren(h("p", { class: "pg-quiz-say" }, message));
  }

  private submit(): void {
    if (this.closed) return;
    const response = this.control.read();
    const scored = score(this.parts.rule, response);
    this.control.invalid(scored.outcome === "not a number");
    if (!isAnswer(scored)) {
      this.refuse(response, scored);
      return;
    }
    const beliefs = beliefsIn(this.parts, response, scored);
    this.answer = nextAnswer(this.around.quiz, this.answer, response, scored, beliefs);
    this.check.focus({ preventScroll: true });
    this.close(response, scored);
    void this.around.store.put("answer", this.parts.id, this.answer);
    this.around.review?.(this, response, scored, this.confidence?.chosen() ?? null);
    if (this.confidence) this.confidence.node.disabled = true;
    this.around.changed();
  }

  private refuse(response: Response, { outcome }: Score): void {
    const missing = MISSING[this.parts.rule.type] ?? "";
    this.say(outcome === "not a number" ? notANumber(String(response)) : missing);
    this.control.focus();
  }

  private close(response: Response, scored: Score): void {
    this.control.lock();
    for (const option of this.control.element.querySelectorAll<HTMLElement>("[data-option]")) {
      const mark = markOf(this.parts, response, option.dataset["option"] ?? "");
      if (mark) option.dataset["mark"] = mark;
    }
    this.status.replaceChildren(
      ...verdictNodes(this.parts, response, scored, this.around.beliefs),
    );
    this.setClosed(true);
  }
}

function isAnswer({ outcome }: Score): boolean {
  return outcome !== "unanswered" && outcome !== "not a number";
}
