/** Blocks that are read or pressed. Each is drawn once and then updated in place. */
import { drawView } from "../charts/index";
import type { Chart } from "../charts/types";
import { h, unbroken } from "../shared/dom";
import { ballot } from "./ballot";
import { cards } from "./cards";
import { checks } from "./checks";
import { choice } from "./choices";
import { codeField } from "./code";
import { numberField } from "./fields";
import { download, upload } from "./files";
import { intervals } from "./intervals";
import { matrix } from "./matrix";
import { pageLink } from "./page_link";
import { pair } from "./pair";
import { sheet } from "./sheet";
import { slider } from "./slider";
import { textField } from "./textfield";
import type { Action, Block, ButtonBlock, ChartBlock, LinkBlock, Score, ScoresBlock, TableBlock, TextBlock } from "./types";

/** What a block may do besides drawing itself. */
export interface Context {
  send(action: Action): void;
  /** The newest value of a control that Python has not seen yet. */
  valueOf(type: string, id: string): string | undefined;
  /** Whether an action of this type is on its way. */
  isBusy(type: string): boolean;
  announce(sentence: string): void;
}

export interface BlockView<B extends Block = Block> {
  readonly node: HTMLElement;
  /** Show other data; only called when the data changed. */
  update(block: B): void;
  /** Show what is on its way to Python; called whenever that changed. */
  refresh?(): void;
  destroy?(): void;
}

type Maker<B extends Block> = (block: B, context: Context) => BlockView<B>;
type Makers = { [K in Block["kind"]]: Maker<Extract<Block, { kind: K }>> };

const MAKERS: Makers = {
  text, link, number: numberField, code: codeField, textfield: textField, choice, button, scores, chart, table,
  slider, checks, download, upload, sheet, intervals,
  cards, ballot, matrix, pagelink: pageLink, pair,
};

/** Return the view of `block`, or null for a kind that this version does not know. */
export function createBlock(block: Block, context: Context): BlockView | null {
  if (!(block.kind in MAKERS)) return null;
  const made = (MAKERS[block.kind] as Maker<Block>)(block, context);
  made.update(block);
  return made;
}

function text(): BlockView<TextBlock> {
  const title = h("strong");
  const body = h("span");
  const node = h("p", null, title, body);
  return {
    node,
    update(next): void {
      node.className = `pg-lab-text pg-tone-${next.tone}`;
      title.textContent = next.title;
      body.textContent = unbroken(next.title ? ` ${next.text}` : next.text);
    },
  };
}

/** Python refuses every address but https. */
function link(): BlockView<LinkBlock> {
  const title = h("strong");
  const there = h("a", { rel: "external noopener" });
  return {
    node: h("p", { class: "pg-lab-text" }, title, " ", there),
    update({ title: words, text: name, url }): void {
      title.textContent = words;
      there.textContent = name;
      there.href = url;
    },
  };
}

function button(first: ButtonBlock, context: Context): BlockView<ButtonBlock> {
  let block = first;
  const press = (): void => {
    if (context.isBusy(block.action)) return;
    context.send(block.value ? { type: block.action, value: block.value } : { type: block.action });
  };
  const kind = first.primary ? "pg-button pg-button-main" : "pg-button";
  const node = h("button", { type: "button", class: kind, onclick: press });
  const refresh = (): void => {
    const busy = context.isBusy(block.action);
    // Marked, not disabled: a disabled button would lose the focus that pressed it.
    node.setAttribute("aria-disabled", String(busy));
    node.classList.toggle("pg-busy", busy);
    node.textContent = busy && block.busy ? `${block.busy} …` : block.label;
  };
  return {
    node,
    refresh,
    update(next): void {
      block = next;
      refresh();
    },
  };
}

