/** A model without a kernel: what a page gives to `interactive.mjs` in place of a widget's model. */
import type { AnyModel } from "@anywidget/types";

type Listener = (...details: unknown[]) => void;

/** Holds traits, tells listeners about changes, and hands messages to the page's own host. */
export class PageModel<T extends Record<string, unknown>> {
  private readonly listeners = new Map<string, Set<Listener>>();

  /**
   * @param traits - the first values
   * @param receive - called with what the module sends
   */
  constructor(
    private readonly traits: T,
    private readonly receive: (message: unknown) => void = () => undefined,
  ) {}

  /** The same model as the module sees it. */
  asAnyModel(): AnyModel<T> {
    return this as unknown as AnyModel<T>;
  }

  get<K extends keyof T>(key: K): T[K] {
    return this.traits[key];
  }

  set<K extends keyof T>(key: K, value: T[K]): void {
    if (this.traits[key] === value) return;
    this.traits[key] = value;
    for (const listener of [...(this.listeners.get(`change:${String(key)}`) ?? [])]) listener();
  }

  on(event: string, listener: Listener): void {
    const known = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, known.add(listener));
  }

  off(event?: string | null, listener?: Listener | null): void {
    if (!event) this.listeners.clear();
    else if (listener) this.listeners.get(event)?.delete(listener);
    else this.listeners.delete(event);
  }

  /** Nothing to synchronise with: whoever listens has already heard. */
  save_changes(): void {
    return;
  }

  send(message: unknown): void {
    this.receive(message);
  }
}
