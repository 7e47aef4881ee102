/** Several boxes to tick. An action says which are ticked in all, so the newest one is enough. */
import { h } from "../shared/dom";
import type { BlockView, Context } from "./blocks";
import type { ChecksBlock } from "./types";

export function checks(first: ChecksBlock, context: Context): BlockView<ChecksBlock> {
  let block = first;
  const send = (): void => {
    const ticked = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    context.send({ type: block.action, id: block.id, value: ticked.join(",") });
  };
  const boxes = first.options.map(({ value }) => h("input", { type: "checkbox", value, onchange: send }));
  const labels = first.options.map(({ label, note }, i) =>
    h("label", { class: "pg-choice" }, boxes[i],
      h("span", null, label, note ? h("span", { class: "pg-option-note" }, ` ${note}`) : null)));
  const refresh = (): void => {
    const ticked = context.valueOf(block.action, block.id)?.split(",") ?? block.ticked;
    for (const box of boxes) box.checked = ticked.includes(box.value);
  };
  return {
    node: h("fieldset", { class: "pg-field-choice" }, h("legend", null, first.label),
      first.hint ? h("p", { class: "pg-field-hint" }, first.hint) : null,
      h("div", { class: "pg-choices" }, ...labels)),
    refresh,
    update(next): void {
      block = next;
      refresh();
    },
  };
}
