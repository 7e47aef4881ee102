/**
 * The page's one Python: started when somebody needs it, stopped when it hangs, started again.
 *
 * Calls wait in a line and run one at a time, so that a limit counts from the moment at which a call
 * really begins. A call that runs past its limit ends with its worker; the next worker starts at
 * once, so that it is up by the time somebody has read what happened.
 */
import { served } from "../shared/base";
import type { Ask, Told } from "./messages";

export type PythonPhase = "idle" | "starting" | "ready" | "running" | "stopped" | "failed";

export interface PythonStatus {
  /** "idle" before the first start, "stopped" after `cancel()`, "failed" when it cannot start. */
  readonly phase: PythonPhase;
  /** Bytes that have arrived, and bytes in all, while starting. */
  readonly loaded: number;
  readonly total: number;
  /** What to tell the reader; empty where there is nothing to tell. */
  readonly message: string;
}

/** A call ran past its limit and was stopped. */
export class PythonTimeout extends Error {
  override readonly name = "PythonTimeout";
}

/** Python was stopped by the reader before it answered. */
export class PythonStopped extends Error {
  override readonly name = "PythonStopped";
}

/** Python could not be started. */
export class PythonFailed extends Error {
  override readonly name = "PythonFailed";
}

export interface CallOptions {
  /** How long the call may run, in milliseconds. */
  readonly limitMs?: number;
}

interface Waiting {
  readonly target: string;
  readonly payload: string;
  readonly limitMs: number;
  resolve(result: string): void;
  reject(error: Error): void;
}

const DEFAULT_LIMIT_MS = 10_000;
const STOPPED = "Python was stopped.";

export class PythonSession extends EventTarget {
  private current: PythonStatus = { phase: "idle", loaded: 0, total: 0, message: "" };
  private worker: Worker | null = null;
  private started: PromiseWithResolvers | null = null;
  private readonly line: Waiting[] = [];
  private running: Waiting | null = null;
  private lastId = 0;

  get status(): PythonStatus {
    return this.current;
  }

  /** Start Python, or wait for the start that is under way. */
  start(): Promise<void> {
    this.started ??= this.boot();
    return this.started.promise;
  }

  /** Stop a start or a run. Calls that wait are told; the next start or call starts Python again. */
  cancel(): void {
    const busy = this.running !== null;
    const phase = this.current.phase;
    if (phase !== "starting" && !busy) return;
    this.end(new PythonStopped(STOPPED));
    this.set({ phase: "stopped", message: STOPPED });
    if (busy) this.startAhead();
  }

  /** Call a function of the course with `payload` as JSON and return what it answers. */
  async call<T>(target: string, payload: unknown, options: CallOptions = {}): Promise<T> {
    const answered = new Promise<string>((resolve, reject) => {
      const limitMs = options.limitMs ?? DEFAULT_LIMIT_MS;
      this.line.push({ target, payload: JSON.stringify(payload), limitMs, resolve, reject });
    });
    this.start().then(() => this.next(), () => undefined); // the line hears of a failure by itself
    return JSON.parse(await answered) as T;
  }

  private boot(): PromiseWithResolvers {
    const started = withResolvers();
    started.promise.catch(() => undefined); // whoever waits for it hears it; nobody may be waiting
    const worker = new Worker(served("py-worker.mjs"), { type: "module", name: "Python" });
    this.worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Told>) => this.hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.fail(event.message || "its program could not be loaded");
    };
    this.set({ phase: "starting", loaded: 0, total: 0, message: "" });
    return started;
  }

  private hear(told: Told): void {
    if (told.type === "progress") {
      if (this.current.phase === "starting") this.set({ loaded: told.loaded, total: told.total });
    } else if (told.type === "ready") {
      this.set({ phase: "ready", message: "" });
      this.started?.resolve();
      this.next();
    } else if (told.type === "broken") this.fail(told.message);
    else this.answer(told);
  }

  private answer(told: Extract<Told, { id: number }>): void {
    const call = this.running;
    if (!call || told.id !== this.lastId) return;
    this.running = null;
    if (told.type === "result") call.resolve(told.result);
    else call.reject(new Error(told.message));
    if (told.type === "error" && told.fatal) this.replace();
    else {
      this.set({ phase: "ready", message: "" });
      this.next();
    }
  }

  private next(): void {
    if (this.running || this.current.phase !== "ready" || !this.worker) return;
    const call = this.line.shift();
    if (!call) return;
    this.running = call;
    this.lastId += 1;
    this.set({ phase: "running", message: "" });
    const ask: Ask = { id: this.lastId, target: call.target, payload: call.payload };
    this.worker.postMessage(ask);
    this.watch(call);
  }

  private watch(call: Waiting): void {
    setTimeout(() => {
      if (this.running !== call) return;
      this.running = null;
      call.reject(new PythonTimeout(`Still running after ${call.limitMs / 1000} seconds.`));
      this.replace();
    }, call.limitMs);
  }

  /** Put a fresh worker in the place of one that hangs or is broken; the line goes on with it. */
  private replace(): void {
    this.worker?.terminate();
    this.startAhead();
  }

  private startAhead(): void {
    this.started = this.boot();
  }

  private fail(reason: string): void {
    const message = `Python could not be started (${reason}). Check your connection, then try again.`;
    this.end(new PythonFailed(message));
    this.set({ phase: "failed", message });
  }

  /** End the worker and tell everybody who waits. */
  private end(error: Error): void {
    this.worker?.terminate();
    this.worker = null;
    const waiting = [...(this.running ? [this.running] : []), ...this.line.splice(0)];
    const started = this.started;
    this.running = null;
    this.started = null;
    started?.reject(error);
    for (const call of waiting) call.reject(error);
  }

  private set(change: Partial<PythonStatus>): void {
    this.current = { ...this.current, ...change };
    this.dispatchEvent(new CustomEvent<PythonStatus>("status", { detail: this.current }));
  }
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
