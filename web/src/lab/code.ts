/**
 * A small field for a Python function. Its text is only ever text: it is sent to Python when the
 * learner asks for it, and kept on the way there.
 */
import { h, uniqueId } from "../shared/dom";
import type { BlockView, Context } from "./blocks";
import type { CodeBlock } from "./types";

/** A pause in typing after which the text is kept. */
const PAUSE_MS = 600;
const INDENT = "    ";

export function codeField(first: CodeBlock, context: Context): BlockView<CodeBlock> {
  let block = first;
  let known = first.value; // what the text was when Python, or the queue, last had it
  let later: ReturnType<typeof setTimeout> | undefined;
  const ids = { input: uniqueId("code"), hint: uniqueId("hint"), problem: uniqueId("problem") };
  const input = h("textarea", {
    id: ids.input, class: "pg-code-field", autocomplete: "off", autocapitalize: "off", autocorrect: "off",
    spellcheck: "false", wrap: "off", maxlength: 4000, "aria-describedby": `${ids.problem} ${ids.hint}`,
  });
  input.value = known;
  const problem = h("p", { class: "pg-field-problem", id: ids.problem });
  const commit = (): void => {
    clearTimeout(later);
    if (input.value === known) return;
    known = input.value;
    context.send({ type: block.action, id: block.id, value: known });
  };
  const grow = (): void => {
    input.rows = Math.min(24, Math.max(block.rows, input.value.split("\n").length + 1));
  };
  input.addEventListener("change", commit);
  input.addEventListener("input", () => {
    grow();
    clearTimeout(later);
    later = setTimeout(commit, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    if (!event.ctrlKey && !event.metaKey) return indent(event, input);
    event.preventDefault();
    commit();
    if (block.run && !context.isBusy(block.run)) context.send({ type: block.run });
  });
  const refresh = (): void => {
    if (input.value !== known) return; // being typed
    known = context.valueOf(block.action, block.id) ?? block.value;
    if (input.value !== known) input.value = known;
    grow();
  };
  return {
    node: h("div", { class: "pg-field-code" }, h("label", { for: ids.input }, first.label), input, problem,
      h("p", { class: "pg-field-hint", id: ids.hint }, first.hint)),
    refresh,
    destroy: () => clearTimeout(later),
    update(next): void {
      block = next;
      problem.textContent = next.problem;
      if (next.problem) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      refresh();
    },
  };
}

/** Begin a new line as far in as the last one, and further after a colon. Tab leaves the field. */
function indent(event: KeyboardEvent, input: HTMLTextAreaElement): void {
  if (event.isComposing || event.shiftKey) return;
  const { selectionStart, value } = input;
  const line = value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart);
  const before = /^ */.exec(line)?.[0] ?? "";
  event.preventDefault();
  const text = `\n${before}${line.trimEnd().endsWith(":") ? INDENT : ""}`;
  // Typed for the learner, so that undo takes it back like everything else that was typed.
  document.execCommand("insertText", false, text);
}
