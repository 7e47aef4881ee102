/** `<pg-lab>`: a lab on a published page, where the page's own Python takes the kernel's place. */
import { type ProgressStore, progress } from "../progress/store";
import { python, PythonFailed, PythonStopped, PythonTimeout, statusLine } from "../python/client";
import { h } from "../shared/dom";
import { interactive } from "../shared/interactive";
import { PageModel } from "../shared/model";
import { near } from "../shared/near";
import type { Action, LabSpec, LabTraits, LabView, SentAction } from "./types";

type State = Readonly<Record<string, unknown>>;

interface Payload {
  readonly kind: "lab";
  readonly spec: LabSpec;
  readonly state: State;
  readonly view: LabView;
}

/** What is kept across visits: what Python said last, and what it was not asked yet. */
interface Saved {
  readonly state: State;
  readonly view: LabView;
  readonly waiting: readonly Action[];
}

interface Answer {
  readonly state: State;
  readonly view: LabView | null;
  readonly problem: string;
}

type Traits = LabTraits & Record<string, unknown>;

const STEP = "proxygap.labs.host:step";
const PREPARE = "proxygap.labs.host:prepare";
const LIMIT_MS = 10_000;
const NEAR = "200px";

const NO_CODE =
  "This lab could not be loaded. Check your connection, then try again. Nothing that you did is lost.";
const WAITS = "What you entered is kept. It goes on when Python starts.";
const KEPT = "What you entered is kept; try again, or try other values.";
const TOO_SLOW = `Python did not answer within 10 seconds, and was started afresh. ${KEPT}`;

export default class LabElement extends HTMLElement {
  private stop: AbortController | null = null;

  connectedCallback(): void {
    this.stop = new AbortController();
    void this.start(this.stop.signal);
  }

  disconnectedCallback(): void {
    this.stop?.abort();
  }

  private async start(signal: AbortSignal): Promise<void> {
    const payload = this.payload();
    const stage = h("div");
    this.querySelector(":scope > div")?.remove();
    this.append(stage);
    signal.addEventListener("abort", () => stage.remove());
    try {
      const [module, store] = await Promise.all([interactive(), progress()]);
      const saved = asSaved(await store.get("lab", payload.spec.slug));
      if (signal.aborted) return;
      const lab = new PageLab(payload, store, saved);
      const end = lab.renderInto(stage, module.render);
      signal.addEventListener("abort", end);
      void this.warmUp(payload, signal);
      this.dataset["ready"] = "";
    } catch {
      if (!signal.aborted) this.apologise(stage);
    }
  }

  private payload(): Payload {
    const script = this.querySelector('script[type="application/json"]');
    return JSON.parse(script?.textContent ?? "") as Payload;
  }

  /** Start Python when the lab comes near, unless the reader asked to save data. */
  private async warmUp({ spec }: Payload, signal: AbortSignal): Promise<void> {
    const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
    if (connection?.saveData) return;
    await near(this, NEAR, signal);
    // Nobody waits yet; whoever needs Python later is told why it did not start.
    const { slug } = spec;
    await python().start().then(() => python().call(PREPARE, { slug })).catch(() => undefined);
  }

  private apologise(stage: HTMLElement): void {
    const retry = (): void => {
      this.stop?.abort();
      this.connectedCallback();
    };
    stage.replaceChildren(h("div", { class: "pg-problem", role: "alert" }, h("p", null, NO_CODE),
      h("button", { type: "button", class: "pg-button", onclick: retry }, "Try again")));
  }
}

/** One lab's model, its answers from Python, and its place in the progress store. */
class PageLab {
  readonly model: PageModel<Traits>;
  private state: State;
  private answering: Promise<void> = Promise.resolve();
  /** Counts fresh starts: an answer to something older is out of date. */
  private life = 0;
  /** Whether the view on show was drawn by an earlier visit's Python, perhaps another version. */
  private stale: boolean;

