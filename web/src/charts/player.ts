/** Play, pause, step and go back along a path of steps. */
import { h, setAttribute, setText } from "../shared/dom";

export interface Player {
  /** The buttons. */
  readonly node: HTMLElement;
  /** The moment shown; whole numbers are steps. */
  readonly time: number;
  /** Another path, `steps` long: show its end, unless the learner had stopped on the way. */
  restart(steps: number): void;
  /** Play once from the start, unless the reader asked for less motion. */
  autoplay(): void;
  /** Stand still while nobody can see it, and go on afterwards. */
  hold(held: boolean): void;
  destroy(): void;
}

export interface PlayerEvents {
  /** Show a moment. */
  show(time: number): void;
  /** The learner took a step by hand. */
  stepped(step: number): void;
}

const STEP_MS = 190;
const LONGEST_MS = 15_000; // long paths play faster

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
  private held = false;
  private playing = false;
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

  restart(steps: number): void {
    const atEnd = this.playing || this.time >= this.steps;
    this.playing = false;
    this.schedule();
    this.steps = steps;
    this.time = atEnd ? steps : Math.min(this.time, steps);
    this.refresh();
  }

  autoplay(): void {
    if (this.still.matches || this.playing) return;
    this.time = 0;
    this.start();
  }

  hold(held: boolean): void {
    this.held = held;
    this.schedule();
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.still.removeEventListener("change", this.motionChanged);
  }

  private toggle(): void {
    if (this.playing) return this.stop();
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
    this.playing = true;
    this.schedule();
    this.refresh();
  }

  private stop(): void {
    this.playing = false;
    this.schedule();
    this.refresh();
  }

  private schedule(): void {
    cancelAnimationFrame(this.frame);
    this.last = performance.now();
    if (this.playing && !this.held) this.frame = requestAnimationFrame(this.tick);
  }

  private readonly tick = (now: number): void => {
    const step = Math.min(STEP_MS, LONGEST_MS / Math.max(1, this.steps));
    // A page that was in the background goes on where it was.
    this.time = Math.min(this.steps, this.time + Math.min(step, Math.max(0, now - this.last)) / step);
    this.last = now;
    this.events.show(this.time);
    if (this.time >= this.steps) this.stop();
    else this.frame = requestAnimationFrame(this.tick);
  };

  private refresh(): void {
    if (this.still.matches && this.playing) return this.stop();
    this.play.hidden = this.still.matches;
    this.end.hidden = !this.still.matches;
    setText(this.play, this.playing ? "Pause" : "Play");
    this.play.classList.toggle("pg-playing", this.playing);
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
