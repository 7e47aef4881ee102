/** Drag an element onto one of a few others, with a mouse, a pen or a finger. */

export interface Dropping {
  /** Where it may be dropped now. */
  targets(): readonly HTMLElement[];
  dropped(target: HTMLElement): void;
}

const START = 6; // pixels before a press becomes a drag
const EDGE = 64; // near the edge of the window the page scrolls along
const SPEED = 10; // pixels a frame

interface Drag {
  readonly pointer: number;
  /** Where the press began, in the page. */
  readonly x: number;
  readonly y: number;
  /** Where the pointer is, in the window. */
  at: { x: number; y: number };
  moved: boolean;
}

/** Return what takes the listeners away again. A finger scrolls the page except on a `.pg-incident-grip`. */
export function makeDraggable(card: HTMLElement, { targets, dropped }: Dropping): () => void {
  let drag: Drag | null = null;
  let frame = 0;
  const stop = new AbortController();
  const { signal } = stop;

  const over = (): HTMLElement | undefined =>
    drag?.moved ? targets().find((target) => contains(target, drag?.at ?? { x: 0, y: 0 })) : undefined;
  const show = (): void => {
    if (!drag?.moved) return;
    const [dx, dy] = [drag.at.x + window.scrollX - drag.x, drag.at.y + window.scrollY - drag.y];
    card.style.transform = `translate(${dx}px, ${dy}px) rotate(${Math.max(-4, Math.min(4, dx / 40))}deg)`;
    const target = over();
    for (const one of targets()) one.classList.toggle("pg-over", one === target);
  };
  const scroll = (): void => {
    if (!drag) return;
    const { y } = drag.at;
    const by = y < EDGE ? -SPEED : y > window.innerHeight - EDGE ? SPEED : 0;
    if (by && drag.moved) {
      window.scrollBy(0, by);
      show();
    }
    frame = requestAnimationFrame(scroll);
  };
  const end = (): void => {
    cancelAnimationFrame(frame);
    drag = null;
    card.classList.remove("pg-dragged");
    card.style.transform = "";
    for (const one of targets()) one.classList.remove("pg-over");
  };

  card.addEventListener("pointerdown", (event) => {
    const { target, pointerType, button, pointerId, clientX, clientY } = event;
    const grips = pointerType === "mouse" || (target instanceof Element && target.closest(".pg-incident-grip"));
    if (drag || button !== 0 || !grips || targets().length === 0) return;
    drag = { pointer: pointerId, x: clientX + window.scrollX, y: clientY + window.scrollY, at: { x: clientX, y: clientY }, moved: false };
    card.setPointerCapture(pointerId);
    frame = requestAnimationFrame(scroll);
  }, { signal });
  card.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drag?.pointer) return;
    drag.at = { x: event.clientX, y: event.clientY };
    const far = Math.hypot(event.clientX + window.scrollX - drag.x, event.clientY + window.scrollY - drag.y);
    if (!drag.moved && far > START) {
      drag.moved = true;
      card.classList.add("pg-dragged");
    }
    show();
  }, { signal });
  card.addEventListener("pointerup", (event) => {
    if (event.pointerId !== drag?.pointer) return;
    drag.at = { x: event.clientX, y: event.clientY };
    const target = over();
    end();
    if (target) dropped(target);
  }, { signal });
  for (const lost of ["pointercancel", "lostpointercapture"] as const) card.addEventListener(lost, end, { signal });
  card.addEventListener("keydown", (event) => event.key === "Escape" && end(), { signal });
  return () => {
    end();
    stop.abort();
  };
}

function contains(target: HTMLElement, { x, y }: { x: number; y: number }): boolean {
  const { left, right, top, bottom } = target.getBoundingClientRect();
  return x >= left && x <= right && y >= top && y <= bottom;
}
