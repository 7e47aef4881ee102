/** A field for prose. Its text is only ever text: kept on every pause, counted, never parsed. */
import { h, setText, uniqueId } from "../shared/dom";
import type { BlockView, Context } from "./blocks";
import type { TextFieldBlock } from "./types";

/** A pause in typing after which the text is kept. */
const PAUSE_MS = 600;
const TALLEST = 30;

export function textField(first: TextFieldBlock, context: Context): BlockView<TextFieldBlock> {
  let block = first;
  let known = first.value; // what the text was when Python, or the queue, last had it
  let later: ReturnType<typeof setTimeout> | undefined;
  const ids = { input: uniqueId("text"), hint: uniqueId("hint"), count: uniqueId("count") };
  const input = h("textarea", {
    id: ids.input, class: "pg-text-field", autocomplete: "off", maxlength: first.longest, lang: "en-GB",
    "aria-describedby": `${ids.hint} ${ids.count}`,
  });
  input.value = known;
  const hint = h("p", { class: "pg-field-hint", id: ids.hint }, first.hint);
  const count = h("p", { class: "pg-field-hint pg-text-count", id: ids.count });
  const commit = (): void => {
    clearTimeout(later);
    if (input.value === known) return;
    known = input.value;
    context.send({ type: block.action, id: block.id, value: known });
  };
  const measure = (): void => {
    input.rows = Math.min(TALLEST, Math.max(block.rows, lines(input)));
    setText(count, counted(input.value, block));
  };
  input.addEventListener("change", commit);
  input.addEventListener("input", () => {
    measure();
    clearTimeout(later);
    later = setTimeout(commit, PAUSE_MS);
  });
  const refresh = (): void => {
    if (input.value !== known) return; // being typed
    known = context.valueOf(block.action, block.id) ?? block.value;
    if (input.value !== known) input.value = known;
    measure();
  };
  return {
    node: h("div", { class: "pg-field-text" }, h("label", { for: ids.input }, first.label), hint, input, count),
    refresh,
    destroy: () => clearTimeout(later),
    update(next): void {
      block = next;
      setText(hint, next.hint);
      refresh();
    },
  };
}

/** Lines that the text takes, a long line counted as often as it breaks in a field of this width. */
function lines({ value, clientWidth }: HTMLTextAreaElement): number {
  const width = clientWidth > 0 ? clientWidth / 9 : 70; // a letter is about 9 px wide
  return value.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 1);
}

function counted(value: string, { words, longest }: TextFieldBlock): string {
  const number = value.split(/\s+/).filter(Boolean).length;
  const left = longest - value.length;
  const aim = words > 0 ? ` of about ${words}` : "";
  const room = left < 200 ? `; room for ${left} more characters` : "";
  return `${number}${aim} ${number === 1 && !aim ? "word" : "words"}${room}`;
}
