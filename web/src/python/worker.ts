/** The page's Python: a worker, so that nothing that it does can hang the page. */
import { Arrivals } from "./arrivals";
import type { Ask, Told } from "./messages";

interface Pyodide {
  runPython(source: string): unknown;
}

interface Loader {
  loadPyodide(options: Record<string, unknown>): Promise<Pyodide>;
}

interface Scope {
  fetch: typeof fetch | undefined;
  postMessage(message: Told): void;
  onmessage: ((event: MessageEvent<Ask>) => void) | null;
}

type Call = (target: string, payload: string) => string;

const scope = self as unknown as Scope;
const BASE = new URL("./pyodide/", import.meta.url);
const LOCK = "pyodide-lock.json";

/** Calls one of the course's functions; what goes wrong comes back as a sentence. */
const CALLER = `
import numpy, proxygap  # a package that did not arrive shows here, not in somebody's code

def call(target, payload):
    import importlib
    from proxygap.errors import CourseError
    module, _, name = target.partition(":")
    if not module.startswith("proxygap."):
        return f"!{target} is not a function of this course"
    try:
        return "=" + getattr(importlib.import_module(module), name)(payload)
    except CourseError as error:
        return f"!{error}"
    except Exception as error:
        return f"!{type(error).__name__}: {error}"
call
`;

async function start(): Promise<Call> {
  const arrivals = new Arrivals(BASE, (loaded, total) =>
    scope.postMessage({ type: "progress", loaded, total }),
  );
  arrivals.fetchAll(await arrivals.lock(LOCK));
  scope.fetch = arrivals.fetch;
  const call = await Promise.race([load(), arrivals.failure]);
  closeTheDoors();
  return call;
}

async function load(): Promise<Call> {
  const { loadPyodide } = (await import(new URL("pyodide.mjs", BASE).href)) as Loader;
  const pyodide = await loadPyodide({
    indexURL: BASE.href,
    packages: ["proxygap"],
    // What a submission prints is part of its report; nothing else has anything to say.
    stdout: () => undefined,
    stderr: () => undefined,
  });
  return pyodide.runPython(CALLER) as Call;
}

/** Everything has been loaded: from here on, code in the worker has no business outside. */
function closeTheDoors(): void {
  const doors = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "importScripts", "indexedDB",
    "caches", "BroadcastChannel", "WebTransport", "Worker"];
  for (const door of doors)
    Object.defineProperty(self, door, { value: undefined, configurable: false, writable: false });
}

/** Return the last line: of a Python traceback, the one that says what went wrong. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split("\n").at(-1) ?? "";
}

function answer(call: Call, { id, target, payload }: Ask): void {
  try {
    const said = call(target, payload);
    const text = said.slice(1);
    if (said.startsWith("=")) scope.postMessage({ type: "result", id, result: text });
    else scope.postMessage({ type: "error", id, message: text, fatal: false });
  } catch (error) {
    // Python catches everything of its own: this is the machine below it that broke.
    scope.postMessage({ type: "error", id, message: messageOf(error), fatal: true });
  }
}

try {
  const call = await start();
  scope.onmessage = ({ data }) => answer(call, data);
  scope.postMessage({ type: "ready" });
} catch (error) {
  scope.postMessage({ type: "broken", message: messageOf(error) });
}
