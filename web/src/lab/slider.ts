/** A slider with a few stops. Each stop that it reaches is sent; only the newest one waits. */
import { h, setAttribute, setText, uniqueId } from "../shared/dom";
import type { BlockView, Context } from "./blocks";
import type { SliderBlock } from "./types";

export function slider(first: SliderBlock, context: Context): BlockView<SliderBlock> {
  let block = first;
  const id = uniqueId("slider");
  const shown = h("output", { class: "pg-number", for: id });
  const input = h("input", { type: "range", id, class: "pg-range", min: 0, step: 1 });
  const low = h("span");
  const high = h("span");
  const show = (index: number): void => {
    const text = `${block.stops[index] ?? ""} ${block.unit}`.trim();
    setText(shown, text);
    setAttribute(input, "aria-valuetext", text);
  };
  input.addEventListener("input", () => {
    const index = Number(input.value);
    show(index);
    context.send({ type: block.action, id: block.id, value: block.stops[index] ?? "" });
  });
  const refresh = (): void => {
    const index = block.stops.indexOf(context.valueOf(block.action, block.id) ?? block.value);
    if (Number(input.value) !== index) input.value = String(index);
    show(index);
  };
  const hint = h("p", { class: "pg-field-hint" });
  return {
    node: h("div", { class: "pg-lab-slider" },
      h("div", { class: "pg-control-head" }, h("label", { for: id }, first.label), shown), hint, input,
      h("div", { class: "pg-range-ends", "aria-hidden": "true" }, low, high)),
    refresh,
    update(next): void {
      block = next;
      setText(hint, next.hint);
      setAttribute(input, "max", String(next.stops.length - 1));
      setText(low, next.stops[0] ?? "");
      setText(high, next.stops.at(-1) ?? "");
      refresh();
    },
  };
}
