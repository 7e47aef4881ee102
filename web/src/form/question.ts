/** One question of a form: asked with a confidence, and not judged before the end. */

import { type Control, controlFor } from "../quiz/controls";
import { type ItemParts, copies, inline } from "../quiz/parts";
import { type Score, score } from "../quiz/scoring";
import { orderFor } from "../quiz/shuffle";
import { notANumber } from "../quiz/verdict";
import { askedAside } from "../shared/confidence";
import { h } from "../shared/dom";
import type { FormAnswer } from "./kept";

/** What stands in a question now: an answer, nothing yet, or something that cannot be read. */
export type Given = FormAnswer | "open" | "unreadable";

export class Question {
  readonly element: HTMLElement;
  private readonly control: Control;
  private readonly confidence = askedAside();
  private readonly status = h("div", { class: "pg-quiz-say", role: "status" });
  /** Steps that were never moved are no answer: they stand in some order from the start. */
  private touched = false;

  constructor(
    readonly parts: ItemParts,
    seed: number,
  ) {
    const forbidden = parts.rule.type === "order" ? parts.rule.sequence : [];
    const order = orderFor([...parts.options.keys()], seed, parts.id, 0, forbidden);
    this.control = controlFor({ parts, order, say: (text) => this.say(text) });
    const legend = h("legend", null, ...inline(parts.ask));
    this.element = h(
      "div",
      { class: "pg-quiz-item", "data-item": parts.id },
      h("div", { class: "pg-quiz-scene" }, ...copies(parts.scene)),
      h("fieldset", null, legend, this.control.element),
      this.confidence.node,
      this.status,
    );
    for (const event of ["click", "input"])
      this.control.element.addEventListener(event, () => (this.touched = true));
  }

  write({ response, confidence }: FormAnswer): void {
    this.control.write(response);
    this.confidence.choose(confidence);
    this.touched = true;
  }

  read(): Given {
    const response = this.control.read();
    const scored: Score = score(this.parts.rule, response);
    this.control.invalid(scored.outcome === "not a number");
    if (scored.outcome === "not a number") {
      this.say(notANumber(String(response), "Clear the field to leave the question open."));
      this.control.focus();
      return "unreadable";
    }
    this.say("");
    if (scored.outcome === "unanswered" || !this.touched) return "open";
    const { outcome, credit } = scored;
    return { response, outcome, credit, confidence: this.confidence.chosen() };
  }

  private say(message: string): void {
    this.status.textContent = message;
  }
}
