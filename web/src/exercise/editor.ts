/** The code editor: CodeMirror with what Python needs and nothing else. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter, highlightCode } from "@lezer/highlight";
import { h } from "../shared/dom";

export interface EditorOptions {
  readonly code: string;
  readonly label: string;
  /** Id of the element that says how to leave the editor with the keyboard. */
  readonly describedBy: string;
  changed(): void;
  run(): void;
}

export interface Editor {
  readonly node: HTMLElement;
  code(): string;
  /** Replace everything; one undo brings it back. */
  replace(code: string): void;
  goTo(line: number): void;
}

const theme = EditorView.theme({
  "&": { backgroundColor: "var(--pg-paper)", color: "var(--pg-ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--pg-mono)", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--pg-ink)", padding: "0.75rem 0", minHeight: "11rem" },
  ".cm-line": { padding: "0 1rem 0 0.75rem" },
  ".cm-cursor": { borderLeftColor: "var(--pg-ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "transparent", border: "0", color: "var(--pg-muted)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.5rem", padding: "0 0.25rem 0 0.5rem" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":
    { backgroundColor: "color-mix(in srgb, var(--pg-focus) 26%, transparent)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--pg-rule)", outline: "none" },
});

/** Create an editor. Escape, then Tab, leaves it; Ctrl or Cmd with Enter runs. */
export function createEditor(options: EditorOptions): Editor {
  const run = (): boolean => {
    options.run();
    return true;
  };
  const view = new EditorView({
    state: EditorState.create({
      doc: options.code,
      extensions: [
        keymap.of([{ key: "Mod-Enter", run, preventDefault: true }]),
        lineNumbers(),
        history(),
        drawSelection(),
        indentUnit.of("    "),
        indentOnInput(),
        bracketMatching(),
        pythonLanguage,
        syntaxHighlighting(classHighlighter),
        keymap.of([indentWithTab, ...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({
          "aria-label": options.label,
          tabindex: "0", // what can be scrolled must be reachable in every browser
          "aria-describedby": options.describedBy,
          autocapitalize: "off",
          autocorrect: "off",
          spellcheck: "false",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.changed();
        }),
        theme,
      ],
    }),
  });
  return {
    node: view.dom,
    code: () => view.state.doc.toString(),
    replace: (insert) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } }),
    goTo: (line) => goTo(view, line),
  };
}

function goTo(view: EditorView, number: number): void {
  const line = view.state.doc.line(Math.max(1, Math.min(number, view.state.doc.lines)));
  view.dispatch({ selection: { anchor: line.from, head: line.to }, scrollIntoView: true });
  view.focus();
}

/** Return `code` as a coloured `<pre>`. */
export function coloured(code: string): HTMLElement {
  const pre = h("pre", { class: "pg-code", tabindex: 0 });
  const put = (text: string, classes: string): void =>
    pre.append(classes ? h("span", { class: classes }, text) : text);
  highlightCode(code, pythonLanguage.parser.parse(code), classHighlighter, put, () => pre.append("\n"));
  return pre;
}
