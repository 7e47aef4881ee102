"""Come to an element of a page as a reader does who keeps scrolling until it is there.

On a slow machine a page is still growing while a test reads it: sections wait for their layout,
elements for their code, charts for their width and their font. Whatever is read once must have
been waited for; what can only be measured is measured again until it is right.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import FloatRect, Locator, Page, expect
from playwright.sync_api import TimeoutError as NotYet

PATIENCE = 20  # times
AGAIN = 3_000  # milliseconds
SOON = 100  # milliseconds
SETTLED = 180_000  # milliseconds: the appendix of misconceptions has 160 sections


def settle(page: Page) -> None:
    """Wait until every section of a page with scripts has its own height (chrome/sections.ts)."""
    expect(page.locator("html")).to_have_attribute("data-whole", "", timeout=SETTLED)


def reach(element: Locator, sign: Locator) -> Locator:
    """Scroll to `element` until its code has come and shows `sign`; return it.

    Once is not enough: whatever comes to life above it may push it out of sight again.
    """
    settle(element.page)
    for _ in range(PATIENCE):
        element.scroll_into_view_if_needed()
        try:
            sign.first.wait_for(timeout=AGAIN)
        except NotYet:
            continue
        return element
    expect(sign.first).to_be_visible()
    return element


def eventually(page: Page, check: Callable[[], None]) -> None:
    """Call `check`, which measures something, until it raises no `AssertionError` any more.

    For what no expectation of Playwright can say, such as where two things stand.
    """
    for _ in range(10 * PATIENCE):
        try:
            return check()
        except AssertionError:
            page.wait_for_timeout(SOON)
    return check()


def box_of(element: Locator) -> FloatRect:
    """Return where `element` stands, in pixels of the viewport."""
    box = element.bounding_box()
    assert box, f"{element} has no box"
    return box


def expect_no_sideways(page: Page, width: int, what: str = "the page") -> None:
    """Nothing on the page reaches over an edge at `width` pixels."""

    def check() -> None:
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{what} is {wide} px wide"

    eventually(page, check)
