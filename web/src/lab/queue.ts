/**
 * Actions on their way to Python, one at a time and in order.
 *
 * A kernel keeps only the newest of two quick changes to a trait, and a page's Python may not be up
 * yet. So the next action is sent when the one before was answered; until then it waits in the trait
 * `waiting`, where the host can keep it across a reload.
 */
import type { AnyModel } from "@anywidget/types";
import type { Action, LabTraits } from "./types";

export class ActionQueue {
  private sent: number | null = null;

  constructor(
    private readonly model: AnyModel<LabTraits>,
    private readonly changed: () => void,
  ) {
    model.on("change:status", this.answered);
    this.next();
  }

  destroy(): void {
    this.model.off("change:status", this.answered);
  }

  get waiting(): readonly Action[] {
    return this.model.get("waiting");
  }

  /** Add an action. A new value of a control takes the place of one that was not sent yet. */
  push(action: Action): void {
    const last = this.waiting.at(-1);
    const replaces = this.waiting.length > (this.sent === null ? 0 : 1) && last !== undefined &&
      action.id !== undefined && last.type === action.type && last.id === action.id;
    this.keep([...(replaces ? this.waiting.slice(0, -1) : this.waiting), action]);
    if (this.model.get("status").stopped) this.retry();
    else this.next();
  }

  /** Return the newest value of a control that Python has not seen yet. */
  valueOf(type: string, id: string): string | undefined {
    return this.waiting.filter((one) => one.type === type && one.id === id).at(-1)?.value;
  }

  /** Forget everything and start anew. */
  reset(): void {
    this.sent = null;
    this.keep([{ type: "reset" }]);
    this.next();
  }

  /** Ask again for the action that was not answered. */
  private retry(): void {
    this.model.set("status", { ...this.model.get("status"), stopped: false, problem: "" });
    this.sent = null;
    this.next();
  }

  private readonly answered = (): void => {
    const { done } = this.model.get("status");
    if (this.sent === null || done < this.sent) return this.changed();
    this.sent = null;
    this.keep(this.waiting.slice(1));
    this.next();
  };

  private next(): void {
    const [action] = this.waiting;
    if (this.sent !== null || action === undefined) return;
    const seq = Math.max(this.model.get("status").done, this.model.get("action")?.seq ?? 0) + 1;
    this.sent = seq;
    this.model.set("action", { ...action, seq });
    this.model.save_changes();
  }

  private keep(waiting: readonly Action[]): void {
    this.model.set("waiting", waiting);
    this.model.save_changes();
    this.changed();
  }
}
