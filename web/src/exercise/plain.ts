/** Where the editor's code cannot be had: a text field, so that the exercise can still be solved. */
import { h } from "../shared/dom";
import type { Editor, EditorOptions } from "./editor";

export function createEditor(options: EditorOptions): Editor {
  const field = h("textarea", {
    class: "pg-code",
    rows: Math.max(10, options.code.split("\n").length + 2),
    "aria-label": options.label,
    autocapitalize: "off",
    spellcheck: "false",
    oninput: () => options.changed(),
  });
  field.value = options.code;
  return {
    node: field,
    code: () => field.value,
    replace: (code) => {
      field.value = code;
      options.changed();
    },
    goTo: (line) => {
      const before = field.value.split("\n").slice(0, line - 1);
      const start = before.join("\n").length + (before.length ? 1 : 0);
      field.focus();
      field.setSelectionRange(start, start);
    },
  };
}

export function coloured(code: string): HTMLElement {
  return h("pre", { class: "pg-code", tabindex: 0 }, code);
}
