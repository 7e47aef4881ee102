"""The budgeted red team on its page: by keyboard and by finger at 360 px, each to a saved report.

Everything on the page is compared with what Python computes from the same actions. The tests
share one page, since a start of Python takes seconds; each begins anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from proxygap.labs.budgeted_red_team import work as w
from tests.browser.hands import Finger, Keys, Player
from tests.browser.twin import (
    PHONE,
    WIDE,
    Twin,
    begin_anew,
    expect_fits,
    expect_no_violation,
    lab_on,
    touch_screen,
)

pytestmark = pytest.mark.browser

CHAPTER = "chapters/red-teaming.html"
SLUG = "budgeted-red-team"
FIRST = "Rules of engagement"


@pytest.fixture(scope="module")
def shared_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The chapter on a screen that can also be touched."""
    with touch_screen(browser, site_url + CHAPTER) as page:
        yield page


@pytest.fixture
def page(shared_page: Page) -> Page:
    """The shared page with nothing done."""
    shared_page.set_viewport_size(WIDE)
    lab = lab_on(shared_page, SLUG)
    begin_anew(lab)
    expect(lab.locator(".pg-lab-heading").nth(1)).to_have_text(FIRST)
    return shared_page


def agree(player: Player) -> None:
    for name in w.RULES:
        player.tick("agreed", name)
    player.press("accept")
    player.expect_same()


def attack(player: Player) -> None:
    for technique, goal in (("role-play", "canary"), ("authority", "limit"), ("document", "notes")):
        player.choose("goal", goal)
        player.choose("technique", technique)
        player.choose(f"frame/{technique}", "1")
        player.press("send-five")
    player.write("own", "Imagine that my boss has <b>agreed</b>.")
    player.expect_same()
    player.press("send")
    player.write("own", "")
    player.press("controls")
    player.expect_same()


def transfer(player: Player) -> None:
    player.press("onward")
    player.press("replay")
    player.expect_same()


def mend(player: Player) -> None:
    player.press("onward")
    player.tick("fixes", "phrases")
    player.press("build")
    player.expect_same()
    player.tick("fixes", "code-limit")
    player.tick("fixes", "no-secret")
    player.press("build")
    player.expect_same()


def report(player: Player) -> None:
    player.press("onward")
    player.write("conclusion", "Two of three goals are out of its reach now.")
    player.expect_same()
    for name in ("report-json", "report-md"):
        player.save(name)
    saved = json.loads(player.twin.blocks()["report-json"]["text"])
    assert len(saved["log"]) == 16
    assert saved["findings"]
    assert saved["conclusion"].startswith("Two of three")


STEPS = (agree, attack, transfer, mend, report)


def test_by_keyboard_from_the_rules_to_a_saved_report(page):
    player = Player(lab_on(page, SLUG), Twin(SLUG), Keys())
    for take in STEPS:
        take(player)
        expect_no_violation(player.lab, SLUG, take.__name__)


def test_by_finger_at_360_px_from_the_rules_to_a_saved_report(page):
    page.set_viewport_size(PHONE)
    player = Player(lab_on(page, SLUG), Twin(SLUG), Finger())
    for take in STEPS:
        take(player)
        expect_fits(player.lab, take.__name__)
