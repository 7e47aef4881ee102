/** When something comes back, in words; shown in the learner's own time zone. */

import type { Outlook } from "./schedule";

const DAY = 86_400_000;
const DATE = { weekday: "long", day: "numeric", month: "long" } as const;

export function questions(count: number): string {
  return count === 1 ? "1 question" : `${count} questions`;
}

function midnight(instant: number): number {
  return new Date(instant).setHours(0, 0, 0, 0);
}

/** Say on which day an instant falls, seen from `now`. */
export function onDay(instant: number, now: number): string {
  const days = Math.round((midnight(instant) - midnight(now)) / DAY);
  if (days <= 0) return "later today";
  if (days === 1) return "tomorrow";
  const date = new Intl.DateTimeFormat("en-GB", DATE).format(instant);
  return `on ${date}, in ${days} days`;
}

/** Say how many questions are due and when the next one comes. */
export function outlookSentence({ due, next }: Outlook, now: number): string {
  const are = due === 1 ? "is" : "are";
  const head = due > 0 ? `${questions(due)} ${are} due.` : "Nothing is due now.";
  if (next === null) return head;
  return `${head} The next ${due > 0 ? "after that " : ""}comes back ${onDay(next, now)}.`;
}
