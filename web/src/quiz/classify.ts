/** Sort cards into categories: a group of radio buttons for each card. */

import { h, uniqueId } from "../shared/dom";
import { type Control, type Setting, lockInputs } from "./controls";
import { inline } from "./parts";

export function classifyControl({ parts, order }: Setting): Control {
  const groups = new Map<string, HTMLInputElement[]>();

  function makeCard(card: string): HTMLElement {
    const name = uniqueId("card");
    const inputs = [...parts.categories.keys()].map((value) =>
      h("input", { type: "radio", name, value }),
    );
    groups.set(card, inputs);
    const choices = inputs.map((input) =>
      h("label", null, input, h("span", null, ...inline(parts.categories.get(input.value)))),
    );
    return h(
      "fieldset",
      { class: "pg-quiz-card", "data-option": card },
      h("legend", null, ...inline(parts.options.get(card))),
      h("div", { class: "pg-quiz-categories" }, ...choices),
    );
  }

  const element = h("div", { class: "pg-quiz-cards" }, ...order.map(makeCard));
  const chosen = (card: string) => groups.get(card)?.find((input) => input.checked)?.value ?? "";
  return {
    element,
    read: () => Object.fromEntries(order.map((card) => [card, chosen(card)])),
    write: (response) => {
      const given: Record<string, string> =
        typeof response === "string" || Array.isArray(response) ? {} : response;
      for (const [card, inputs] of groups)
        for (const input of inputs) input.checked = given[card] === input.value;
    },
    lock: () => lockInputs(element),
    focus: () => groups.get(order.find((card) => !chosen(card)) ?? "")?.[0]?.focus(),
    invalid: () => undefined,
  };
}
