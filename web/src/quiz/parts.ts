/** One item as the build rendered it: its nodes, taken out of the page that works without script. */

import type { Rule } from "./scoring";

export interface ItemData {
  id: string;
  rule: Rule;
  /** Misconception behind each feedback that has one. */
  beliefs: Record<string, string>;
}

/** A family of items, cut into rounds of item names. */
export interface SetData {
  title: string;
  rounds: string[][];
}

export interface QuizData {
  quiz: string;
  mode: "list" | "sets" | "steps";
  items: ItemData[];
  /** Titles of the misconceptions that the items name. */
  beliefs: Record<string, string>;
  /** In the mode "sets": what is offered. */
  sets: SetData[];
}

export interface ItemParts extends ItemData {
  /** What stands before the question: a scene, a table. */
  scene: Node[];
  /** The question itself. */
  ask: Node[];
  /** Options, steps or cards by name. */
  options: Map<string, Node[]>;
  /** Categories of a classify item by name. */
  categories: Map<string, Node[]>;
  /** Feedback by name. */
  notes: Map<string, Node[]>;
  /** Explanation, dispute and source. */
  explanation: Node[];
}

function contents(element: Element | null): Node[] {
  return element ? [...element.childNodes] : [];
}

function named(root: Element, attribute: string): Map<string, Node[]> {
  const found = [...root.querySelectorAll(`[data-${attribute}]`)];
  return new Map(
    found.map((element) => [element.getAttribute(`data-${attribute}`) ?? "", contents(element)]),
  );
}

export function takeParts(data: ItemData, root: Element): ItemParts {
  return {
    ...data,
    scene: contents(root.querySelector(".pg-quiz-scene")),
    ask: contents(root.querySelector(".pg-quiz-ask")),
    options: named(root, "option"),
    categories: named(root, "category"),
    notes: named(root, "note"),
    explanation: contents(root.querySelector(".pg-quiz-explanation")),
  };
}

/** Copies of built nodes, so that they can be shown more than once. */
export function copies(nodes: readonly Node[] | undefined): Node[] {
  return (nodes ?? []).map((node) => node.cloneNode(true));
}

/** The text of built nodes, for labels that cannot hold markup. */
export function textOf(nodes: readonly Node[] | undefined): string {
  const text = (nodes ?? []).map((node) => node.textContent ?? "").join(" ");
  return text.replace(/\s+/g, " ").trim();
}

/** The nodes of one paragraph without the paragraph: for a legend or a label. */
export function inline(nodes: readonly Node[] | undefined): Node[] {
  const blocks = copies(nodes).filter((node) => node.textContent?.trim());
  return blocks.flatMap((block) =>
    block instanceof HTMLParagraphElement ? [...block.childNodes] : [block],
  );
}
