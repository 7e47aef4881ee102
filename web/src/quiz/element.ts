/** <pg-quiz>: turns the questions that the build rendered into forms that answer. */

import { type ProgressChange, progress } from "../progress/store";
import { h } from "../shared/dom";
import { ItemView, type Surroundings } from "./item";
import { type QuizData, type SetData, takeParts } from "./parts";
import { Rounds } from "./rounds";
import { seedOf } from "./shuffle";
import { Steps, resultSentence } from "./steps";

export default class QuizElement extends HTMLElement {
  private views: ItemView[] = [];
  private refresh: () => void = () => undefined;
  private readonly follow = (event: Event): void => {
    void this.restore((event as CustomEvent<ProgressChange>).detail);
  };

  connectedCallback(): void {
    window.addEventListener("pg-progress", this.follow);
    if (this.views.length === 0) void this.build();
  }

  disconnectedCallback(): void {
    window.removeEventListener("pg-progress", this.follow);
  }

  private async build(): Promise<void> {
    const data = JSON.parse(this.querySelector("script")?.textContent ?? "") as QuizData;
    const store = await progress();
    const around: Surroundings = {
      quiz: data.quiz,
      seed: await seedOf(store),
      store,
      beliefs: data.beliefs,
      changed: () => this.refresh(),
    };
    this.views = data.items.flatMap((item) => {
      const root = this.querySelector(`[data-item="${item.id}"]`);
      return root ? [new ItemView(takeParts(item, root), around)] : [];
    });
    await Promise.all(this.views.map((view) => view.restore()));
    this.replaceChildren(this.shown(data));
    this.refresh();
    this.dataset["ready"] = "true";
  }

  private shown({ mode, sets }: QuizData): HTMLElement {
    if (mode === "sets") return this.rounds(sets);
    return mode === "steps" ? this.steps() : this.list();
  }

  private rounds(sets: readonly SetData[]): HTMLElement {
    const rounds = new Rounds(sets, this.views);
    this.refresh = () => rounds.refresh();
    return rounds.element;
  }

  private steps(): HTMLElement {
    const steps = new Steps(this.views);
    steps.begin();
    this.refresh = () => steps.refresh();
    return steps.element;
  }

  private list(): HTMLElement {
    const count = h("p", { class: "pg-quiz-count" });
    this.refresh = () => {
      const answered = this.views.filter((view) => view.answer).length;
      count.textContent =
        answered < this.views.length
          ? `${answered} of ${this.views.length} answered`
          : resultSentence(this.views);
    };
    const items = this.views.map((view) => h("li", null, view.element));
    return h("div", { class: "pg-quiz-list" }, h("ol", null, ...items), count);
  }

  /** Another part of the page, or an import, changed what is kept. */
  private async restore({ kind, id }: ProgressChange): Promise<void> {
    if (kind !== undefined && kind !== "answer") return;
    const touched = this.views.filter((view) => id === undefined || view.parts.id === id);
    await Promise.all(touched.map((view) => view.restore()));
    if (touched.length > 0) this.refresh();
  }
}
