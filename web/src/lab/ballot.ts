/**
 * A vote of a room on one card, to be projected: counts are typed or tapped while they are hidden,
 * shown, and taken again. Everything stands in one element, which can fill the screen.
 */
import { h, setText } from "../shared/dom";
import type { BlockView, Context } from "./blocks";
import type { BallotBlock, Stand, Step } from "./sorter_types";

const MOST = 9999;
const MARKS: Record<Stand["mark"], string> = { "": "", key: "✓ the key", second: "½ second best" };

export function ballot(first: BallotBlock, context: Context): BlockView<BallotBlock> {
  const screen = new Screen(first, context);
  return { node: screen.node, update: (next) => screen.update(next), refresh: () => screen.refresh(), destroy: () => screen.destroy() };
}

class Screen {
  readonly node: HTMLElement;
  private readonly place = h("p", { class: "pg-ballot-place" });
  private readonly title = h("p", { class: "pg-incident-title" });
  private readonly text = h("p", { class: "pg-incident-text" });
  private readonly status = h("p", { class: "pg-ballot-status", role: "status" });
  private readonly notes = h("div", { class: "pg-ballot-notes" });
  private readonly steps = h("div", { class: "pg-ballot-steps" });
  private readonly fill = h("button", { type: "button", class: "pg-button pg-button-quiet", onclick: () => void this.toggle() });
  private readonly rows: readonly StandRow[];
  private shownSteps = "";

  constructor(private block: BallotBlock, private readonly context: Context) {
    this.rows = block.stands.map((stand, i) => new StandRow(stand, i, (count) => this.count(i, count)));
    this.node = h("div", { class: "pg-ballot", tabindex: -1, role: "group", "aria-label": "A vote of the room" },
      h("div", { class: "pg-ballot-inner" },
        h("div", { class: "pg-ballot-head" }, this.place, this.fill),
        h("div", { class: "pg-ballot-card" }, this.title, this.text, this.notes),
        h("ol", { class: "pg-ballot-stands" }, ...this.rows.map(({ node }) => node)),
        h("div", { class: "pg-ballot-foot" }, this.status, this.steps)));
    this.node.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("fullscreenchange", this.named);
    this.named();
  }

  destroy(): void {
    document.removeEventListener("fullscreenchange", this.named);
    if (document.fullscreenElement === this.node) void document.exitFullscreen();
  }

  update(next: BallotBlock): void {
    this.block = next;
    setText(this.place, `${next.label}. ${next.place}`);
    setText(this.title, next.title);
    setText(this.text, next.text);
    setText(this.status, next.status);
    this.notes.replaceChildren(...next.notes.map(([bold, note]) => h("p", null, h("strong", null, bold), ` ${note}`)));
    this.node.classList.toggle("pg-ballot-told", next.notes.length > 0);
    this.node.classList.toggle("pg-ballot-voted", next.stands.some(({ second }) => second !== null));
    this.showSteps(next.steps);
    this.refresh();
  }

  refresh(): void {
    const most = Math.max(1, ...this.block.stands.flatMap(({ first, second }) => [first ?? 0, second ?? 0]));
    this.block.stands.forEach((stand, i) => this.rows[i]?.show(stand, this.counted(i), most));
  }

  /** Votes so far, with those that Python has not seen yet; null while none are counted. */
  private counted(i: number): number | null {
    const { action, counting, counts, stands } = this.block;
    if (!counting) return null;
    const waiting = this.context.valueOf(action, `${counting}${stands[i]?.value ?? ""}`);
    return waiting === undefined ? (counts[i] ?? 0) : Number(waiting);
  }

  private count(i: number, count: number): void {
    const { action, counting, stands } = this.block;
    const stand = stands[i];
    if (!counting || !stand || !(count >= 0 && count <= MOST)) return this.refresh();
    this.context.send({ type: action, id: `${counting}${stand.value}`, value: String(count) });
  }

  /** The buttons are only made anew when they change: a count must not take the focus away. */
  private showSteps(steps: readonly Step[]): void {
    const json = JSON.stringify(steps);
    if (json === this.shownSteps) return;
    this.shownSteps = json;
    const hadFocus = this.node.contains(document.activeElement);
    const buttons = steps.map(({ label, action, id, value }, i) => {
      const kind = i === 0 ? "pg-button pg-button-main" : "pg-button pg-button-quiet";
      return h("button", { type: "button", class: kind, onclick: () => this.context.send({ type: action, id, value }) }, label);
    });
    this.steps.replaceChildren(...buttons);
    if (hadFocus) (buttons[0] ?? this.node).focus({ preventScroll: true });
  }

