/** A large bank in rounds: which ones there are, how far each one is, and one of them open. */

import { h } from "../shared/dom";
import type { ItemView } from "./item";
import type { SetData } from "./parts";
import { Steps } from "./steps";

/** One round: its button, and its questions one at a time. */
class Round {
  readonly steps: Steps;
  private readonly progress = h("span", { class: "pg-quiz-round-progress" });
  readonly button: HTMLButtonElement;

  constructor(
    set: string,
    number: number,
    readonly items: ItemView[],
    open: (round: Round) => void,
  ) {
    this.steps = new Steps(items);
    const whose = h("span", { class: "pg-quiz-unseen" }, `${set}, `);
    const label = h("span", null, whose, `Round ${number}`);
    const onclick = () => open(this);
    this.button = h("button", { type: "button", class: "pg-quiz-round", onclick }, label, " ", this.progress);
  }

  get answered(): number {
    return this.items.filter((item) => item.answer).length;
  }

  get done(): boolean {
    return this.answered === this.items.length;
  }

  refresh(isOpen: boolean): void {
    const { answered, items } = this;
    this.progress.textContent = this.done ? "✓ done" : `${answered} of ${items.length}`;
    this.button.setAttribute("aria-pressed", String(isOpen));
    this.button.style.setProperty("--pg-done", `${(100 * answered) / items.length}%`);
    this.steps.refresh();
  }
}

export class Rounds {
  readonly element: HTMLElement;
  private readonly stage = h("div", { class: "pg-quiz-open-round" });
  private readonly total = h("p", { class: "pg-quiz-count" });
  private readonly rounds: Round[];
  private shown: Round;

  constructor(sets: readonly SetData[], views: readonly ItemView[]) {
    const byId = new Map(views.map((view) => [view.parts.id, view]));
    const rows = sets.map(({ title, rounds }) => ({
      title,
      rounds: rounds.map((ids, i) => {
        const items = ids.flatMap((id) => byId.get(id) ?? []);
        return new Round(title, i + 1, items, (round) => this.open(round));
      }),
    }));
    this.rounds = rows.flatMap((row) => row.rounds);
    this.shown = this.rounds.find((round) => !round.done) ?? (this.rounds[0] as Round);
    const list = rows.map(({ title, rounds }) =>
      h(
        "div",
        { class: "pg-quiz-row", role: "group", "aria-label": title },
        h("p", { class: "pg-quiz-row-title" }, title),
        h("div", { class: "pg-quiz-row-rounds" }, ...rounds.map((round) => round.button)),
      ),
    );
    this.element = h("div", { class: "pg-quiz-rounds" }, ...list, this.total, this.stage);
    // On paper nobody can open a round: all of them stand there.
    const everything = () => this.stage.replaceChildren(...this.rounds.map((r) => r.steps.element));
    window.addEventListener("beforeprint", everything);
    window.addEventListener("afterprint", () => this.show());
    for (const round of this.rounds) round.steps.begin();
    this.show();
  }

  refresh(): void {
    for (const round of this.rounds) round.refresh(round === this.shown);
    const items = this.rounds.flatMap((round) => round.items);
    const right = items.filter((item) => item.answer?.outcome === "correct").length;
    const answered = items.filter((item) => item.answer).length;
    this.total.textContent =
      answered === 0
        ? `${items.length} questions in ${this.rounds.length} rounds`
        : `${answered} of ${items.length} answered, ${right} right`;
  }

  private open(round: Round): void {
    this.shown = round;
    round.steps.begin();
    this.show();
    round.steps.focus();
  }

  private show(): void {
    this.stage.replaceChildren(this.shown.steps.element);
    this.refresh();
  }
}