  constructor(
    private readonly first: Payload,
    private readonly store: ProgressStore,
    saved: Saved | undefined,
  ) {
    this.state = saved?.state ?? first.state;
    this.model = new PageModel<Traits>({
      kind: "lab",
      spec: first.spec,
      view: saved?.view ?? first.view,
      action: null,
      waiting: saved?.waiting ?? [],
      status: { done: 0, problem: "", stopped: false },
    });
    this.model.on("change:action", () => this.receive(this.model.get("action")));
    this.model.on("change:waiting", () => void this.save());
    this.stale = saved !== undefined;
  }

  /** Draw the lab; a saved view that cannot be drawn gives way to the first one. */
  renderInto(el: HTMLElement, render: Awaited<ReturnType<typeof interactive>>["render"]): () => void {
    const draw = (): void | (() => void) => render({ model: this.model.asAnyModel(), el });
    let end: void | (() => void);
    try {
      end = draw();
    } catch {
      el.replaceChildren();
      this.model.set("view", this.first.view);
      end = draw();
    }
    el.querySelector(".pg-lab-host")?.append(statusLine(python()));
    const ready = (): void => {
      if (python().status.phase === "ready") this.resume();
    };
    python().addEventListener("status", ready);
    ready();
    return () => {
      python().removeEventListener("status", ready);
      end?.();
    };
  }

  private receive(action: SentAction | null): void {
    if (action?.type === "reset") this.reset(action.seq);
    else if (action) this.enqueue(action);
  }

  private reset(seq: number): void {
    this.life += 1;
    this.state = this.first.state;
    this.model.set("view", this.first.view);
    this.finish(seq, "");
    void this.store.remove("lab", this.first.spec.slug);
  }

  private enqueue(action: SentAction | null): void {
    const { life } = this;
    this.answering = this.answering.then(() => this.answer(action, life));
  }

  private async answer(action: SentAction | null, life: number): Promise<void> {
    if (life !== this.life) return;
    const seq = action?.seq ?? this.model.get("status").done;
    try {
      const request = { slug: this.first.spec.slug, state: this.state, action };
      const answer = await python().call<Answer>(STEP, request, { limitMs: LIMIT_MS });
      if (life === this.life) this.accept(answer, seq);
    } catch (error) {
      if (life === this.life && action) this.failed(action, error);
    }
  }

  private failed(action: SentAction, error: unknown): void {
    // Stopping a run starts the next Python at once; stopping a start does not.
    const stoppedRun = error instanceof PythonStopped && python().status.phase !== "stopped";
    if (stoppedRun) this.finish(action.seq, `Python was stopped. ${KEPT}`);
    else if (error instanceof PythonStopped || error instanceof PythonFailed)
      this.model.set("status", { ...this.model.get("status"), problem: WAITS, stopped: true });
    else if (error instanceof PythonTimeout) this.finish(action.seq, TOO_SLOW);
    else this.finish(action.seq, `Python could not answer (${(error as Error).message}). ${KEPT}`);
  }

  /** Python is up: show a saved state anew, and go on with what it was asked last. */
  private resume(): void {
    if (this.stale) this.enqueue(null);
    this.stale = false;
    const status = this.model.get("status");
    if (!status.stopped) return;
    this.model.set("status", { ...status, problem: "", stopped: false });
    this.receive(this.model.get("action"));
  }

  private accept({ state, view, problem }: Answer, seq: number): void {
    if (view) {
      this.state = state;
      this.model.set("view", view);
    }
    this.finish(seq, problem);
    void this.save();
  }

  private finish(seq: number, problem: string): void {
    this.model.set("status", { done: seq, problem, stopped: false });
  }

  private async save(): Promise<void> {
    const { first, state } = this;
    const waiting = (this.model.get("waiting") ?? []).filter(({ type }) => type !== "reset");
    if (state === first.state && waiting.length === 0) return;
    const kept: Saved = { state, view: this.model.get("view"), waiting };
    await this.store.put("lab", first.spec.slug, kept);
  }
}

function asSaved(stored: unknown): Saved | undefined {
  if (!isObject(stored) || !isObject(stored["state"]) || !isObject(stored["view"])) return undefined;
  if (!Array.isArray(stored["view"]["sections"])) return undefined;
  const waiting = Array.isArray(stored["waiting"]) ? (stored["waiting"] as Action[]) : [];
  return { state: stored["state"], view: stored["view"] as unknown as LabView, waiting };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
