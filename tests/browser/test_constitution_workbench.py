"""The constitution workbench on its page: by keyboard and by finger, as Python's reducer has it.

Both tests share one page, since a start of Python takes seconds. Each of them begins anew.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from proxygap.labs.constitution_workbench.library import LIBRARY
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

SLUG = "constitution-workbench"


@pytest.fixture(scope="module")
def shared_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The chapter on a screen that can also be touched."""
    with touch_screen(browser, f"{site_url}chapters/constitutional-ai.html") as page:
        yield page


def test_by_keyboard_a_constitution_is_broken_ordered_and_written(shared_page: Page):
    shared_page.set_viewport_size(WIDE)
    lab = lab_on(shared_page, SLUG)
    begin_anew(lab)
    player = Player(lab, Twin(SLUG), Keys())
    player.expect_same()
    player.press("break")
    player.press("train")
    player.expect_same()
    expect(
        lab.get_by_text("Of harmless requests that sound forbidden it refuses 99 %")
    ).to_have_count(1)
    player.press("down")
    player.choose("order", "p3")
    player.press("up")
    player.slide_to_the_end("accuracy")
    player.press("train")
    listed = [option["label"] for option in player.twin.blocks()["order"]["options"]]
    assert listed[0].startswith("1. Be correct.")
    expect(lab.locator(".pg-look-list .pg-choice")).to_contain_text(listed)
    player.write("text/p3", "Wisely answer <b>what</b> no rule forbids.")
    player.expect_same()
    player.choose("prompt", "shop-discount")
    player.pick_row("attempts", "1")
    player.expect_same()
    player.press("reuse")
    player.expect_same()
    assert "would be lost" in player.twin.state["said"]
    expect_no_violation(lab, SLUG, "after some work")


def test_by_finger_on_a_phone_a_principle_is_added_and_trained_by(shared_page: Page):
    shared_page.set_viewport_size(PHONE)
    lab = lab_on(shared_page, SLUG)
    begin_anew(lab)
    player = Player(lab, Twin(SLUG), Finger())
    player.expect_same()
    player.choose("candidate", "vague")
    player.press("add-ready")
    player.expect_same()
    expect(lab.get_by_role("textbox", name="The wording of the one that is picked")).to_have_value(
        LIBRARY["vague"].text
    )
    player.press("remove")
    player.choose("labels", "hard")
    player.press("train")
    player.expect_same()
    expect_fits(lab, "on a phone")
