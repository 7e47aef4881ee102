"""The stack builder on its page: rails are written, broken, mended, tested and saved.

Once by keyboard at 1280 px and once by finger at 360 px, on one page, since a start of Python takes
seconds. Everything on the page is compared with what Python computes from the same actions.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from proxygap.labs.stack_builder.starts import STARTS
from tests.browser.hands import Finger, Hands, Keys, Player
from tests.browser.twin import (
    PHONE,
    PYTHON_UP,
    WIDE,
    Twin,
    begin_anew,
    expect_fits,
    expect_no_violation,
    lab_on,
    touch_screen,
)

pytestmark = pytest.mark.browser

CHAPTER = "chapters/guardrails.html"
SLUG = "stack-builder"
BROKEN = STARTS["layers"][1].replace("'who has borrowed'", "'(who+)+ has'")
MENDED = STARTS["layers"][1].replace("'who has borrowed'", "'(who|what) has .{0,30}borrowed'")


@pytest.fixture(scope="module")
def shared_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The chapter on a screen that can also be touched."""
    with touch_screen(browser, site_url + CHAPTER) as page:
        yield page


def player_on(page: Page, hands: Hands) -> Player:
    lab = lab_on(page, SLUG)
    begin_anew(lab)
    player = Player(lab, Twin(SLUG), hands)
    player.expect_same()
    return player


def play(player: Player) -> None:
    """Take an example, break it, mend it, test it, break the service, and save the files."""
    player.choose("start", "layers")
    player.expect_same()
    player.write("text", BROKEN)
    player.press("run")
    problem = player.lab.locator(".pg-field-code .pg-field-problem")
    expect(problem).to_have_text(player.twin.blocks()["text"]["problem"], timeout=PYTHON_UP)
    expect(problem).to_contain_text("Line 20: “(who+)+ has” cannot be used")
    expect(player.lab.locator(".pg-code-field")).to_have_value(BROKEN)
    player.write("text", MENDED)
    player.press("run")
    expect(problem).to_have_text("")
    player.choose("kin", "other")
    player.press("look")
    player.choose("prevalence", "1 in 100")
    player.slide_to_the_end("volume")
    player.choose("failure", "closed")
    player.press("plug")
    player.expect_same()
    for name in ("config", "rails", "actions", "try_it"):
        player.save(name)


def test_by_keyboard_at_1280_px(shared_page):
    shared_page.set_viewport_size(WIDE)
    player = player_on(shared_page, Keys())
    expect_no_violation(player.lab, SLUG, "at the start")
    play(player)
    expect_no_violation(player.lab, SLUG, "at the end")


def test_by_finger_at_360_px(shared_page):
    shared_page.set_viewport_size(PHONE)
    player = player_on(shared_page, Finger())
    expect_fits(player.lab, "at the start")
    play(player)
    expect_fits(player.lab, "at the end")
