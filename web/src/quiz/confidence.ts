/** How sure the learner is of an answer: asked before the verdict, and never insisted on. */

import { h, uniqueId } from "../shared/dom";

const LEVELS = [
  [25, "A guess"],
  [50, "Half sure"],
  [75, "Fairly sure"],
  [90, "Very sure"],
  [99, "Certain"],
] as const;

export interface Confidence {
  element: HTMLFieldSetElement;
  /** Percent, or null where nothing is chosen. */
  read(): number | null;
  write(percent: number | null): void;
  lock(): void;
}

export function confidenceControl(): Confidence {
  const name = uniqueId("sure");
  const inputs = LEVELS.map(([percent]) => h("input", { type: "radio", name, value: percent }));
  const rows = LEVELS.map(([percent, words], i) =>
    h("label", { class: "pg-choice" }, inputs[i],
      h("span", null, words, h("span", { class: "pg-choice-note" }, ` ${percent}\u00a0%`))),
  ); // prettier-ignore
  const element = h(
    "fieldset",
    { class: "pg-quiz-sure" },
    h("legend", null, "How sure are you that this is right? ", h("span", null, "(optional)")),
    h("div", { class: "pg-choices" }, ...rows),
  );
  return {
    element,
    read: () => {
      const checked = inputs.find((input) => input.checked);
      return checked ? Number(checked.value) : null;
    },
    write: (percent) => {
      for (const input of inputs) input.checked = Number(input.value) === percent;
    },
    lock: () => (element.disabled = true),
  };
}
