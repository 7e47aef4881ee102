/** <pg-review>: what was missed in any chapter, asked again when it is due. */

import { eventsIn } from "../progress/evidence";
import { type ProgressStore, progress } from "../progress/store";
import type { ItemView } from "../quiz/item";
import type { Response, Score } from "../quiz/scoring";
import { seedOf } from "../quiz/shuffle";
import { h } from "../shared/dom";
import { type Chapter, viewsOf } from "./items";
import { keepReview } from "./kept";
import { type Place, isDue, outlook, schedule } from "./schedule";
import { onDay, outlookSentence, questions } from "./words";

interface Session {
  views: ItemView[];
  place: number;
}

export default class ReviewElement extends HTMLElement {
  private chapters: Chapter[] = [];
  private store!: ProgressStore;
  /** Where every item stands that comes back and that the course still has. */
  private places: Place[] = [];
  private gone = 0;
  private session: Session | null = null;
  private readonly status = h("p", { class: "pg-review-status", role: "status" });
  private readonly stage = h("div", { class: "pg-review-stage" });
  private readonly refresh = (): void => {
    if (!this.session && document.visibilityState === "visible") void this.overview();
  };

  connectedCallback(): void {
    window.addEventListener("pg-progress", this.refresh);
    document.addEventListener("visibilitychange", this.refresh);
    if (this.chapters.length === 0) void this.build();
  }

  disconnectedCallback(): void {
    window.removeEventListener("pg-progress", this.refresh);
    document.removeEventListener("visibilitychange", this.refresh);
  }

  private async build(): Promise<void> {
    const data = JSON.parse(this.querySelector("script")?.textContent ?? "") as { chapters: Chapter[] };
    this.chapters = data.chapters;
    this.store = await progress();
    await this.overview();
    this.replaceChildren(this.stage, this.status);
    this.dataset["ready"] = "true";
  }

  private async plan(): Promise<void> {
    const present = new Set(this.chapters.flatMap(({ items }) => items));
    const all = schedule(eventsIn(await this.store.all()));
    this.places = all.filter(({ item }) => present.has(item));
    this.gone = all.length - this.places.length;
  }

  /** Show what is due, when the next comes and how many there are. */
  private async overview(): Promise<void> {
    await this.plan();
    const view = this.places.length + this.gone === 0 ? this.invitation() : this.summary();
    this.stage.replaceChildren(view);
  }

  private invitation(): HTMLElement {
    const [first] = this.chapters;
    return h(
      "div",
      { class: "pg-progress-empty" },
      h("p", null, "Nothing to review yet. A question that you miss in a chapter comes back here after about 1, 7 and 30 days."),
      first && h("p", null, "Begin with ", h("a", { href: first.href }, first.title), "."),
    ); // prettier-ignore
  }

  private summary(): HTMLElement {
    const now = Date.now();
    const ahead = outlook(this.places, now);
    const row = (label: string, count: number) =>
      h("div", { class: "pg-progress-row" }, h("dt", null, label), h("dd", null, count > 0 ? questions(count) : "none"));
    const begin = h("button", { type: "button", class: "pg-button pg-button-main",
      onclick: () => void this.begin() }, `Review ${questions(ahead.due)}`); // prettier-ignore
    return h(
      "div",
      { class: "pg-review-summary" },
      h("p", { class: "pg-quiz-score", tabindex: -1 }, outlookSentence(ahead, now)),
      ahead.due > 0 && h("p", null, begin),
      h("dl", null, row("Due now", ahead.due), row("Within a week", ahead.week), row("Later", ahead.later)),
      this.gone > 0 && h("p", { class: "pg-review-gone" }, goneSentence(this.gone)),
    );
  }

  private due(): Set<string> {
    return new Set(this.places.filter((place) => isDue(place, Date.now())).map(({ item }) => item));
  }

  /** Fetch the items that are due, and only the chapters that have some, and ask the first. */
  private async begin(): Promise<void> {
    const due = this.due();
    this.say("Fetching the questions …");
    const around = { seed: await seedOf(this.store), store: this.store, changed: () => undefined,
      review: (...given: Parameters<ReviewElement["reviewed"]>) => void this.reviewed(...given) }; // prettier-ignore
    const needed = this.chapters.filter(({ items }) => items.some((item) => due.has(item)));
    const fetched = await Promise.allSettled(needed.map((one) => viewsOf(one, due, around)));
    const lost = needed.filter((_, i) => fetched[i]?.status === "rejected");
    const views = fetched.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
    this.say(lost.length > 0 ? lostSentence(lost) : "");
    if (views.length === 0) return;
    const order = [...due];
    views.sort((one, other) => order.indexOf(one.parts.id) - order.indexOf(other.parts.id));
    this.session = { views, place: 0 };
    await this.show();
  }

  private async show(): Promise<void> {
    const { views, place } = this.session as Session;
    const view = views[place];
    if (!view) {
      await this.finish();
      return;
    }
    await view.ask();
    const chapter = this.chapters.find(({ items }) => items.includes(view.parts.id));
    const count = h("p", { class: "pg-quiz-count", tabindex: -1 }, `Question ${place + 1} of ${views.length}`,
      chapter ? h("span", null, ", from ", h("a", { href: chapter.href }, chapter.title)) : null); // prettier-ignore
    const rewritten = "This question was rewritten since you answered it.";
    const note = view.isRewritten && h("p", { class: "pg-review-note" }, rewritten);
    this.stage.replaceChildren(h("div", { class: "pg-review-question" }, count, note, view.element));
    count.focus();
  }

  private async reviewed(view: ItemView, response: Response, scored: Score, confidence: number | null): Promise<void> {
    const { outcome, credit } = scored;
    if (outcome === "unanswered" || outcome === "not a number") return;
    await keepReview(this.store, { item: view.parts.id, response, outcome, credit, confidence });
    await this.plan();
    const place = this.places.find(({ item }) => item === view.parts.id);
    const when = place ? `It comes back ${onDay(place.due, Date.now())}.` : "";
    const { views, place: at } = this.session as Session;
    const next = h("button", { type: "button", class: "pg-button pg-button-main", onclick: () => this.next() },
      at + 1 < views.length ? "Next" : "Finish"); // prettier-ignore
    const line = h("div", { class: "pg-quiz-navigation" }, h("p", { class: "pg-review-when", role: "status" }, when), next);
    view.element.after(line);
  }

  private next(): void {
    if (!this.session) return;
    this.session.place += 1;
    void this.show();
  }

  private async finish(): Promise<void> {
    const views = this.session?.views ?? [];
    this.session = null;
    await this.overview();
    const right = views.filter(({ answer }) => answer?.outcome === "correct").length;
    this.say(`Done: ${right} of ${questions(views.length)} right.`);
    this.stage.querySelector<HTMLElement>(".pg-quiz-score")?.focus();
  }

  private say(message: string): void {
    this.status.textContent = message;
  }
}

function goneSentence(count: number): string {
  const which = count === 1 ? "1 question that you missed is" : `${count} questions that you missed are`;
  return `${which} no longer in the course and will not come back.`;
}

function lostSentence(chapters: readonly Chapter[]): string {
  const titles = chapters.map(({ title }) => `“${title}”`).join(", ");
  return `The questions of ${titles} could not be fetched. Reload the page to try again; nothing is lost.`;
}
