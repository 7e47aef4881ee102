/**
 * A card that is put on one of a few piles: dragged there, tapped, or by keys. The piles are the
 * rungs of a ladder of questions, which one walks until the first yes.
 */
import { type ConfidenceControl, confidenceControl } from "../shared/confidence";
import { h, setText, uniqueId } from "../shared/dom";
import type { BlockView, Context } from "./blocks";
import { makeDraggable } from "./cards_drag";
import type { CardsBlock, Rung, Told } from "./sorter_types";

const KEYS = "By keys: 1 to 4, or ↓ for “no, the next question”; then Enter. You can drag the card, too.";
const MARKS: Record<Rung["mark"], string> = { "": "", key: "✓ belongs here", second: "½ second best", missed: "✗ not here" };

export function cards(first: CardsBlock, context: Context): BlockView<CardsBlock> {
  const desk = new Desk(first, context);
  return { node: desk.node, update: (next) => desk.update(next), refresh: () => desk.refresh(), destroy: () => desk.destroy() };
}

class Desk {
  readonly node: HTMLElement;
  private readonly place = h("p", { class: "pg-cards-place" });
  private readonly bar = h("progress", { max: 1, "aria-hidden": "true" });
  private readonly face = new Face();
  private readonly ladder: Ladder;
  private readonly confidence: ConfidenceControl;
  private readonly said = h("p", { class: "pg-field-problem", role: "alert" });
  private readonly told = h("div", { class: "pg-told", role: "status" });
  private readonly button = h("button", { type: "button", class: "pg-button pg-button-main", onclick: () => this.press() });
  private readonly hint = h("p", { class: "pg-field-hint pg-cards-keys" }, KEYS);
  private readonly stopDragging: () => void;
  /** Whether the learner asked for what comes next; not every browser focuses a button that is tapped. */
  private pressed = false;

  constructor(private block: CardsBlock, private readonly context: Context) {
    this.ladder = new Ladder(block.rungs, (pile) => this.choose(pile));
    this.confidence = confidenceControl("How sure are you?", block.levels, (percent) =>
      context.send({ type: this.block.sure_action, id: this.block.card, value: String(percent) }));
    this.confidence.node.classList.add("pg-sure");
    const foot = h("div", { class: "pg-cards-foot" }, this.button, this.hint);
    this.node = h("div", { class: "pg-cards" },
      h("div", { class: "pg-cards-head" }, this.place, this.bar),
      this.face.node, this.ladder.node, this.confidence.node, this.told, this.said, foot);
    this.node.addEventListener("keydown", (event) => this.onKey(event));
    this.stopDragging = makeDraggable(this.face.node, {
      targets: () => (this.block.told ? [] : this.ladder.rows),
      dropped: (row) => this.choose(row.dataset["pile"] ?? ""),
    });
  }

  destroy(): void {
    // After the last card of a deal something else stands here: begin at its top.
    if (this.pressed) this.node.closest(".pg-lab-section")?.scrollIntoView({ block: "start" });
    this.stopDragging();
  }

  update(next: CardsBlock): void {
    const isOther = next.card !== this.block.card;
    const isToldNow = next.told !== null && this.block.told === null;
    const hadFocus = this.node.contains(document.activeElement);
    this.block = next;
    setText(this.place, next.place);
    this.bar.value = next.share;
    this.face.show(next);
    setText(this.said, next.said);
    this.told.replaceChildren(...(next.told ? toldNodes(next.told) : []));
    this.told.className = `pg-told pg-told-${next.told?.tone ?? "none"}`;
    this.node.classList.toggle("pg-cards-told", next.told !== null);
    this.refresh();
    if (isOther && (hadFocus || this.pressed)) this.face.goTo();
    // The confidence is hidden now, and the focus may have been in it.
    else if (isToldNow && hadFocus) this.button.focus({ preventScroll: true });
    this.pressed = false;
  }

  /** Show what is chosen, whether Python has seen it or not. */
  refresh(): void {
    const { block, context } = this;
    const sure = context.valueOf(block.sure_action, block.card) ?? block.sure;
    this.ladder.show(block, this.pile());
    this.face.stamp(block.rungs.find(({ value }) => value === this.pile())?.name ?? "");
    this.confidence.choose(sure ? Number(sure) : null);
    this.button.setAttribute("aria-disabled", String(context.isBusy(block.action)));
    this.button.classList.toggle("pg-busy", context.isBusy(block.action));
    setText(this.button, block.button);
  }

  private pile(): string {
    return this.context.valueOf(this.block.choose_action, this.block.card) ?? this.block.pile;
  }

  private choose(pile: string): void {
    if (this.block.told) return;
    this.context.send({ type: this.block.choose_action, id: this.block.card, value: pile });
  }

