/** Python in the page: one session, and the line that shows what it is doing. */
import { h } from "../shared/dom";
import { PythonSession, type PythonStatus } from "./session";

export { PythonFailed, PythonSession, PythonStopped, PythonTimeout } from "./session";
export type { CallOptions, PythonPhase, PythonStatus } from "./session";

let session: PythonSession | undefined;

/** The page's one Python. It starts when `start()` or `call()` is first called. */
export function python(): PythonSession {
  session ??= new PythonSession();
  return session;
}

/** A run shorter than this needs no word. */
const PATIENCE_MS = 400;

function megabytes({ loaded, total }: PythonStatus): string {
  return `${(loaded / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`;
}

function words(status: PythonStatus): string {
  if (status.phase === "running") return "Python is working …";
  if (status.phase !== "starting") return status.message;
  if (status.total === 0) return "Starting Python …";
  const arrived = status.loaded >= status.total;
  return arrived ? "Starting Python … all here, getting ready" : `Starting Python … ${megabytes(status)}`;
}

/**
 * A line of text with a progress bar and a button, for an element that needs Python.
 *
 * It is hidden where there is nothing to tell. Screen readers hear when a start begins and how it
 * ends; the numbers in between are shown and not said.
 */
export function statusLine(of: PythonSession): HTMLElement {
  const bar = h("progress", { class: "pg-python-bar", "aria-label": "Starting Python" });
  const text = h("span", { class: "pg-python-text" });
  const said = h("span", { class: "pg-unseen", role: "status" });
  const button = h("button", { type: "button", class: "pg-button pg-button-quiet" });
  const row = h("div", { class: "pg-python", hidden: true }, bar, text, button);
  const line = h("div", null, row, said); // a hidden live region would say nothing
  let later: ReturnType<typeof setTimeout> | undefined;

  const show = (status: PythonStatus): void => {
    const { phase } = status;
    const retry = phase === "stopped" || phase === "failed";
    row.hidden = phase === "idle" || phase === "ready";
    row.dataset["phase"] = phase;
    bar.hidden = phase !== "starting" && phase !== "running";
    if (phase === "starting" && status.total > 0) bar.value = status.loaded / status.total;
    else bar.removeAttribute("value");
    setText(text, words(status));
    setText(button, retry ? "Start Python" : phase === "starting" ? "Cancel" : "Stop");
  };
  const update = (): void => {
    clearTimeout(later);
    if (isFirst(said)) setText(said, spoken(of.status));
    if (of.status.phase === "running" && row.hidden) later = setTimeout(() => show(of.status), PATIENCE_MS);
    else show(of.status);
  };
  button.addEventListener("click", () => {
    if (of.status.phase === "stopped" || of.status.phase === "failed") of.start().catch(() => undefined);
    else of.cancel();
  });
  of.addEventListener("status", update);
  update();
  return line;
}

/** Several elements of a page may show the same Python: one of them speaks. */
function isFirst(said: HTMLElement): boolean {
  return document.querySelector(".pg-python + [role=status]") === said;
}

function spoken({ phase, message }: PythonStatus): string {
  if (phase === "starting") return "Starting Python.";
  if (phase === "running") return ""; // whoever asked says what came of it
  return phase === "ready" ? "Python is ready." : message;
}

function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
