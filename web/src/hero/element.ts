/**
 * <pg-hero>: plays the boat race that the page already shows in full.
 *
 * The build drew both races to their end. This moves the boat, uncovers the lines behind it and
 * counts; paused, finished or without motion the page is what the build drew.
 */
import { geometry } from "../charts/map";
import { createTrail, type Trail } from "../charts/trail";
import { createWalker, type Walker } from "../charts/walker";

interface Race {
  readonly path: readonly number[];
  readonly paid: readonly number[];
  readonly wanted: readonly number[];
}

interface Data {
  readonly track: readonly string[];
  readonly plot: readonly [left: number, top: number, right: number, bottom: number];
  readonly scores: readonly [low: number, high: number];
  readonly races: Readonly<Record<string, Race>>;
}

const MOVES_PER_SECOND = 7;
const HOLD_SECONDS = 3; // the finished race stays this long before it starts again
const LABELS_APART = 18;

export default class Hero extends HTMLElement {
  readonly #signal = new AbortController();
  #data!: Data;
  #boats = new Map<string, { walker: Walker; trail: Trail }>();
  #button = document.createElement("button");
  #playing = false;
  #time = 0; // moves since the start
  #frame = 0;
  #last = 0;

  connectedCallback(): void {
    this.#data = JSON.parse(this.querySelector("script")?.textContent ?? "") as Data;
    this.#placeBoats();
    this.#placeButton();
    this.#listen();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.#show(this.#end);
    else this.#play(true);
  }

  disconnectedCallback(): void {
    this.#signal.abort();
    cancelAnimationFrame(this.#frame);
  }

  get #end(): number {
    return this.#race.path.length - 1;
  }

  get #reward(): string {
    return this.querySelector<HTMLInputElement>("input:checked")?.value ?? "";
  }

  get #race(): Race {
    return this.#data.races[this.#reward] as Race;
  }

  #placeBoats(): void {
    const picture = this.querySelector<SVGSVGElement>(".pg-hero-track");
    const map = geometry(this.#data.track, picture?.viewBox.baseVal.width ?? 0);
    for (const [reward, race] of Object.entries(this.#data.races)) {
      const walker = createWalker("boat", race.path, map);
      const trail = createTrail(race.path, map);
      this.querySelector(`.pg-hero-boat[data-reward="${reward}"]`)?.replaceChildren(trail.node, walker.node);
      this.#boats.set(reward, { walker, trail });
    }
  }

  #placeButton(): void {
    this.#button.type = "button";
    this.#button.className = "pg-hero-play";
    this.querySelector(".pg-hero-race")?.append(this.#button);
    this.#label();
  }

  #listen(): void {
    const { signal } = this.#signal;
    this.#button.addEventListener("click", () => this.#play(!this.#playing), { signal });
    this.addEventListener("change", () => this.#restart(), { signal });
    document.addEventListener("visibilitychange", () => this.#tick(), { signal });
  }

  #restart(): void {
    this.#time = this.#playing ? 0 : this.#end;
    this.#show(this.#time);
  }

  #play(playing: boolean): void {
    this.#playing = playing;
    if (playing && this.#time >= this.#end) this.#time = 0;
    this.#label();
    this.#tick();
  }

  #label(): void {
    this.#button.setAttribute("aria-label", this.#playing ? "Pause the race" : "Play the race");
    this.#button.dataset["playing"] = String(this.#playing);
  }

  #tick(): void {
    cancelAnimationFrame(this.#frame);
    this.#last = performance.now();
    if (this.#playing && !document.hidden) this.#frame = requestAnimationFrame(this.#step);
  }

  #step = (now: number): void => {
    this.#time += ((now - this.#last) / 1000) * MOVES_PER_SECOND;
    this.#last = now;
    if (this.#time > this.#end + HOLD_SECONDS * MOVES_PER_SECOND) this.#time = 0;
    this.#show(Math.min(this.#time, this.#end));
    this.#frame = requestAnimationFrame(this.#step);
  };

  /** Show the race as it stands after `time` moves. */
  #show(time: number): void {
    const boat = this.#boats.get(this.#reward);
    boat?.walker.show(time);
    boat?.trail.show(Math.floor(time));
    const [left, , right] = this.#data.plot;
    const x = left + ((right - left) * time) / this.#end;
    this.querySelector("#pg-hero-clip rect")?.setAttribute("width", String(x));
    const step = Math.floor(time);
    const scores = [this.#race.paid[step] ?? 0, this.#race.wanted[step] ?? 0];
    const heights = scores.map((score) => this.#height(score));
    const close = Math.abs((heights[0] ?? 0) - (heights[1] ?? 0)) < LABELS_APART;
    const first = (heights[0] ?? 0) <= (heights[1] ?? 0) ? -1 : 1;
    const ends = this.querySelectorAll<SVGGElement>(
      `.pg-hero-chart > [data-reward="${this.#reward}"] .pg-hero-end`,
    );
    ends.forEach((end, i) => {
      const y = heights[i] ?? 0;
      const shift = close ? (i === 0 ? first : -first) * (LABELS_APART / 2) : 0;
      end.querySelector("circle")?.setAttribute("cx", x.toFixed(1));
      end.querySelector("circle")?.setAttribute("cy", y.toFixed(1));
      end.querySelector("text")?.setAttribute("x", (x + 10).toFixed(1));
      end.querySelector("text")?.setAttribute("y", (y + shift + 5).toFixed(1));
      const number = end.querySelector("tspan");
      if (number) number.textContent = String(scores[i]).replace("-", "−");
    });
  }

  #height(score: number): number {
    const [, top, , bottom] = this.#data.plot;
    const [low, high] = this.#data.scores;
    return bottom - ((score - low) / (high - low)) * (bottom - top);
  }
}
