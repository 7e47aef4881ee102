/** Formulas, tables and code that are wider than the screen can be scrolled with the keyboard. */

const SCROLLERS = "div.math, .pst-scrollable-table-container, .highlight pre";

export function reachScrollers(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const scroller of document.querySelectorAll(SCROLLERS)) observer.observe(scroller);
}
