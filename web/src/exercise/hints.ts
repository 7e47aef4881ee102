/** Hints, one at a time and in order: each belongs to a check. */
import { h } from "../shared/dom";
import type { CheckSpec } from "./types";

export class Hints {
  private shown = 0;
  readonly button = h("button", {
    type: "button",
    class: "pg-button pg-button-quiet",
    onclick: () => this.reveal(),
  });
  readonly node = h("ol", { class: "pg-hints", hidden: true, "aria-live": "polite" });

  constructor(private readonly checks: readonly CheckSpec[]) {
    this.relabel();
  }

  private reveal(): void {
    const check = this.checks[this.shown];
    if (!check) return;
    this.shown += 1;
    this.node.hidden = false;
    this.node.append(h("li", null, h("strong", null, `${check.title}.`), ` ${check.hint}`));
    this.relabel();
  }

  private relabel(): void {
    const left = this.checks.length - this.shown;
    this.button.textContent = left > 0 ? `Hint ${this.shown + 1} of ${this.checks.length}` : "No more hints";
    this.button.setAttribute("aria-disabled", String(left === 0));
  }
}
