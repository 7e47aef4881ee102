/** What the learner answers with: real inputs, one kind for each type of item. */

import { h, uniqueId } from "../shared/dom";
import { classifyControl } from "./classify";
import { orderControl } from "./order";
import { type ItemParts, inline } from "./parts";
import type { Response } from "./scoring";

export interface Control {
  element: HTMLElement;
  /** What is answered now. */
  read(): Response;
  /** Show an answer that was given before. */
  write(response: Response): void;
  /** After checking, an answer stands until the learner tries again. */
  lock(): void;
  /** Where to go when something is missing or cannot be read. */
  focus(): void;
  /** Mark what was typed as unreadable, or take the mark away. */
  invalid(invalid: boolean): void;
}

/** What a control is built from. */
export interface Setting {
  parts: ItemParts;
  /** Options, steps or cards in the order in which they are shown. */
  order: readonly string[];
  /** Say something to a learner who cannot see the control change. */
  say(message: string): void;
}

export function lockInputs(element: HTMLElement): void {
  for (const input of element.querySelectorAll<HTMLInputElement | HTMLButtonElement>(
    "input, button",
  ))
    input.disabled = true;
}

function choiceControl({ parts, order }: Setting): Control {
  const type = parts.rule.type === "multiple" ? "checkbox" : "radio";
  const group = uniqueId("choice");
  const inputs = order.map((value) => h("input", { type, name: group, value }));
  const rows = inputs.map((input) =>
    h(
      "label",
      { class: "pg-quiz-option", "data-option": input.value },
      input,
      h("span", null, ...inline(parts.options.get(input.value))),
    ),
  );
  const element = h("div", { class: "pg-quiz-choices" }, ...rows);
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return {
    element,
    read: () => (type === "radio" ? (chosen()[0] ?? "") : chosen()),
    write: (response) => {
      const given = Array.isArray(response) ? response : [response];
      for (const input of inputs) input.checked = given.includes(input.value);
    },
    lock: () => lockInputs(element),
    focus: () => inputs[0]?.focus(),
    invalid: () => undefined,
  };
}

function typedControl({ parts }: Setting): Control {
  const isNumber = parts.rule.type === "number";
  const unit = parts.rule.type === "number" ? parts.rule.unit : "";
  const input = h("input", {
    type: "text",
    class: "pg-quiz-typed",
    inputmode: isNumber ? "decimal" : "text",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    size: isNumber ? 10 : 24,
  });
  const label = h("label", { class: "pg-quiz-typed-label" }, h("span", null, "Your answer"), input, unit);
  return {
    element: label,
    read: () => input.value,
    write: (response) => (input.value = String(response)),
    lock: () => (input.readOnly = true),
    focus: () => input.select(),
    invalid: (invalid) => input.setAttribute("aria-invalid", String(invalid)),
  };
}

export function controlFor(setting: Setting): Control {
  switch (setting.parts.rule.type) {
    case "single":
    case "multiple":
      return choiceControl(setting);
    case "number":
    case "text":
      return typedControl(setting);
    case "order":
      return orderControl(setting);
    case "classify":
      return classifyControl(setting);
  }
}
