"""A long page is laid out piece by piece, and nobody notices."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.axe import TWO_FRAMES
from tests.browser.learner import CHAPTER
from tests.browser.reach import box_of, eventually, settle

pytestmark = pytest.mark.browser

UNSETTLED = ".pg-article section section:not([data-settled])"
TOP = "(heading) => Math.round(heading.getBoundingClientRect().top)"


def test_in_the_end_every_section_has_its_own_height(open_page):
    page = open_page(CHAPTER)
    sections = page.locator(".pg-article section section")
    assert sections.count() > 10
    settle(page)
    expect(page.locator(UNSETTLED)).to_have_count(0)
    ways = sections.evaluate_all("(all) => all.map((s) => getComputedStyle(s).contentVisibility)")
    assert set(ways) == {"visible"}


def test_who_comes_for_a_section_stays_there(open_page):
    page = open_page(f"{CHAPTER}#check-yourself")
    heading = page.locator("#check-yourself > h2")
    expect(heading).to_be_in_viewport()
    page.evaluate(TWO_FRAMES)  # the fonts are here
    before = heading.evaluate(TOP)
    expect(page.locator(UNSETTLED)).to_have_count(0)
    eventually(page, lambda: stands_at(heading, before))


def stands_at(heading: Locator, top: int) -> None:
    assert heading.evaluate(TOP) == pytest.approx(top, abs=1)


def test_without_scripts_a_section_appears_when_it_is_reached(open_page):
    page = open_page(CHAPTER, javascript=False)
    last = page.locator("#further-reading p").first

    def check() -> None:  # those above it take their own heights while it comes into sight
        last.scroll_into_view_if_needed()
        assert 0 <= box_of(last)["y"] < 800

    eventually(page, check)
