/**
 * Actions on their way to Python, one at a time and in order.
 *
 * A kernel keeps only the newest of two quick changes to a trait, and a page's Python may not be up
 * yet. So the next action is sent when the one before was answered. On a page, the trait `waiting`
 * mirrors the line, so that the host can keep it across a reload; a kernel has no such trait.
 */
import type { AnyModel } from "@anywidget/types";
import type { Action, LabTraits } from "./types";

export class ActionQueue {
  private line: readonly Action[];
  private readonly mirrored: boolean;
  private seq = 0;
  /** Number of the action that Python is answering now. */
  private sent: number | null = null;

  constructor(
    private readonly model: AnyModel<LabTraits>,
    private readonly changed: () => void,
  ) {
    const waiting = model.get("waiting");
    this.mirrored = waiting !== undefined;
    this.line = waiting ?? [];
    model.on("change:status", this.answered);
    this.next();
  }

  destroy(): void {
    this.model.off("change:status", this.answered);
  }

  get isEmpty(): boolean {
    return this.line.length === 0;
  }

  /** Return whether an action of this type waits. */
  has(type: string): boolean {
    return this.line.some((action) => action.type === type);
  }

  /** Return the newest value of a control that Python has not seen yet. */
  valueOf(type: string, id: string): string | undefined {
    return this.line.filter((one) => one.type === type && one.id === id).at(-1)?.value;
  }

  /** Add an action. A new value of a control takes the place of one that was not sent yet. */
  push(action: Action): void {
    const last = this.line.slice(this.sent === null ? 0 : 1).at(-1);
    const replaces = action.id !== undefined && last?.type === action.type && last.id === action.id;
    this.keep([...(replaces ? this.line.slice(0, -1) : this.line), action]);
    if (this.model.get("status").stopped) this.sendAgain();
    else this.next();
  }

  /** Forget everything and start anew. */
  reset(): void {
    this.sent = null;
    this.keep([{ type: "reset" }]);
    this.next();
  }

  private sendAgain(): void {
    this.model.set("status", { ...this.model.get("status"), stopped: false, problem: "" });
    this.sent = null;
    this.next();
  }

  private readonly answered = (): void => {
    if (this.sent === null || this.model.get("status").done < this.sent) return this.changed();
    this.sent = null;
    this.keep(this.line.slice(1));
    this.next();
  };

  private next(): void {
    const [action] = this.line;
    if (this.sent !== null || action === undefined) return;
    const { done } = this.model.get("status");
    this.seq = Math.max(this.seq, done, this.model.get("action")?.seq ?? 0) + 1;
    this.sent = this.seq;
    this.model.set("action", { ...action, seq: this.seq });
    this.model.save_changes();
  }

  private keep(line: readonly Action[]): void {
    this.line = line;
    if (this.mirrored) this.model.set("waiting", line);
    this.changed();
  }
}
