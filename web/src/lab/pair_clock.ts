/** A clock that counts down and stops nothing. It stands while the page is hidden, or held. */
import { h, setText } from "../shared/dom";

const TICK_MS = 250;

export class Clock {
  readonly node = h("p", { class: "pg-pair-clock", role: "timer" });
  private name = "";
  private left = 0;
  private last = 0;
  private held = false;
  private ticking: number | undefined;

  constructor(private readonly timeIsUp: () => void) {}

  /** Count `seconds` down for `card`; the same card goes on where it was. */
  show(card: string, seconds: number, isLate: boolean): void {
    const name = `${card}/${seconds}`;
    if (name !== this.name) this.left = isLate ? 0 : seconds * 1000;
    this.name = name;
    this.node.hidden = seconds === 0;
    this.stop();
    if (seconds > 0 && this.left > 0) this.start();
    this.draw();
  }

  hold(held: boolean): void {
    this.held = held;
  }

  stop(): void {
    window.clearInterval(this.ticking);
    this.ticking = undefined;
  }

  private start(): void {
    this.last = performance.now();
    this.ticking = window.setInterval(() => this.tick(), TICK_MS);
  }

  private tick(): void {
    const now = performance.now();
    if (!this.held && !document.hidden) this.left -= now - this.last;
    this.last = now;
    this.draw();
    if (this.left > 0) return;
    this.stop();
    this.timeIsUp();
  }

  private draw(): void {
    const seconds = Math.ceil(this.left / 1000);
    setText(this.node, seconds > 0 ? `${seconds} s left` : "Time is over. Answer all the same.");
    this.node.classList.toggle("pg-pair-over", seconds <= 0);
  }
}
