/** <pg-record>: the completion record, to print or to save. Nothing of it is sent or kept. */

import { percent } from "../progress/mastery";
import { type Done, isEmpty, sortRecords } from "../progress/overview";
import { progress } from "../progress/store";
import { h, uniqueId } from "../shared/dom";
import { saveText } from "../shared/save";
import { type CompletionRecord, type FormRecord, type RecordCatalogue, completionRecord } from "./build";

const LONGEST_NAME = 120;
const DATE = { day: "numeric", month: "long", year: "numeric" } as const;

function day(instant: string): string {
  return new Intl.DateTimeFormat("en-GB", DATE).format(new Date(instant));
}

export default class RecordElement extends HTMLElement {
  private catalogue: RecordCatalogue | null = null;
  private done: Done | null = null;
  private readonly sheet = h("div", { class: "pg-record-sheet" });
  private readonly name = h("input", { type: "text", id: uniqueId("name"), class: "pg-quiz-typed",
    autocomplete: "name", maxlength: LONGEST_NAME, oninput: () => this.draw() }); // prettier-ignore
  private readonly refresh = (): void => void this.read();

  connectedCallback(): void {
    window.addEventListener("pg-progress", this.refresh);
    if (!this.catalogue) void this.build();
  }

  disconnectedCallback(): void {
    window.removeEventListener("pg-progress", this.refresh);
  }

  private async build(): Promise<void> {
    this.catalogue = JSON.parse(this.querySelector("script")?.textContent ?? "") as RecordCatalogue;
    await this.read();
    this.replaceChildren(this.controls(), this.sheet);
    this.dataset["ready"] = "true";
  }

  private async read(): Promise<void> {
    const store = await progress();
    this.done = sortRecords(await store.all());
    this.draw();
  }

  private record(): CompletionRecord | null {
    if (!this.catalogue || !this.done) return null;
    return completionRecord(this.catalogue, this.done, this.name.value);
  }

  private controls(): HTMLElement {
    const button = (text: string, onclick: () => void, style = "") =>
      h("button", { type: "button", class: `pg-button ${style}`, onclick }, text);
    return h(
      "div",
      { class: "pg-record-controls" },
      h("label", { for: this.name.id }, "Your name, if it should stand on the record"),
      this.name,
      h("div", { class: "pg-progress-buttons" },
        button("Print", () => window.print(), "pg-button-main"),
        button("Save as JSON", () => this.save())),
    ); // prettier-ignore
  }

  private save(): void {
    const record = this.record();
    if (!record) return;
    const file = `${record.format}-${record.issued.slice(0, 10)}.json`;
    saveText(file, "application/json", JSON.stringify(record, null, 1));
  }

  private draw(): void {
    const record = this.record();
    if (!record || !this.done) return;
    const nothing = h("p", null, "Nothing is recorded in this browser yet. Load your progress file on the progress page if you learned elsewhere.");
    const { course, name, issued, statement } = record;
    this.sheet.replaceChildren(
      h("p", { class: "pg-record-kicker" }, "Completion record, unsigned"),
      h("p", { class: "pg-record-course" }, course.title),
      h("p", null, name && h("strong", { class: "pg-record-name" }, name), name && h("br"), `As of ${day(issued)}. Edition ${course.edition}.`),
      ...(isEmpty(this.done) ? [nothing] : [formsTable(record), chaptersTable(record), calibrationLine(record)]),
      h("p", { class: "pg-record-statement" }, statement),
    ); // prettier-ignore
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): HTMLTableElement {
  const cells = ([first, ...rest]: readonly string[]) =>
    h("tr", null, h("th", { scope: "row" }, first),
      ...rest.map((text, i) => h("td", { "data-label": head[i + 1] ?? "" }, text))); // prettier-ignore
  const top = h("tr", null, ...head.map((text) => h("th", { scope: "col" }, text)));
  return h("table", null, h("thead", null, top), h("tbody", null, ...rows.map(cells)));
}

function verdict({ answered, mastered }: { answered: number; mastered: boolean }): string {
  if (answered === 0) return "not begun";
  return mastered ? "mastered" : "not yet";
}

function formsTable({ forms }: CompletionRecord): HTMLElement {
  const line = (title: string, form: FormRecord | null, says: (one: FormRecord) => string) =>
    form
      ? [title, `${percent(form.share)} of ${form.items} questions`, day(form.finished), says(form)]
      : [title, "not taken", "", ""];
  const attempts = ({ attempts: n }: FormRecord) => (n > 1 ? `, attempt ${n}` : "");
  return table(
    ["Parallel forms", "Result", "Taken on", "80 % is mastery"],
    [
      line("Before the course", forms.before, () => ""),
      line("After the course", forms.after, (form) => `${verdict(form)}${attempts(form)}`),
    ],
  );
}

function chaptersTable({ chapters }: CompletionRecord): HTMLElement {
  return table(
    ["Chapter", "Known without help", "Exercises solved", "80 % is mastery"],
    chapters.map((one) => [
      one.title,
      one.answered === 0 ? "–" : `${percent(one.share)} (${one.answered} of ${one.items} answered)`,
      one.exercises.of > 0 ? `${one.exercises.solved} of ${one.exercises.of}` : "–",
      verdict(one),
    ]),
  );
}

function calibrationLine({ calibration }: CompletionRecord): HTMLElement {
  if (!calibration) return h("p", null, "Calibration: nothing was said with a confidence.");
  const { made, hits, confidence, brier } = calibration;
  return h("p", null, `Calibration: ${hits} of ${made} statements came true, at ${confidence.toFixed(0)} % confidence on average; ` +
    `Brier score ${brier.toFixed(2)} (0 is perfect, 0.25 a coin toss).`); // prettier-ignore
}
