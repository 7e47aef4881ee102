/** The notice that appears when the browser does not keep what the learner did. */

import { h } from "../shared/dom";
import type { ProgressStore, RefusalReason } from "./store";
import { saveToFile } from "./transfer";

export const WHY: Record<RefusalReason, string> = {
  refused: "This browser does not let the page keep anything.",
  full: "This browser has no room left to keep your progress.",
  newer: "This browser holds progress of a newer edition of the course; reload the page to get it.",
};
const WHAT = "Your work is safe until you close this tab. Save it to a file to keep it.";

let shown: { element: HTMLElement; reason: RefusalReason } | null = null;

/** Show the notice once for each reason; closing it keeps it closed. */
export function showNotice(reason: RefusalReason, store: ProgressStore): void {
  if (shown?.reason === reason) return;
  shown?.element.remove();
  const element = h(
    "div",
    { class: "pg-notice", role: "alert" },
    h("p", null, h("strong", null, `${WHY[reason]} `), WHAT),
    h("button", { type: "button", class: "pg-button", onclick: () => void saveToFile(store) }, "Save to a file"),
    h("button", { type: "button", class: "pg-button pg-button-quiet", onclick: () => element.remove() }, "Close"),
  );
  shown = { element, reason };
  document.body.append(element);
}

/** Take the notice away: everything is kept again. */
export function hideNotice(): void {
  shown?.element.remove();
  shown = null;
}
