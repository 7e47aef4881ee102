/** Play, pause, step and go back along a path of steps. */
import { h, setAttribute, setText } from "../shared/dom";

export interface Player {
  /** The buttons. */
  readonly node: HTMLElement;
  /** The moment shown; whole numbers are steps. */
  readonly time: number;
  /** The path became `steps` long; stay at the end if the end was shown. */
  resize(steps: number): void;
  /** Play once from the start, unless the reader asked for less motion. */
  autoplay(): void;
  destroy(): void;
}

export interface PlayerEvents {
  /** Show a moment. */
  show(time: number): void;
  /** The learner took a step by hand. */
  stepped(step: number): void;
}

const STEP_MS = 190;

/** Return a player over `steps` steps that starts at the end, where the whole trail is visible. */
export function createPlayer(steps: number, events: PlayerEvents): Player {
  return new StepPlayer(steps, events);
}

class StepPlayer implements Player {
  readonly node: HTMLElement;
  time: number;
  private steps: number;
  private frame = 0;
  private last = 0;
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");
  private readonly back = button("Back to start", () => this.jump(0));
  private readonly play = button("Play", () => this.toggle());
  private readonly step = button("Step", () => this.jump(Math.floor(this.time) + 1));
  private readonly end = button("To the end", () => this.jump(this.steps));
  private readonly motionChanged = (): void => this.refresh();

  constructor(steps: number, private readonly events: PlayerEvents) {
    this.steps = steps;
    this.time = steps;
    this.node = h("div", { class: "pg-player" }, this.play, this.step, this.back, this.end);
    this.still.addEventListener("change", this.motionChanged);
    this.refresh();
  }

  resize(steps: number): void {
    const atEnd = this.time >= this.steps;
    this.steps = steps;
    this.time = atEnd ? steps : Math.min(this.time, steps);
    this.refresh();
  }

  autoplay(): void {
    if (this.still.matches || this.frame) return;
    this.time = 0;
    this.start();
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.still.removeEventListener("change", this.motionChanged);
  }

  private toggle(): void {
    if (this.frame) return this.stop();
    if (this.time >= this.steps) this.time = 0;
    this.start();
  }

  private jump(step: number): void {
    this.stop();
    this.time = Math.max(0, Math.min(this.steps, step));
    this.refresh();
    this.events.show(this.time);
    this.events.stepped(this.time);
  }

  private start(): void {
    this.last = performance.now();
    this.frame = requestAnimationFrame((now) => this.tick(now));
    this.refresh();
  }

  private stop(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.refresh();
  }

  private tick(now: number): void {
    // A page that was in the background goes on where it was.
    this.time = Math.min(this.steps, this.time + Math.min(STEP_MS, now - this.last) / STEP_MS);
    this.last = now;
    this.events.show(this.time);
    if (this.time >= this.steps) this.stop();
    else this.frame = requestAnimationFrame((next) => this.tick(next));
  }

  private refresh(): void {
    if (this.still.matches && this.frame) this.stop();
    this.play.hidden = this.still.matches;
    this.end.hidden = !this.still.matches;
    setText(this.play, this.frame ? "Pause" : "Play");
    this.play.classList.toggle("pg-playing", this.frame !== 0);
    disable(this.back, this.time <= 0);
    disable(this.step, this.time >= this.steps);
    disable(this.end, this.time >= this.steps);
  }
}

function button(label: string, act: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "pg-button", onclick: act }, label);
}

/** A button that was just pressed keeps the focus: it is marked, not disabled. */
function disable(node: HTMLButtonElement, off: boolean): void {
  setAttribute(node, "aria-disabled", String(off));
}
