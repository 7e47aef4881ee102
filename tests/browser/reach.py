"""Come to an element of a page as a reader does who keeps scrolling until it is there."""

from __future__ import annotations

from playwright.sync_api import Locator, expect
from playwright.sync_api import TimeoutError as NotYet

PATIENCE = 20  # times
AGAIN = 3_000  # milliseconds


def reach(element: Locator, sign: Locator) -> Locator:
    """Scroll to `element` until its code has come and shows `sign`; return it.

    Once is not enough: whatever comes to life above it may push it out of sight again.
    """
    for _ in range(PATIENCE):
        element.scroll_into_view_if_needed()
        try:
            sign.first.wait_for(timeout=AGAIN)
        except NotYet:
            continue
        return element
    expect(sign.first).to_be_visible()
    return element
