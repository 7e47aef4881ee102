/** <pg-progress>: the learner's own record, and what can be done with it. */

import { h, uniqueId } from "../shared/dom";
import { WHY } from "./notice";
import { calibrationView } from "./calibration_view";
import { type Catalogue, type Done, beliefsView, chapterView, goneSentence, isEmpty, sortRecords } from "./overview";
import { type ProgressStore, type RefusalReason, progress } from "./store";
import { type ImportReport, ProgressFileError, importProgress, saveToFile } from "./transfer";
import { wholeView } from "./whole_view";

export default class ProgressElement extends HTMLElement {
  private readonly overview = h("div", { class: "pg-progress-overview" });
  private readonly status = h("p", { class: "pg-progress-status", role: "status" });
  private catalogue: Catalogue | null = null;
  private reason: RefusalReason = "refused";
  private readonly refresh = (): void => void this.draw();
  private readonly refused = (event: Event): void => {
    this.reason = (event as CustomEvent<{ reason: RefusalReason }>).detail.reason;
    void this.draw();
  };

  connectedCallback(): void {
    window.addEventListener("pg-progress", this.refresh);
    window.addEventListener("pg-storage-refused", this.refused);
    if (!this.catalogue) void this.build();
  }

  disconnectedCallback(): void {
    window.removeEventListener("pg-progress", this.refresh);
    window.removeEventListener("pg-storage-refused", this.refused);
  }

  private async build(): Promise<void> {
    this.catalogue = JSON.parse(this.querySelector("script")?.textContent ?? "") as Catalogue;
    const store = await progress();
    await this.draw(); // before it is shown, so that the buttons below never move
    this.replaceChildren(this.overview, this.actions(store));
    this.dataset["ready"] = "true";
  }

  private async draw(): Promise<void> {
    if (!this.catalogue) return;
    const catalogue = this.catalogue;
    const store = await progress();
    const records = await store.all();
    const done = sortRecords(records);
    const views = isEmpty(done)
      ? [this.invitation()]
      : [
          wholeView(catalogue, done),
          ...catalogue.chapters.map((chapter) => chapterView(chapter, done)),
          calibrationView(done),
          beliefsView(catalogue, done),
        ];
    const state = h("p", { class: "pg-progress-state" }, await this.stateOf(store, records.length, done));
    this.overview.replaceChildren(...views.filter((view) => view !== null), state);
  }

  private invitation(): HTMLElement {
    const first = this.catalogue?.chapters[0];
    return h(
      "div",
      { class: "pg-progress-empty" },
      h("p", null, "Nothing yet. Make a prediction, answer a question or solve an exercise, and it shows up here."),
      first && h("p", null, "Begin with ", h("a", { href: first.href }, first.title), ", or load a file that you saved elsewhere."),
    );
  }

  private async stateOf(store: ProgressStore, count: number, done: Done): Promise<string> {
    if (!store.persistent)
      return `${WHY[this.reason]} What you do is lost when you close this tab, unless you save it to a file.`;
    if (count === 0) return "Nothing is kept in this browser yet.";
    const damaged = await store.damaged();
    const apart = damaged === 1 ? "1 damaged record was" : `${damaged} damaged records were`;
    const records = count === 1 ? "1 record" : `${count} records`;
    const aside = damaged > 0 ? ` ${apart} set aside; the rest is fine.` : "";
    return `${records} kept in this browser.${aside}${this.catalogue ? goneSentence(this.catalogue, done) : ""}`;
  }

  private actions(store: ProgressStore): HTMLElement {
    const file = h("input", { type: "file", accept: ".json,application/json", hidden: true, tabindex: -1,
      "aria-label": "Progress file" }); // prettier-ignore
    file.addEventListener("change", () => void this.load(store, file));
    const dialog = this.eraseDialog(store);
    const button = (text: string, onclick: () => void, style = "") =>
      h("button", { type: "button", class: `pg-button ${style}`, onclick }, text);
    return h(
      "div",
      { class: "pg-progress-actions" },
      button("Save to a file", () => void this.save(store), "pg-button-main"),
      button("Load from a file", () => file.click()),
      button("Erase everything", () => dialog.showModal()),
      file,
      this.status,
      dialog,
    );
  }

  private async save(store: ProgressStore): Promise<void> {
    await saveToFile(store);
    this.say("Saved. Look for it among your downloads.");
  }

  private async load(store: ProgressStore, input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (!file) return;
    this.say("Reading the file …");
    try {
      this.say(importSentence(await importProgress(store, await file.text())));
    } catch (error) {
      if (!(error instanceof ProgressFileError)) throw error;
      this.say(`${error.message} Nothing was changed.`);
    }
    input.value = ""; // so that the same file can be chosen again
  }

  private eraseDialog(store: ProgressStore): HTMLDialogElement {
    const title = uniqueId("erase");
    const erase = async (): Promise<void> => {
      dialog.close();
      await store.erase();
      this.say("Erased. Nothing of yours is left in this browser.");
    };
    const dialog = h(
      "dialog",
      { class: "pg-dialog", "aria-labelledby": title },
      h("p", { id: title, class: "pg-dialog-title" }, "Erase all progress in this browser?"),
      h("p", null, "Answers, predictions, code and exercises will be gone. A file that you saved stays as it is."),
      h(
        "div",
        { class: "pg-progress-buttons" },
        h("button", { type: "button", class: "pg-button pg-button-main", onclick: () => dialog.close() }, "Keep it"),
        h("button", { type: "button", class: "pg-button", onclick: () => void erase() }, "Erase everything"),
      ),
    );
    return dialog;
  }

  private say(message: string): void {
    this.status.textContent = message;
  }
}

function counted(count: number, words: string): string {
  return `${count} ${count === 1 ? "record" : "records"} ${words}`;
}

export function importSentence({ added, updated, kept, faults }: ImportReport): string {
  const parts = [counted(added, "added"), counted(updated, "brought up to date")];
  if (kept > 0) parts.push(`${counted(kept, "left alone")}, since this browser has the same or newer`);
  const broken = faults.length > 0 ? ` Not readable and left out: ${faults.slice(0, 3).join("; ")}.` : "";
  return `Loaded: ${parts.join(", ")}.${broken}`;
}
