/** Put steps in order with two buttons each: works with a thumb, a mouse and a keyboard alike. */

import { h } from "../shared/dom";
import { type Control, type Setting, lockInputs } from "./controls";
import { inline, textOf } from "./parts";

type Direction = "up" | "down";
const ARROWS: Record<Direction, string> = { up: "↑", down: "↓" };

export function orderControl({ parts, order, say }: Setting): Control {
  const list = h("ol", { class: "pg-quiz-order" });
  const rows = () => [...list.querySelectorAll<HTMLLIElement>(":scope > li")];
  const read = () => rows().map((row) => row.dataset["option"] as string);

  function button(row: HTMLLIElement, name: string, direction: Direction): HTMLButtonElement {
    const label = `Move ${direction}: ${textOf(parts.options.get(name))}`;
    const onclick = () => move(row, direction);
    return h("button", { type: "button", "aria-label": label, title: `Move ${direction}`,
      "data-direction": direction, onclick }, ARROWS[direction]); // prettier-ignore
  }

  function makeRow(name: string): HTMLLIElement {
    const row = h("li", { "data-option": name }, h("span", null, ...inline(parts.options.get(name))));
    const moves = [button(row, name, "up"), button(row, name, "down")];
    row.append(h("span", { class: "pg-quiz-moves" }, ...moves));
    return row;
  }

  function move(row: HTMLLIElement, direction: Direction): void {
    const all = rows();
    const target = all.indexOf(row) + (direction === "up" ? -1 : 1);
    const other = all[target];
    if (!other) return;
    if (direction === "up") other.before(row);
    else other.after(row);
    refresh();
    // Moving a row in the page takes the focus away from its button.
    row.querySelector<HTMLButtonElement>(`[data-direction="${direction}"]`)?.focus();
    say(`Now ${target + 1} of ${all.length}.`);
  }

  /** At the ends a button stays where it is, so that the focus does not jump. */
  function refresh(): void {
    const all = rows();
    for (const [i, row] of all.entries())
      for (const [direction, last] of [["up", 0], ["down", all.length - 1]] as const) // prettier-ignore
        row
          .querySelector(`[data-direction="${direction}"]`)
          ?.setAttribute("aria-disabled", String(i === last));
  }

  list.append(...order.map(makeRow));
  refresh();
  return {
    element: list,
    read,
    write: (response) => {
      const byName = new Map(rows().map((row) => [row.dataset["option"], row]));
      for (const name of Array.isArray(response) ? response : [])
        list.append(byName.get(name) ?? "");
      refresh();
    },
    lock: () => lockInputs(list),
    focus: () => list.querySelector("button")?.focus(),
    invalid: () => undefined,
  };
}
