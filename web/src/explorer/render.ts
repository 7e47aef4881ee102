/** The explorer: charts, the controls that move them, and a question asked before they show. */
import type { AnyModel } from "@anywidget/types";
import { drawView } from "../charts/index";
import type { Chart, SeriesMap, View } from "../charts/types";
import { h, setText, unbroken } from "../shared/dom";
import { createAnnouncer, type Announcer } from "./announce";
import { createControls, isDefault, type Controls } from "./controls";
import { createNumbers, type NumbersPanel } from "./numbers";
import { ask, compare } from "./prediction";
import type { ExplorerResult, ExplorerTraits, Source, StoredPrediction } from "./types";

type Model = AnyModel<ExplorerTraits>;
type Destroyable = { destroy(): void };

/** Draw the explorer of `model` into `el`; return what takes it down again. */
export function renderExplorer(model: Model, el: HTMLElement): () => void {
  const explorer = new Explorer(model, el);
  return () => explorer.destroy();
}

class Explorer {
  private readonly spec;
  private readonly root: HTMLElement;
  private readonly question = h("div", { class: "pg-question" });
  private readonly stage = h("div", { class: "pg-stage" });
  private readonly announcer: Announcer = createAnnouncer();
  private stageView: Stage | null = null;
  private asked: Destroyable | null = null;

  constructor(private readonly model: Model, el: HTMLElement) {
    this.spec = model.get("spec");
    this.root = h("div", { class: "pg-explorer", role: "region", "aria-label": this.spec.title },
      this.question, this.stage, this.announcer.node);
    el.append(this.root);
    model.on("change:result", this.showResult);
    model.on("change:values", this.showValues);
    model.on("change:problem", this.showProblem);
    model.on("change:prediction", this.showPrediction);
    this.showPrediction();
  }

  destroy(): void {
    this.model.off("change:result", this.showResult);
    this.model.off("change:values", this.showValues);
    this.model.off("change:problem", this.showProblem);
    this.model.off("change:prediction", this.showPrediction);
    for (const part of [this.stageView, this.asked, this.announcer]) part?.destroy();
    this.root.remove();
  }

  /** Ask, or show what was answered and open the stage. */
  private readonly showPrediction = (): void => {
    const { prediction } = this.spec;
    const given = this.model.get("prediction");
    this.asked?.destroy();
    this.asked = null;
    if (!prediction) return this.open();
    if (!given) return this.askFor();
    const outcome = compare(prediction, given, () => this.commit(null));
    this.asked = outcome;
    this.question.replaceChildren(outcome.node);
    this.open();
  };

  private askFor(): void {
    if (!this.spec.prediction) return;
    const form = ask(this.spec.prediction, (given) => this.commit(given));
    this.asked = form;
    this.question.replaceChildren(form.node);
    this.stageView?.destroy();
    this.stageView = null;
  }

  /** Keep what the learner answered; the focus goes where their attention is. */
  private commit(given: StoredPrediction | null): void {
    this.model.set("prediction", given);
    this.model.save_changes();
    const next = this.question.querySelector<HTMLElement>(given ? ".pg-outcome-text" : "input");
    next?.focus({ preventScroll: given !== null });
  }

  private open(): void {
    this.stageView ??= new Stage(this.model, this.stage, this.announcer);
    this.showValues();
    this.showResult();
    this.showProblem();
  }

  private readonly showResult = (): void => this.stageView?.showResult();
  private readonly showValues = (): void => this.stageView?.showValues();
  private readonly showProblem = (): void => this.stageView?.showProblem();
}

const MANY = 3; // pictures that stand on two sides

/** Return how columns share the width: a map needs less of it, a lone picture more. */
function shapeOf(views: readonly View[]): string {
  if (views.length > MANY) return "pg-panes-many";
  const maps = views.filter(({ kind }) => kind === "grid").length;
  if (maps < 2 && views[0]?.kind === "grid") return "pg-panes-map";
  return views.length > 2 ? "pg-panes-even" : "pg-panes-lead";
}

/** Name the works that stand behind the numbers. */
function after(sources: readonly Source[]): (Node | string)[] {
  const named = sources.flatMap((source, i) => [i ? ", " : " After ", work(source)]);
  return sources.length ? [...named, "."] : [];
}

/** A link within the site stays in its window; one that leaves a notebook opens another. */
function work({ text, url }: Source): Node | string {
  if (!url) return text;
  const leaves = new URL(url).origin !== location.origin;
  return h("a", { href: url, ...(leaves ? { target: "_blank", rel: "noopener" } : {}) }, text);
}

