/**
 * When missed items come back. The scheduler is FSRS, with its published weights; the retention is
 * chosen so that an item that was missed, and is known from then on, comes back after about 1, 7
 * and 30 days. Everything is computed from instants: neither the time zone nor the order in which
 * records were loaded changes anything.
 */

import { type Grade, Rating, createEmptyCard, fsrs } from "ts-fsrs";

import type { Event } from "../progress/mastery";

/** Where one item stands. */
export interface Place {
  item: string;
  /** When it comes back, in milliseconds since 1970. */
  due: number;
  /** When it was answered last. */
  last: number;
}

const DAY = 86_400_000;
/** Whoever comes at the same hour every day is not sent away for being a little early. */
const EARLY = DAY / 3;

const SCHEDULER = fsrs({
  request_retention: 0.825,
  maximum_interval: 365,
  enable_fuzz: false, // the same records give the same schedule on every machine
  enable_short_term: false, // whole days: nobody is asked twice in one sitting
});

const GUESSED = 55; // percent: less than a level above a coin toss
const SURE = 95;

/** Grade an answer from whether it was right and how sure the learner was. */
export function gradeOf({ credit, confidence }: Event): Grade {
  if (credit < 1) return Rating.Again;
  if (confidence === null) return Rating.Good;
  if (confidence < GUESSED) return Rating.Hard;
  return confidence >= SURE ? Rating.Easy : Rating.Good;
}

/** An item comes back once it was missed, or right by a guess. */
function enters(event: Event): boolean {
  return gradeOf(event) === Rating.Again || gradeOf(event) === Rating.Hard;
}

function placeOf(item: string, events: readonly Event[]): Place | null {
  const counting = events.slice(Math.max(0, events.findIndex(enters)));
  const [first] = counting;
  if (!first || !enters(first)) return null;
  let card = createEmptyCard(new Date(first.at));
  for (const event of counting)
    card = SCHEDULER.next(card, new Date(event.at), gradeOf(event)).card;
  return { item, due: card.due.getTime(), last: counting.at(-1)?.at ?? first.at };
}

/**
 * Return where each item stands that comes back, the longest overdue first. The form before the
 * course is left out: what it asked has not been learned yet.
 */
export function schedule(events: readonly Event[]): Place[] {
  const byItem = new Map<string, Event[]>();
  const order = (one: Event, other: Event) => one.at - other.at;
  for (const event of events.filter(({ source }) => source !== "before").sort(order))
    byItem.set(event.item, [...(byItem.get(event.item) ?? []), event]);
  const places = [...byItem].flatMap(([item, mine]) => placeOf(item, mine) ?? []);
  return places.sort((one, other) => one.due - other.due || (one.item < other.item ? -1 : 1));
}

export function isDue({ due }: Place, now: number): boolean {
  return due - EARLY <= now;
}

/** How many of `places` come back when. */
export interface Outlook {
  due: number;
  /** Not due yet, but within seven days. */
  week: number;
  later: number;
  /** When the next one comes that is not due yet. */
  next: number | null;
}

export function outlook(places: readonly Place[], now: number): Outlook {
  const waiting = places.filter((place) => !isDue(place, now));
  const week = waiting.filter(({ due }) => due <= now + 7 * DAY).length;
  return {
    due: places.length - waiting.length,
    week,
    later: waiting.length - week,
    next: waiting[0]?.due ?? null,
  };
}
