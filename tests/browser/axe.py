"""What axe finds on a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
TRIES = 3
RUN = """async ([within, only]) => {
  const all = [...document.querySelectorAll(within)];
  const options = { resultTypes: ["violations"], ...(only ? { runOnly: only } : {}) };
  const { violations } = await axe.run({ include: all }, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
}"""
TWO_FRAMES = """() => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(done)))
  .then(() => document.fonts.ready).then(() => null)"""


def violations(page: Page, within: str, only: dict[str, Any] | None = None) -> list[str]:
    """Return what axe finds in the elements that the selector `within` names.

    A page that still changes (a chart takes its width, a scroller becomes reachable) is looked at
    again; what is wrong with it stays wrong. The page's policy forbids scripts from elsewhere; the
    debugger's own are exempt.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found: list[str] = []
    for _ in range(TRIES):
        page.evaluate(TWO_FRAMES)
        found = page.evaluate(RUN, [within, only])
        if not found:
            break
    return found
