/** Fetch what shows definitions when the reader first points, taps or presses a key. */

const TERM = "a.pg-term";
const FIRST = ["pointerover", "pointerdown", "focusin", "keydown"] as const;

export function watchTerms(): void {
  if (!document.querySelector(TERM)) return;
  const waiting = new AbortController();
  const { signal } = waiting;
  let asked = false;
  let touched = false;
  let held: HTMLAnchorElement | null = null; // tapped before the card was here

  const begin = (event: Event): void => {
    if (event instanceof PointerEvent) touched = event.pointerType === "touch";
    if (asked) return;
    asked = true;
    import("../terms/card").then(
      ({ start }) => {
        waiting.abort();
        start(event, held);
      },
      () => {
        waiting.abort(); // the links lead to the glossary all the same
        if (held) location.href = held.href;
      },
    );
  };
  const hold = (event: MouseEvent): void => {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>(TERM);
    if (!link || !touched) return;
    event.preventDefault();
    held = link;
  };
  for (const name of FIRST) addEventListener(name, begin, { signal, passive: true });
  addEventListener("click", hold, { signal });
}