  private onKey(event: KeyboardEvent): void {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "Enter" && !(target instanceof HTMLButtonElement)) {
      (this.steps.firstElementChild as HTMLButtonElement | null)?.click();
    } else if (target instanceof HTMLInputElement) return;
    else if (key === "f" || key === "F") void this.toggle();
    else if (!this.vote(event)) return;
    event.preventDefault();
  }

  /** A digit adds a vote, with Shift it takes one back; the place of the key decides, not its sign. */
  private vote({ code, shiftKey }: KeyboardEvent): boolean {
    const i = Number(/^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1] ?? 0) - 1;
    const now = this.rows[i] ? this.counted(i) : null;
    if (now === null) return false;
    this.count(i, Math.max(0, now + (shiftKey ? -1 : 1)));
    return true;
  }

  private async toggle(): Promise<void> {
    const { node } = this;
    try {
      if (document.fullscreenElement === node) await document.exitFullscreen();
      else await node.requestFullscreen();
    } catch {
      node.classList.toggle("pg-ballot-full"); // a phone may not fill its screen with an element
      this.named();
    }
    node.focus({ preventScroll: true });
  }

  private readonly named = (): void => {
    const isFull = document.fullscreenElement === this.node || this.node.classList.contains("pg-ballot-full");
    setText(this.fill, isFull ? "Leave full screen (F)" : "Fill the screen (F)");
  };
}

/** One pile: a hidden count while the room votes, bars once the votes are shown. */
class StandRow {
  readonly node: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly bars = h("div", { class: "pg-stand-bars" });
  private readonly mark = h("span", { class: "pg-stand-mark" });
  private readonly counter: HTMLElement;

  constructor({ name, question }: Stand, i: number, count: (count: number) => void) {
    const now = (): number => Number(this.input.value || "0");
    this.input = h("input", {
      type: "text", inputmode: "numeric", class: "pg-stand-input", autocomplete: "off", maxlength: 4,
      "aria-label": `Votes for ${name}, hidden`, onchange: () => count(/^\d+$/.test(this.input.value.trim()) ? now() : this.input.value.trim() ? -1 : 0),
    });
    const step = (sign: string, label: string, by: number): HTMLElement =>
      h("button", { type: "button", class: "pg-stand-step", "aria-label": label, tabindex: -1, onclick: () => count(Math.max(0, now() + by)) }, sign);
    this.counter = h("div", { class: "pg-stand-counter" }, step("−", `One vote less for ${name}`, -1), h("span", { class: "pg-stand-hidden" }, this.input), step("+", `One vote more for ${name}`, 1));
    this.node = h("li", { class: "pg-stand" },
      h("span", { class: "pg-rung-number", "aria-hidden": "true" }, i + 1),
      h("div", { class: "pg-stand-words" }, h("strong", null, name), " ", this.mark, h("span", { class: "pg-rung-question" }, question)),
      this.counter, this.bars);
  }

  show({ first, second, mark }: Stand, counted: number | null, most: number): void {
    this.counter.hidden = counted === null;
    if (counted !== null && document.activeElement !== this.input) this.input.value = counted ? String(counted) : "";
    this.node.dataset["mark"] = mark;
    setText(this.mark, MARKS[mark]);
    const bars = first === null ? [] : [bar("first vote", first, "", most)];
    if (first !== null && second !== null) bars.push(bar("second vote", second, change(second - first), most));
    this.bars.replaceChildren(...bars);
  }
}

function bar(label: string, votes: number, moved: string, most: number): HTMLElement {
  const fill = h("span", { class: "pg-stand-fill", style: `width:${(100 * votes) / most}%` });
  return h("div", { class: "pg-stand-bar", "data-vote": label.split(" ")[0] }, h("span", { class: "pg-stand-track", "aria-hidden": "true" }, fill),
    h("span", { class: "pg-unseen" }, `${label}: `), h("span", { class: "pg-stand-votes pg-number" }, votes),
    h("span", { class: "pg-stand-moved pg-number" }, moved));
}

function change(by: number): string {
  return by > 0 ? `+${by}` : by < 0 ? `\u2212${-by}` : "±0";
}
