/** How sure somebody is: a few steps in words and percent. */
import { h, uniqueId } from "./dom";

export interface Level {
  readonly percent: number;
  readonly words: string;
}

/** What can be said of a statement that is true or false. */
export const OF_TWO: readonly Level[] = [
  { percent: 50, words: "A coin toss" },
  { percent: 60, words: "Leaning" },
  { percent: 75, words: "Fairly sure" },
  { percent: 90, words: "Very sure" },
  { percent: 99, words: "Certain" },
];

/** What can be said of an answer that is one of several. */
export const OF_SEVERAL: readonly Level[] = [
  { percent: 25, words: "A guess" },
  { percent: 50, words: "Half sure" },
  { percent: 75, words: "Fairly sure" },
  { percent: 90, words: "Very sure" },
  { percent: 99, words: "Certain" },
];

export interface ConfidenceControl {
  readonly node: HTMLFieldSetElement;
  /** Where to go when nothing was chosen. */
  readonly first: HTMLInputElement;
  /** The chosen percent, or null. */
  chosen(): number | null;
  /** Show a choice, or none. */
  choose(percent: number | null): void;
}

/** Return radio buttons under `question`; `changed` hears of each choice by the learner. */
export function confidenceControl(
  question: string,
  levels: readonly Level[],
  changed: (percent: number) => void = () => undefined,
): ConfidenceControl {
  const name = uniqueId("confidence");
  const inputs = levels.map(({ percent }) =>
    h("input", { type: "radio", name, value: percent, onchange: () => changed(percent) }));
  const choices = levels.map(({ percent, words }, i) =>
    h("label", { class: "pg-choice" }, inputs[i],
      h("span", null, words, h("span", { class: "pg-choice-note" }, ` ${percent}\u00a0%`))));
  const node = h("fieldset", { class: "pg-control" }, h("legend", null, question),
    h("div", { class: "pg-choices" }, ...choices));
  return {
    node,
    first: inputs[0] as HTMLInputElement,
    chosen: () => {
      const checked = inputs.find((input) => input.checked);
      return checked ? Number(checked.value) : null;
    },
    choose: (percent) => {
      for (const input of inputs) input.checked = Number(input.value) === percent;
    },
  };
}

/** Ask how sure somebody is of an answer: before the verdict, and never insisted on. */
export function askedAside(): ConfidenceControl {
  const control = confidenceControl("How sure are you that this is right? ", OF_SEVERAL);
  control.node.className = "pg-quiz-sure";
  control.node.querySelector("legend")?.append(h("span", null, "(optional)"));
  return control;
}
