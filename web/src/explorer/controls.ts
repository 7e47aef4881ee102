/** Native controls for a simulation's parameters. */
import { h, setAttribute, setText, uniqueId } from "../shared/dom";
import type { ParameterSpec, Values } from "./types";

export interface Controls {
  readonly node: HTMLElement;
  /** Show these values; the learner's focus stays where it is. */
  show(values: Values): void;
}

interface Control {
  readonly node: HTMLElement;
  show(index: number): void;
}

type Change = (name: string, index: number) => void;

const MOST_RADIOS = 5;

/** Return one control for each parameter and a button that goes back to the start. */
export function createControls(
  parameters: readonly ParameterSpec[],
  change: Change,
  reset: () => void,
): Controls {
  const controls = parameters.map((parameter) => createControl(parameter, change));
  const again = h("button", { type: "button", class: "pg-button pg-button-quiet", onclick: reset }, "Reset");
  const node = h("div", { class: "pg-controls" }, ...controls.map((control) => control.node), again);
  return {
    node,
    show(values): void {
      controls.forEach((control, i) => {
        const parameter = parameters[i] as ParameterSpec;
        control.show(values[parameter.name] ?? parameter.default);
      });
      setAttribute(again, "aria-disabled", String(isDefault(parameters, values)));
    },
  };
}

/** Return whether `values` are those that are shown before anything is touched. */
export function isDefault(parameters: readonly ParameterSpec[], values: Values): boolean {
  return parameters.every(({ name, default: index }) => values[name] === index);
}

function createControl(parameter: ParameterSpec, change: Change): Control {
  if (typeof parameter.values[0] === "number") return range(parameter, change);
  return parameter.values.length <= MOST_RADIOS ? radios(parameter, change) : select(parameter, change);
}

function range({ name, label, labels }: ParameterSpec, change: Change): Control {
  const id = uniqueId("control");
  const last = labels.length - 1;
  const shown = h("output", { class: "pg-number", for: id });
  const input = h("input", {
    type: "range", id, class: "pg-range", min: 0, max: last, step: 1,
    oninput: () => change(name, Number(input.value)),
  });
  const head = h("div", { class: "pg-control-head" }, h("label", { for: id }, label), shown);
  const ends = h("div", { class: "pg-range-ends", "aria-hidden": "true" },
    h("span", null, labels[0]), h("span", null, labels[last]));
  return {
    node: h("div", { class: "pg-control" }, head, input, ends),
    show(index): void {
      if (Number(input.value) !== index) input.value = String(index);
      setText(shown, labels[index] ?? "");
      setAttribute(input, "aria-valuetext", labels[index] ?? "");
    },
  };
}

function radios({ name, label, labels }: ParameterSpec, change: Change): Control {
  const group = uniqueId("control");
  const inputs = labels.map((_, index) =>
    h("input", { type: "radio", name: group, value: index, onchange: () => change(name, index) }));
  const choices = labels.map((text, i) => h("label", { class: "pg-choice" }, inputs[i], h("span", null, text)));
  return {
    node: h("fieldset", { class: "pg-control" }, h("legend", null, label),
      h("div", { class: "pg-choices" }, ...choices)),
    show: (index) => inputs.forEach((input, i) => (input.checked = i === index)),
  };
}

function select({ name, label, labels }: ParameterSpec, change: Change): Control {
  const id = uniqueId("control");
  const options = labels.map((text, index) => h("option", { value: index }, text));
  const input = h("select", {
    id, class: "pg-select", onchange: () => change(name, Number(input.value)),
  }, ...options);
  return {
    node: h("div", { class: "pg-control" }, h("label", { for: id }, label), input),
    show: (index) => (input.value = String(index)),
  };
}
