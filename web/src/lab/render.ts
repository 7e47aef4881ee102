/** Draws any lab from its view: sections of controls and results, and a way to start again. */
import type { AnyModel } from "@anywidget/types";
import { createAnnouncer } from "../explorer/announce";
import { h, uniqueId } from "../shared/dom";
import type { Context } from "./blocks";
import { ActionQueue } from "./queue";
import { SectionView } from "./sections";
import type { LabTraits, Place, SectionData } from "./types";

type Model = AnyModel<LabTraits>;

const PLACES: readonly Place[] = ["top", "controls", "result", "below"];

/** Draw the lab of `model` into `el`; return what takes it down again. */
export function renderLab(model: Model, el: HTMLElement): () => void {
  const lab = new Lab(model, el);
  return () => lab.destroy();
}

class Lab {
  private readonly root: HTMLElement;
  private readonly places: Record<Place, HTMLElement> = {
    top: h("div", { class: "pg-lab-top" }),
    controls: h("div", { class: "pg-lab-controls" }),
    result: h("div", { class: "pg-lab-result" }),
    below: h("div", { class: "pg-lab-below" }),
  };
  private readonly problem = h("div", { class: "pg-lab-problem", role: "alert" });
  private readonly sections = new Map<string, SectionView>();
  private readonly announcer = createAnnouncer();
  private readonly queue: ActionQueue;
  private said: string;
  private result = "";
  private pressed = false;

  constructor(private readonly model: Model, el: HTMLElement) {
    const { title, task } = model.get("spec");
    const titleId = uniqueId("lab");
    this.said = model.get("view").announce;
    // A page's host shows here that Python is starting.
    const hostStatus = h("div", { class: "pg-lab-host" });
    // Not a section: a page's sections set the measure of what stands in them.
    // In JupyterLab the arrow keys choose an option, not a cell.
    const keys = { "data-lm-suppress-shortcuts": "true" };
    this.root = h("div", { class: "pg-lab", role: "region", "aria-labelledby": titleId, ...keys },
      h("p", { class: "pg-lab-title", id: titleId }, title), h("p", { class: "pg-lab-task" }, task), this.places.top,
      h("div", { class: "pg-lab-sides" },
        h("div", null, this.places.controls, hostStatus, this.problem), this.places.result),
      this.places.below, this.foot(), this.announcer.node);
    el.append(this.root);
    this.queue = new ActionQueue(model, () => this.refresh());
    model.on("change:view", this.show);
    model.on("change:status", this.showProblem);
    this.show();
    this.showProblem();
  }

  destroy(): void {
    this.model.off("change:view", this.show);
    this.model.off("change:status", this.showProblem);
    this.queue.destroy();
    for (const section of this.sections.values()) section.destroy();
    this.announcer.destroy();
    this.root.remove();
  }

  private readonly context: Context = {
    send: (action) => {
      this.pressed = action.id === undefined;
      this.queue.push(action);
    },
    valueOf: (type, id) => this.queue.valueOf(type, id),
    isBusy: (type) => !this.model.get("status").stopped && this.queue.has(type),
    announce: (sentence) => this.announcer.say(sentence),
  };

  private readonly show = (): void => {
    const { sections, announce } = this.model.get("view");
    const present = new Set(sections.map(({ id }) => id));
    for (const [id, section] of this.sections) {
      if (present.has(id)) continue;
      section.destroy();
      this.sections.delete(id);
    }
    for (const place of PLACES)
      sections.filter((section) => section.place === place).forEach((section, i) => this.place(section, i));
    if (announce && announce !== this.said) this.announcer.say(announce);
    this.said = announce;
    this.reveal(JSON.stringify(sections.filter(({ place }) => place === "result")));
  };

  private place(data: SectionData, index: number): void {
    const known = this.sections.get(data.id);
    known?.update(data);
    const section = known ?? new SectionView(data, this.context);
    this.sections.set(data.id, section);
    const parent = this.places[data.place];
    const there = parent.children[index] ?? null;
    if (there !== section.node) parent.insertBefore(section.node, there);
  }

  /** Where a new result lies out of sight, go there if a button asked for it. */
  private reveal(result: string): void {
    const isNew = result !== this.result;
    this.result = result;
    if (!isNew || !this.pressed) return;
    this.pressed = false;
    const { top } = this.places.result.getBoundingClientRect();
    const inSight = top < 0.6 * window.innerHeight && top > -0.5 * window.innerHeight;
    if (!inSight) this.places.result.scrollIntoView({ block: "start" });
  }

  private refresh(): void {
    this.root.setAttribute("aria-busy", String(!this.queue.isEmpty));
    for (const section of this.sections.values()) section.refresh();
  }

  private readonly showProblem = (): void => {
    const { problem } = this.model.get("status");
    this.problem.replaceChildren(...(problem ? [h("p", null, problem)] : []));
  };

  private foot(): HTMLElement {
    const { slug } = this.model.get("spec");
    const source = h("p", { class: "pg-source" }, "Computed in Python. In a notebook: ",
      h("code", null, `lab("${slug}")`), ".");
    return h("div", { class: "pg-lab-foot" }, this.startAgain(), source);
  }

  /** Starting again erases attempts, so it asks once more. */
  private startAgain(): HTMLElement {
    const node = h("div", { class: "pg-lab-again" });
    const ask = h("button", { type: "button", class: "pg-button pg-button-quiet", onclick: () => swap(true) }, "Start again");
    const erase = h("button", { type: "button", class: "pg-button", onclick: () => {
      swap(false);
      this.pressed = false;
      this.queue.reset();
    } }, "Erase my attempts");
    const keep = h("button", { type: "button", class: "pg-button pg-button-quiet", onclick: () => swap(false) }, "Keep them");
    const swap = (sure: boolean): void => {
      node.replaceChildren(...(sure ? [erase, keep] : [ask]));
      (sure ? keep : ask).focus();
    };
    node.append(ask);
    return node;
  }
}