function scores(): BlockView<ScoresBlock> {
  const title = h("p", { class: "pg-scores-title" });
  const list = h("dl", { class: "pg-scores-list" });
  return {
    node: h("div", { class: "pg-scores" }, title, list),
    update(next): void {
      title.textContent = next.title;
      list.replaceChildren(...next.scores.map(scoreRow));
    },
  };
}

function scoreRow(score: Score): HTMLElement {
  const [number = "", ...rest] = score.text.split(" ");
  return h("div", { class: `pg-score pg-mark-${score.role}` },
    h("dt", null, score.label),
    h("dd", null, h("span", { class: "pg-score-number pg-number" }, number), ` ${rest.join(" ")}`),
    scoreBar(score));
}

/** A bar from nought to the score; the words beside it say the same. */
function scoreBar({ low, high, value }: Score): HTMLElement {
  const share = (at: number): number => (100 * (Math.min(high, Math.max(low, at)) - low)) / (high - low);
  const [from, to] = [share(0), share(value)].sort((a, b) => a - b) as [number, number];
  const fill = h("span", { class: "pg-score-fill", style: `left:${from}%;width:${to - from}%` });
  const zero = h("span", { class: "pg-score-zero", style: `left:${share(0)}%` });
  return h("dd", { class: "pg-score-bar", "aria-hidden": "true" }, fill, zero);
}

/** Redrawn when its numbers change, so that the new path plays from its start. */
function chart(_: ChartBlock, context: Context): BlockView<ChartBlock> {
  const node = h("div", { class: "pg-lab-chart" });
  let drawn: Chart | null = null;
  return {
    node,
    update(next): void {
      drawn?.destroy();
      const announce = (sentence: string): void => context.announce(sentence);
      drawn = drawView(node, next.view, next.series, { alt: next.alt, autoplay: true, announce });
    },
    destroy: () => drawn?.destroy(),
  };
}

/** A real table. Roles are written out, since the narrow layout changes how its parts are shown. */
function table(first: TableBlock, context: Context): BlockView<TableBlock> {
  const heads = first.columns.map(({ label, role, numeric }) =>
    h("th", { scope: "col", role: "columnheader", class: cellClass(role, numeric) }, label));
  const body = h("tbody", { role: "rowgroup" });
  const caption = h("caption", null, first.caption);
  const node = h("table", { class: "pg-lab-table", role: "table" }, caption,
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...heads)), body);
  const buttons = new Map<string, HTMLButtonElement>();
  const pick = (id: string): void => context.send({ type: first.action, value: id });
  const rowButton = (id: string, label: string, name: string): HTMLButtonElement => {
    const made = buttons.get(id) ?? h("button", { type: "button", class: "pg-row-button", onclick: () => pick(id) });
    buttons.set(id, made);
    made.textContent = label;
    made.setAttribute("aria-label", name.replace("{}", label));
    return made;
  };
  return {
    node: h("div", { class: "pg-lab-table-frame" }, node),
    update(next): void {
      caption.textContent = next.caption;
      const focused = document.activeElement;
      body.replaceChildren(...next.rows.map((row) => {
        const cells = row.cells.map((cell, i) => {
          const { label = "", role = "neutral", numeric = false } = next.columns[i] ?? {};
          const attributes = { class: cellClass(role, numeric), "data-label": label };
          if (i > 0) return h("td", { ...attributes, role: "cell" }, h("span", null, cell));
          return h("th", { ...attributes, scope: "row", role: "rowheader" },
            next.action ? rowButton(row.id, cell, next.row_name) : cell);
        });
        return h("tr", { role: "row", "aria-current": row.selected ? "true" : null }, ...cells);
      }));
      // Rows are made anew, their buttons are not: the one that was pressed keeps the focus.
      if (focused instanceof HTMLElement && node.contains(focused)) focused.focus();
    },
  };
}

function cellClass(role: string, numeric: boolean): string {
  return `pg-swatch-label pg-mark-${role}${numeric ? " pg-number pg-cell-number" : ""}`;
}
