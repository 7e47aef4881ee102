/** Numbers with their intervals, one below the other on one axis. The words say the same. */
import { h, setText } from "../shared/dom";
import type { BlockView } from "./blocks";
import type { Interval, IntervalsBlock } from "./types";

export function intervals(): BlockView<IntervalsBlock> {
  const title = h("p", { class: "pg-scores-title" });
  const list = h("dl", { class: "pg-intervals-list" });
  const low = h("span");
  const high = h("span");
  const limit = h("p", { class: "pg-intervals-limit" });
  return {
    node: h("div", { class: "pg-intervals" }, title, limit, list,
      h("div", { class: "pg-range-ends", "aria-hidden": "true" }, low, high)),
    update(next): void {
      setText(title, next.title);
      setText(limit, next.limit_label);
      list.replaceChildren(...next.rows.map((each) => row(each, next)));
      setText(low, next.ends[0]);
      setText(high, next.ends[1]);
    },
  };
}

function row(each: Interval, { low, high, limit }: IntervalsBlock): HTMLElement {
  const at = (value: number): number => (100 * (Math.min(high, Math.max(low, value)) - low)) / (high - low);
  const kind = `pg-interval${each.anchor ? " pg-interval-anchor" : ""}${each.faded ? " pg-interval-faded" : ""}`;
  const [from, to] = [at(each.low), at(each.high)];
  return h("div", { class: kind }, h("dt", null, each.label), h("dd", { class: "pg-number" }, each.text),
    h("dd", { class: "pg-interval-track", "aria-hidden": "true" },
      h("span", { class: "pg-interval-bar", style: `left:${from}%;width:${to - from}%` }),
      limit === null ? null : h("span", { class: "pg-interval-limit", style: `left:${at(limit)}%` }),
      h("span", { class: "pg-interval-dot", style: `left:${at(each.value)}%` })));
}