/** Everything that is held back until the learner has predicted. */
class Stage {
  private readonly spec;
  private readonly headline = h("p", { class: "pg-finding" });
  private readonly summary = h("p", { class: "pg-summary" });
  private readonly description = h("p", { class: "pg-unseen" });
  private readonly status = h("div", { class: "pg-status" });
  private readonly panes = h("div", { class: "pg-panes" });
  private readonly controls: Controls;
  private readonly numbers: NumbersPanel;
  private charts: Chart[] = [];

  constructor(
    private readonly model: Model,
    private readonly el: HTMLElement,
    private readonly announcer: Announcer,
  ) {
    this.spec = model.get("spec");
    this.controls = createControls(this.spec.parameters, this.change, this.reset);
    this.numbers = createNumbers(this.spec.views);
    const head = h("div", { class: "pg-explorer-head" }, this.headline, this.summary);
    el.replaceChildren(head, this.description, this.status, this.panes);
  }

  destroy(): void {
    for (const part of [...this.charts, this.numbers]) part.destroy();
    this.el.replaceChildren();
  }

  showResult(): void {
    const result = this.model.get("result");
    if (result && this.charts.length) this.redraw(result);
    else if (result) this.draw(result);
    this.showProblem();
  }

  showValues(): void {
    const values = this.model.get("values");
    this.controls.show(values);
    const start = isDefault(this.spec.parameters, values);
    setText(this.headline, unbroken(start ? this.spec.finding : `Your settings: ${this.chosenLabels()}`));
    setText(this.description, start ? this.spec.alt_text : "");
  }

  showProblem(): void {
    const problem = this.model.get("problem");
    const waiting = !problem && !this.model.get("result");
    this.el.classList.toggle("pg-waiting", waiting);
    if (waiting) this.status.replaceChildren(h("p", { role: "status" }, "Fetching the numbers …"));
    else if (problem) this.status.replaceChildren(this.apology(problem));
    else this.status.replaceChildren();
  }

  private redraw({ series, summary }: ExplorerResult): void {
    setText(this.summary, unbroken(summary));
    for (const chart of this.charts) chart.update(series);
    this.numbers.update(series);
    this.announcer.say(summary);
  }

  private draw({ series, summary }: ExplorerResult): void {
    setText(this.summary, unbroken(summary));
    this.numbers.update(series);
    const { views } = this.spec;
    this.panes.classList.add(shapeOf(views));
    if (views.length > MANY) this.drawGallery(series);
    else this.drawSides(series);
    this.el.append(this.foot());
  }

  /** Controls stand beside one picture, below it where more follow: close to what they change. */
  private drawSides(series: SeriesMap): void {
    const [first, ...others] = this.spec.views;
    const left = h("div", { class: "pg-pane" });
    const right = h("div", { class: "pg-pane" });
    this.panes.replaceChildren(left, right);
    if (first) this.charts.push(this.drawInto(left, first, series));
    for (const view of others) this.charts.push(this.drawInto(right, view, series));
    if (others.length > 1) left.append(this.controls.node);
    else right.append(this.controls.node);
  }

  /** Many pictures stand in rows, all of them below the controls. */
  private drawGallery(series: SeriesMap): void {
    const panes = this.spec.views.map(() => h("div", { class: "pg-pane" }));
    this.panes.replaceChildren(this.controls.node, ...panes);
    this.spec.views.forEach((view, i) => this.charts.push(this.drawInto(panes[i] as HTMLElement, view, series)));
  }

  private drawInto(pane: HTMLElement, view: View, series: SeriesMap): Chart {
    const announce = (sentence: string): void => this.announcer.say(sentence);
    return drawView(pane, view, series, { autoplay: true, announce });
  }

  private chosenLabels(): string {
    const values = this.model.get("values");
    const labels = this.spec.parameters.map((one) => one.labels[values[one.name] ?? one.default]);
    return labels.join("; ");
  }

  private readonly change = (name: string, index: number): void =>
    this.setValues({ ...this.model.get("values"), [name]: index });

  private readonly reset = (): void =>
    this.setValues(Object.fromEntries(this.spec.parameters.map(({ name, default: index }) => [name, index])));

  private setValues(values: ExplorerTraits["values"]): void {
    this.model.set("values", values);
    this.model.save_changes();
  }

  private apology(problem: string): HTMLElement {
    const retry = (): void => this.model.send({ type: "retry" });
    return h("div", { class: "pg-problem", role: "alert" }, h("p", null, problem),
      h("button", { type: "button", class: "pg-button", onclick: retry }, "Try again"));
  }

  private foot(): HTMLElement {
    const { slug, sources } = this.spec;
    const source = h("p", { class: "pg-source" }, "Computed in Python; run it yourself: ",
      h("code", null, `proxygap run ${slug}`), ".", ...after(sources));
    return h("div", { class: "pg-foot" }, this.numbers.node, source);
  }
}