  private press(): void {
    const { block, context } = this;
    if (context.isBusy(block.action)) return;
    this.pressed = true;
    context.send({ type: block.action, id: block.card });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === this.button) {
      if (event.key !== "Enter") this.pickByDigit(event);
      return;
    }
    if (event.key === "Enter") this.enter(event);
    else if (event.target === this.face.node && (event.key === "ArrowDown" || event.key === "ArrowUp")) this.walk(event);
    else this.pickByDigit(event);
  }

  private pickByDigit(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rung = /^[1-9]$/.test(event.key) ? this.block.rungs[Number(event.key) - 1] : undefined;
    if (!rung) return;
    event.preventDefault();
    this.choose(rung.value);
  }

  /** Enter goes to what is missing; when nothing is, it sorts the card. */
  private enter(event: KeyboardEvent): void {
    event.preventDefault();
    const isOpen = !this.block.told;
    if (isOpen && this.pile() && this.confidence.chosen() === null) this.confidence.first.focus();
    else this.press();
  }

  /** Answer the question at hand with no and go on to the next, or back. */
  private walk(event: KeyboardEvent): void {
    event.preventDefault();
    const { rungs } = this.block;
    const at = rungs.findIndex(({ value }) => value === this.pile());
    const next = event.key === "ArrowDown" ? Math.min(rungs.length - 1, at + 1) : Math.max(0, at - 1);
    this.choose(rungs[next]?.value ?? "");
  }
}

/** The card itself. */
class Face {
  private readonly label = h("span");
  private readonly title = h("p", { class: "pg-incident-title" });
  private readonly text = h("p", { class: "pg-incident-text" });
  private readonly stamped = h("span", { class: "pg-incident-stamp", "aria-hidden": "true" });
  readonly node = h("div", { class: "pg-incident", tabindex: -1, role: "group", "aria-label": "Card" },
    h("div", { class: "pg-incident-grip" }, this.label, this.stamped, h("span", { class: "pg-incident-dots", "aria-hidden": "true" })),
    this.title, this.text);

  show({ label, title, text }: CardsBlock): void {
    setText(this.label, label);
    setText(this.title, title);
    setText(this.text, text);
    this.node.setAttribute("aria-label", title);
  }

  stamp(pile: string): void {
    setText(this.stamped, pile ? `→ ${pile}` : "");
  }

  /** A new card: begin at its top. */
  goTo(): void {
    this.node.focus({ preventScroll: true });
    const { top } = this.node.getBoundingClientRect();
    if (top < 0 || top > 0.6 * window.innerHeight) this.node.scrollIntoView({ block: "start" });
  }
}

/** The questions in their order; each is a radio button and a place to drop the card on. */
class Ladder {
  readonly node: HTMLFieldSetElement;
  readonly rows: readonly HTMLElement[];
  private readonly inputs: readonly HTMLInputElement[];
  private readonly answers: readonly HTMLElement[];

  constructor(rungs: readonly Rung[], chosen: (pile: string) => void) {
    const name = uniqueId("ladder");
    this.inputs = rungs.map(({ value }) =>
      h("input", { type: "radio", name, value, onchange: () => chosen(value) }));
    this.answers = rungs.map(() => h("span", { class: "pg-rung-answer" }));
    this.rows = rungs.map(({ value, name: pile, question }, i) =>
      h("label", { class: "pg-rung", "data-pile": value }, this.inputs[i],
        h("span", { class: "pg-rung-number", "aria-hidden": "true" }, i + 1),
        h("span", { class: "pg-rung-words" }, h("strong", null, pile), " ",
          h("span", { class: "pg-rung-question" }, question)),
        this.answers[i]));
    this.node = h("fieldset", { class: "pg-ladder" },
      h("legend", null, "Which question gets the first yes?"), ...this.rows);
  }

  show({ rungs, told }: CardsBlock, pile: string): void {
    const at = rungs.findIndex(({ value }) => value === pile);
    rungs.forEach(({ value, mark }, i) => {
      const [row, input, answer] = [this.rows[i], this.inputs[i], this.answers[i]];
      if (!row || !input || !answer) return;
      input.checked = value === pile;
      input.disabled = told !== null;
      row.dataset["walk"] = at < 0 || i > at ? "" : i < at ? "no" : "yes";
      row.dataset["mark"] = mark;
      setText(answer, told ? markWords(mark, value === pile) : i === at ? "yes" : i < at ? "no" : "");
    });
  }
}

function markWords(mark: Rung["mark"], isMine: boolean): string {
  return [MARKS[mark], isMine ? "your pile" : ""].filter(Boolean).join(" · ");
}

function toldNodes({ title, text, notes }: Told): HTMLElement[] {
  const more = notes.map(([bold, note]) => h("p", { class: "pg-told-note" }, h("strong", null, bold), ` ${note}`));
  return [h("p", null, h("strong", { class: "pg-told-title" }, title), ` ${text}`), ...more];
}
