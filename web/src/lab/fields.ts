/** A number that the learner types. What was typed is never overwritten by an older answer. */
import { h, uniqueId } from "../shared/dom";
import type { BlockView, Context } from "./blocks";
import type { NumberBlock } from "./types";

/** A number as text, with a step up and a step down; text that is no number may stand in it. */
export function numberField(first: NumberBlock, context: Context): BlockView<NumberBlock> {
  let block = first;
  let known = first.value; // what the text was when Python, or the queue, last had it
  const ids = { input: uniqueId("field"), hint: uniqueId("hint"), problem: uniqueId("problem") };
  const input = h("input", {
    type: "text", id: ids.input, class: "pg-stepper-input pg-number", autocomplete: "off",
    spellcheck: "false", maxlength: 40, value: known, "aria-describedby": `${ids.hint} ${ids.problem}`,
  });
  const hint = h("p", { class: "pg-field-hint", id: ids.hint }, first.hint);
  const problem = h("p", { class: "pg-field-problem", id: ids.problem });
  const commit = (): void => {
    if (input.value === known) return;
    known = input.value;
    context.send({ type: block.action, id: block.id, value: known });
  };
  const move = (direction: number): void => {
    const next = stepped(input.value, direction * block.step, block);
    if (next === null) return;
    input.value = next;
    commit();
  };
  input.addEventListener("change", commit);
  input.addEventListener("keydown", (event) => onKey(event, commit, move));
  const node = h("div", { class: "pg-field" },
    h("div", { class: "pg-field-words" }, h("label", { for: ids.input }, first.label), hint),
    h("div", { class: "pg-stepper" }, stepButton("−", `${first.label}: less`, () => move(-1)), input,
      stepButton("+", `${first.label}: more`, () => move(1))),
    problem);
  const refresh = (): void => {
    if (input.value !== known) return; // being typed
    known = context.valueOf(block.action, block.id) ?? block.value;
    input.value = known;
  };
  return {
    node,
    refresh,
    update(next): void {
      block = next;
      problem.textContent = next.problem;
      if (next.problem) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      refresh();
    },
  };
}

function onKey(event: KeyboardEvent, commit: () => void, move: (direction: number) => void): void {
  if (event.key === "Enter") return commit();
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  event.preventDefault();
  move(event.key === "ArrowUp" ? 1 : -1);
}

/** For a finger or a mouse; the keyboard has the arrow keys. */
function stepButton(sign: string, label: string, act: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "pg-stepper-button", tabindex: -1, "aria-label": label, onclick: act }, sign);
}

/** Return the text one step on, or null where there is no number to step from. */
function stepped(text: string, by: number, { low, high }: NumberBlock): string | null {
  const now = Number(text.trim().replace("\u2212", "-").replace(",", "."));
  if (!Number.isFinite(now)) return null;
  const next = Math.min(high, Math.max(low, Math.round((now + by) * 100) / 100));
  return String(next);
}
