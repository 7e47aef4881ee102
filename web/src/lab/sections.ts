/** Sections of a lab: blocks that belong together, kept in step with the view by their ids. */
import { h, uniqueId } from "../shared/dom";
import { type BlockView, type Context, createBlock } from "./blocks";
import type { Block, SectionData } from "./types";

interface Kept {
  readonly view: BlockView;
  json: string;
}

export class SectionView {
  readonly node: HTMLElement;
  private readonly title: HTMLElement;
  private readonly body = h("div", { class: "pg-lab-blocks" });
  private readonly blocks = new Map<string, Kept>();

  constructor(
    data: SectionData,
    private readonly context: Context,
  ) {
    const titleId = uniqueId("section");
    const tag = data.folded ? "summary" : "p";
    this.title = h(tag, { class: "pg-lab-heading", id: titleId, tabindex: data.folded ? null : -1 });
    this.node = data.folded
      ? h("details", { class: "pg-lab-section" }, this.title, this.body)
      : h("div", { class: "pg-lab-section", role: "group", "aria-labelledby": titleId }, this.title, this.body);
    this.update(data);
  }

  update(data: SectionData): void {
    this.title.textContent = data.title;
    const focused = this.node.contains(document.activeElement);
    this.drop(new Set(data.blocks.map(key)));
    data.blocks.forEach((block, index) => this.place(block, index));
    // What had the focus is gone: the heading above it takes over.
    if (focused && !this.node.contains(document.activeElement)) this.title.focus({ preventScroll: true });
  }

  /** Update what depends on actions under way. */
  refresh(): void {
    for (const { view } of this.blocks.values()) view.refresh?.();
  }

  destroy(): void {
    this.drop(new Set());
    this.node.remove();
  }

  private drop(keep: ReadonlySet<string>): void {
    for (const [id, { view }] of this.blocks) {
      if (keep.has(id)) continue;
      view.destroy?.();
      view.node.remove();
      this.blocks.delete(id);
    }
  }

  private place(block: Block, index: number): void {
    const json = JSON.stringify(block);
    let kept = this.blocks.get(key(block));
    if (!kept) {
      const view = createBlock(block, this.context);
      if (!view) return;
      this.blocks.set(key(block), (kept = { view, json }));
    } else if (kept.json !== json) {
      kept.view.update(block);
      kept.json = json;
    }
    const there = this.body.children[index] ?? null;
    if (there !== kept.view.node) this.body.insertBefore(kept.view.node, there);
  }
}

function key({ kind, id }: Block): string {
  return `${kind}/${id}`;
}
