/** `<pg-explorer>`: the explorer on a published page, where a table takes the kernel's place. */
import { progress } from "../progress/store";
import { served } from "../shared/base";
import { h } from "../shared/dom";
import { interactive } from "../shared/interactive";
import { PageModel } from "../shared/model";
import { near } from "../shared/near";
import { createLinkBar, readLink } from "./link";
import { Table, type TableSpec } from "./table";
import type { ExplorerSpec, ExplorerTraits, StoredPrediction, Values } from "./types";

interface Payload {
  readonly kind: "explorer";
  readonly spec: ExplorerSpec;
  readonly table: TableSpec;
}

type Traits = ExplorerTraits & Record<string, unknown>;

const NEAR = "600px"; // below the viewport: far enough to be drawn before it is read

/** From the served folder to the page with the bibliography. */
const REFERENCES = "../../references.html";

const UNREACHABLE =
  "The numbers behind this picture could not be fetched. Check your connection, then try again. " +
  "Nothing that you did is lost.";
const DAMAGED =
  "The numbers behind this picture arrived damaged. Try again; if that does not help, reload the page.";
const NO_CODE =
  "This interactive picture could not be loaded. Check your connection, then try again. " +
  "Nothing that you did is lost.";

export default class ExplorerElement extends HTMLElement {
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
    await near(this, NEAR, signal);
    const asked = readLink(payload.spec, location.search);
    const model = createModel(payload, asked.values, signal);
    try {
      const [module] = await Promise.all([interactive(), recall(model)]);
      if (signal.aborted) return;
      const end = module.render({ model: model.asAnyModel(), el: stage });
      if (end) signal.addEventListener("abort", end);
      whenShown(model, () => (this.dataset["ready"] = ""));
      whenOpen(model, () => stage.append(createLinkBar(model, asked.problems, this.anchor())));
    } catch {
      if (!signal.aborted) this.apologise(stage);
    }
  }

  private payload(): Payload {
    const script = this.querySelector('script[type="application/json"]');
    const { spec, ...rest } = JSON.parse(script?.textContent ?? "") as Payload;
    const sources = spec.sources.map((one) => ({ ...one, url: served(`${REFERENCES}#cite-${one.key}`) }));
    return { ...rest, spec: { ...spec, sources } };
  }

  /** Return the name of the section around this element. */
  private anchor(): string {
    return this.closest("section[id]")?.id ?? "";
  }

  private apologise(stage: HTMLElement): void {
    const retry = (): void => {
      this.stop?.abort();
      this.connectedCallback();
    };
    stage.append(h("div", { class: "pg-problem", role: "alert" }, h("p", null, NO_CODE),
      h("button", { type: "button", class: "pg-button", onclick: retry }, "Try again")));
  }
}

/** Return a model whose results come from the table and whose predictions are remembered. */
function createModel({ spec, table }: Payload, values: Values, signal: AbortSignal): PageModel<Traits> {
  const traits: Traits = { kind: "explorer", spec, values, result: null, prediction: null, problem: "" };
  let loaded: Table | null = null;
  const look = (): void => {
    if (loaded) model.set("result", loaded.at(model.get("values")));
  };
  const load = async (): Promise<void> => {
    model.set("problem", "");
    const file = await fetchTable(table, signal);
    if (signal.aborted) return;
    if (typeof file === "string") return model.set("problem", file);
    loaded = new Table(table, spec.parameters, file);
    look();
  };
  const model: PageModel<Traits> = new PageModel(traits, () => void load());
  model.on("change:values", look);
  model.on("change:prediction", () => void remember(model.get("prediction")));
  void load();
  return model;
}

/** Call back when the question, the result or a problem is on show: the reserved room may go. */
function whenShown(model: PageModel<Traits>, shown: () => void): void {
  const asks = model.get("spec").prediction !== null && model.get("prediction") === null;
  if (asks || model.get("result") || model.get("problem")) shown();
  model.on("change:result", shown);
  model.on("change:problem", () => model.get("problem") && shown());
}

/** Call back, once, when nothing is held back any more: the question was answered or never asked. */
function whenOpen(model: PageModel<Traits>, open: () => void): void {
  let done = false;
  const look = (): void => {
    if (done || (model.get("spec").prediction !== null && model.get("prediction") === null)) return;
    done = true;
    open();
  };
  model.on("change:prediction", look);
  look();
}

/** Return the file, or the sentence that says why there is none. */
async function fetchTable({ url, bytes }: TableSpec, signal: AbortSignal): Promise<ArrayBuffer | string> {
  try {
    const response = await fetch(served(url), { signal });
    if (!response.ok) return UNREACHABLE;
    const file = await response.arrayBuffer();
    return file.byteLength === bytes ? file : DAMAGED;
  } catch {
    return UNREACHABLE;
  }
}

async function remember(given: StoredPrediction | null): Promise<void> {
  // While the learner predicts again the earlier prediction stays: nothing is lost on the way.
  if (given) await (await progress()).put("prediction", given.id, given);
}

async function recall(model: PageModel<Traits>): Promise<void> {
  const id = model.get("spec").prediction?.id;
  if (id === undefined) return;
  const stored = await (await progress()).get<StoredPrediction>("prediction", id);
  if (isPrediction(stored)) model.set("prediction", stored);
}

function isPrediction(stored: unknown): stored is StoredPrediction {
  if (typeof stored !== "object" || stored === null) return false;
  const { given, skipped } = stored as Partial<StoredPrediction>;
  return typeof skipped === "boolean" && (given === null || Number.isFinite(given));
}
