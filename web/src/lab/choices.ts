/** One answer out of a few: a list, a row of tabs, or a drop-down. */
import { h, setText, uniqueId } from "../shared/dom";
import type { BlockView, Context } from "./blocks";
import type { ChoiceBlock } from "./types";

export function choice(first: ChoiceBlock, context: Context): BlockView<ChoiceBlock> {
  return first.look === "menu" ? menu(first, context) : buttons(first, context);
}

function newest(block: ChoiceBlock, context: Context): string {
  return context.valueOf(block.action, block.id) ?? block.selected;
}

/** Radio buttons, one below the other or side by side. Answers that change or move are set anew. */
function buttons(first: ChoiceBlock, context: Context): BlockView<ChoiceBlock> {
  let block = first;
  const group = uniqueId("choice");
  const list = h("div", { class: "pg-choices" });
  let inputs: HTMLInputElement[] = [];
  let notes: HTMLElement[] = [];
  let built = "";
  const build = (): void => {
    const asked = JSON.stringify(block.options.map(({ value, label }) => [value, label]));
    if (asked === built) return;
    built = asked;
    const focused = inputs.find((input) => input.matches(":focus"))?.value;
    inputs = block.options.map(({ value }) =>
      h("input", { type: "radio", name: group, value, onchange: () => context.send({ type: block.action, id: block.id, value }) }));
    notes = block.options.map(() => h("span", { class: "pg-option-note" }));
    list.replaceChildren(...block.options.map(({ label }, i) =>
      h("label", { class: "pg-choice" }, inputs[i], h("span", null, label, notes[i]))));
    inputs.find(({ value }) => value === focused)?.focus();
  };
  const node = h("fieldset", { class: `pg-field-choice pg-look-${first.look}` }, h("legend", null, first.label),
    first.hint ? h("p", { class: "pg-field-hint" }, first.hint) : null, list);
  const refresh = (): void => {
    build();
    const selected = newest(block, context);
    for (const input of inputs) input.checked = input.value === selected;
  };
  return {
    node,
    refresh,
    update(next): void {
      block = next;
      refresh();
      next.options.forEach(({ note }, i) => {
        const shown = notes[i];
        if (shown) setText(shown, note ? ` ${note}` : "");
      });
    },
  };
}

/** A drop-down, where the answers are many and alike. */
function menu(first: ChoiceBlock, context: Context): BlockView<ChoiceBlock> {
  let block = first;
  const id = uniqueId("menu");
  const options = first.options.map(({ value, label }) => h("option", { value }, label));
  const select = h("select", { id, class: "pg-lab-menu" }, ...options);
  select.addEventListener("change", () => context.send({ type: block.action, id: block.id, value: select.value }));
  const refresh = (): void => {
    const selected = newest(block, context);
    if (select.value !== selected) select.value = selected;
  };
  return {
    node: h("div", { class: "pg-field-menu" }, h("label", { for: id }, first.label), select),
    refresh,
    update(next): void {
      block = next;
      refresh();
    },
  };
}
