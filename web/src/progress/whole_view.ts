/** What concerns the course as a whole: what to do today, the two forms, the record. */

import { type FormName, creditOf, lastFinished } from "../form/kept";
import { isDue, schedule } from "../review/schedule";
import { h } from "../shared/dom";
import { judge, percent } from "./mastery";
import { type Catalogue, type Done, row } from "./overview";

function reviewRow({ pages }: Catalogue, { events }: Done): HTMLElement {
  const places = schedule(events);
  const due = places.filter((place) => isDue(place, Date.now())).length;
  const questions = due === 1 ? "1 question is due" : `${due} questions are due`;
  const waiting = places.length - due;
  const rest = waiting === 0 ? "" : `; ${waiting} ${waiting === 1 ? "comes" : "come"} back later`;
  const words = places.length === 0 ? "Nothing has been missed yet" : `${questions}${rest}`;
  return row("Review", h("span", null, h("a", { href: pages.review }, words), "."));
}

const TITLES: Record<FormName, string> = { before: "Before", after: "After" };

function formRow({ pages }: Catalogue, { attempts }: Done, form: FormName): HTMLElement {
  const last = lastFinished(attempts, form);
  const link = (words: string) => h("a", { href: pages[form] }, words);
  if (!last) {
    const open = attempts.some((attempt) => attempt.form === form);
    return row(TITLES[form], link(open ? "Begun; go on" : "Not taken"));
  }
  const { items, share, mastered } = judge(last.items, creditOf(last));
  const verdict = form === "after" ? (mastered ? "; mastered" : "; 80 % is mastery") : "";
  return row(TITLES[form], h("span", null, link(`${percent(share)} of ${items} questions`), verdict), share);
}

export function wholeView(catalogue: Catalogue, done: Done): HTMLElement {
  return h(
    "section",
    { class: "pg-progress-chapter" },
    h("h2", null, "The course as a whole"),
    h(
      "dl",
      null,
      reviewRow(catalogue, done),
      formRow(catalogue, done, "before"),
      formRow(catalogue, done, "after"),
      row("Record", h("a", { href: catalogue.pages.record }, "Print or save your completion record")),
    ),
  );
}
