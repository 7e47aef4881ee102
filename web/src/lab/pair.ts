/** Two replies to one message, to be compared: by finger, by keys, under a clock or without one. */
import { h, setText } from "../shared/dom";
import type { BlockView, Context } from "./blocks";
import { Clock } from "./pair_clock";
import type { PairBlock } from "./sorter_types";

export function pair(first: PairBlock, context: Context): BlockView<PairBlock> {
  const desk = new Desk(first, context);
  return { node: desk.node, update: (next) => desk.update(next), refresh: () => desk.refresh(), destroy: () => desk.destroy() };
}

class Desk {
  readonly node: HTMLElement;
  private readonly place = h("p", { class: "pg-pair-place" });
  private readonly bar = h("progress", { max: 1, "aria-hidden": "true" });
  private readonly clock: Clock;
  private readonly note = h("p", { class: "pg-pair-note" });
  private readonly asks = h("p", { class: "pg-pair-label" });
  private readonly prompt = h("p", { class: "pg-pair-prompt" });
  private readonly message = h("div", { class: "pg-pair-message", role: "group", tabindex: -1 }, this.asks, this.prompt);
  private readonly texts = [h("p", { class: "pg-pair-text" }), h("p", { class: "pg-pair-text" })] as const;
  private readonly buttons: readonly HTMLButtonElement[];

  constructor(private block: PairBlock, private readonly context: Context) {
    this.clock = new Clock(() => this.timeIsUp());
    this.buttons = block.answers.map(({ value, label }, i) =>
      h("button", { type: "button", class: `pg-button pg-pair-answer${i < 2 ? "" : " pg-button-quiet"}`, onclick: () => this.say(value) },
        h("kbd", { "aria-hidden": "true" }, i + 1), h("span", null, label)));
    const replies = this.texts.map((text, i) => h("div", { class: "pg-pair-reply", role: "group", "aria-label": `Reply ${"AB"[i]}` },
      h("p", { class: "pg-pair-label", "aria-hidden": "true" }, `Reply ${"AB"[i]}`), text));
    this.node = h("div", { class: "pg-pair" },
      h("div", { class: "pg-pair-head" }, this.place, this.bar, this.clock.node),
      this.note, this.message, h("div", { class: "pg-pair-replies" }, ...replies),
      h("div", { class: "pg-pair-answers", role: "group", "aria-label": "Which reply is better?" }, ...this.buttons));
    this.node.addEventListener("keydown", (event) => this.onKey(event));
  }

  destroy(): void {
    this.clock.stop();
  }

  update(next: PairBlock): void {
    const isOther = next.card !== this.block.card;
    this.block = next;
    setText(this.place, next.place);
    this.bar.value = next.share;
    setText(this.note, next.note);
    setText(this.asks, next.asks);
    setText(this.prompt, next.prompt);
    this.message.setAttribute("aria-label", next.place);
    this.texts.forEach((text, i) => setText(text, next.replies[i] ?? ""));
    this.clock.show(next.card, next.seconds, next.late);
    this.refresh();
    if (isOther) this.goTo();
  }

  /** While an answer is on its way, the clock stands. */
  refresh(): void {
    const isBusy = this.isBusy();
    this.clock.hold(isBusy);
    for (const button of this.buttons) button.setAttribute("aria-disabled", String(isBusy));
  }

  private isBusy(): boolean {
    return this.context.isBusy(this.block.action);
  }

  private say(value: string): void {
    if (this.isBusy()) return;
    this.context.send({ type: this.block.action, id: this.block.card, value });
  }

  private timeIsUp(): void {
    this.context.send({ type: this.block.late_action, id: this.block.card });
    this.context.announce("The time is over. Answer all the same.");
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    const answer = this.block.answers[Number(event.key) - 1];
    if (!answer) return;
    event.preventDefault();
    this.say(answer.value);
  }

  /** A new pair: begin at its top, if the hands were here. */
  private goTo(): void {
    if (!this.node.contains(document.activeElement)) return;
    this.message.focus({ preventScroll: true });
    const { top } = this.node.getBoundingClientRect();
    if (top < 0 || top > 0.6 * window.innerHeight) this.node.scrollIntoView({ block: "start" });
  }
}
