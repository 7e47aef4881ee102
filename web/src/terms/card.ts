/**
 * A term's definition on a card: by pointing, by keyboard focus and by tap.
 *
 * It can be dismissed with Escape, pointed at, and stays until pointer and focus have left
 * (WCAG 1.4.13). The link itself leads to the glossary, with or without this.
 */
import { h, uniqueId } from "../shared/dom";

const LINK = "a.pg-term";
/** Long enough not to flash by on the pointer's way elsewhere. */
const OPEN_AFTER_MS = 200;
/** Long enough to move from the link to the card. */
const CLOSE_AFTER_MS = 250;
const MARGIN = 12;
const GAP = 6;

const title = h("strong");
const words = h("p");
const hint = h("p", { class: "pg-card-hint" }, "Tap the term again to open the glossary.");
const card = h("div", { class: "pg-card", id: uniqueId("card"), role: "tooltip", hidden: true }, title, words, hint);

let shown: HTMLElement | null = null;
/** Dismissed with Escape: stays away until the pointer or the focus comes anew. */
let dismissed: Element | null = null;
let timer = 0;
let touched = false;

function linkOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(LINK) : null;
}

function later(act: () => void, after: number): void {
  clearTimeout(timer);
  timer = window.setTimeout(act, after);
}

/** The line of the link at the height `y`: a link may run over two lines. */
function lineAt(link: HTMLElement, y: number): DOMRect {
  const lines = [...link.getClientRects()];
  return lines.find((line) => y <= line.bottom) ?? lines[0] ?? link.getBoundingClientRect();
}

function place(line: DOMRect): void {
  const { clientWidth, clientHeight } = document.documentElement;
  const { width, height } = card.getBoundingClientRect();
  const left = Math.max(MARGIN, Math.min(line.left, clientWidth - width - MARGIN));
  const fits = line.bottom + GAP + height <= clientHeight || line.top < height + GAP;
  const top = fits ? line.bottom + GAP : line.top - GAP - height;
  card.style.translate = `${left + scrollX}px ${top + scrollY}px`;
}

function open(link: HTMLElement, y = 0): void {
  clearTimeout(timer);
  if (shown === link || dismissed === link || !link.isConnected) return;
  close();
  shown = link;
  title.textContent = link.dataset["name"] ?? "";
  words.textContent = link.dataset["card"] ?? "";
  hint.hidden = !touched;
  card.hidden = false;
  link.setAttribute("aria-describedby", card.id);
  place(lineAt(link, y));
}

function close(): void {
  clearTimeout(timer);
  shown?.removeAttribute("aria-describedby");
  shown = null;
  card.hidden = true;
}

function onOver({ target, pointerType, clientY }: PointerEvent): void {
  if (pointerType === "touch") return;
  const link = linkOf(target);
  if (link) later(() => open(link, clientY), OPEN_AFTER_MS);
  else if (target instanceof Node && card.contains(target)) clearTimeout(timer);
}

function onOut({ target, relatedTarget, pointerType }: PointerEvent): void {
  const link = linkOf(target);
  if (pointerType === "touch" || (link && link === linkOf(relatedTarget))) return;
  if (dismissed === link) dismissed = null;
  const left = link ?? (target instanceof Node && card.contains(target));
  if (left && shown !== document.activeElement) later(close, CLOSE_AFTER_MS);
}

function onDown({ target, pointerType }: PointerEvent): void {
  touched = pointerType === "touch";
  if (!linkOf(target) && !(target instanceof Node && card.contains(target))) close();
}

/** The first tap shows the card, the second follows the link. */
function onClick(event: MouseEvent): void {
  const link = linkOf(event.target);
  if (!link || !touched || shown === link) return;
  event.preventDefault();
  dismissed = null;
  open(link, event.clientY);
}

function onFocus({ target }: FocusEvent): void {
  const link = linkOf(target);
  if (!link?.matches(":focus-visible")) return;
  touched = false;
  open(link);
}

function onBlur({ target }: FocusEvent): void {
  if (linkOf(target) === dismissed) dismissed = null;
  if (linkOf(target) === shown && shown) close();
}

function onKey({ key }: KeyboardEvent): void {
  if (key !== "Escape" || !shown) return;
  dismissed = shown;
  close();
}

/**
 * Show definitions on this page.
 *
 * @param first - what the reader did before this was here
 * @param tapped - the term that was tapped meanwhile
 */
export function start(first: Event, tapped: HTMLElement | null): void {
  document.body.append(card);
  document.addEventListener("pointerover", onOver);
  document.addEventListener("pointerout", onOut);
  document.addEventListener("pointerdown", onDown);
  document.addEventListener("click", onClick);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("focusout", onBlur);
  document.addEventListener("keydown", onKey);
  if (first instanceof PointerEvent && first.type === "pointerover") onOver(first);
  touched = tapped !== null;
  const focused = linkOf(document.activeElement);
  if (tapped) open(tapped);
  else if (focused?.matches(":focus-visible")) open(focused);
}
