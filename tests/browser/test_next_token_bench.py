"""The next-token bench on its page: ten words by keyboard, the same bench by finger at 360 px.

Everything on the page is compared with what Python computes from the same actions. The tests
share one page, since a start of Python takes seconds; each begins anew.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from proxygap.labs.next_token_bench.material import passages
from proxygap.labs.next_token_bench.state import STEPS
from tests.browser.hands import Finger, Keys, Player
from tests.browser.twin import (
    PHONE,
    PYTHON_UP,
    WIDE,
    Twin,
    begin_anew,
    expect_fits,
    expect_no_violation,
    touch_screen,
)
from tests.browser.twin import lab_on as lab_called

pytestmark = pytest.mark.browser

CHAPTER = "chapters/language-models.html"
SLUG = "next-token-bench"
TEA = passages()["tea"].words


@pytest.fixture(scope="module")
def shared_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The chapter on a screen that can also be touched."""
    with touch_screen(browser, site_url + CHAPTER) as page:
        yield page


@pytest.fixture
def page(shared_page: Page) -> Page:
    """The shared page with nothing done."""
    shared_page.set_viewport_size(WIDE)
    shared_page.emulate_media(color_scheme="light")
    lab = lab_on(shared_page)
    begin_anew(lab)
    expect(lab.get_by_text("To make a pot of tea you need …")).to_be_visible(timeout=PYTHON_UP)
    return shared_page


def lab_on(page: Page) -> Locator:
    return lab_called(page, SLUG)


def press(player: Player, name: str) -> None:
    """Press a button that moves the lab on, and compare what came of it."""
    player.press(name)
    player.expect_same()


def guess(player: Player, at: int, word: str) -> None:
    player.write(f"word:tea/{at}", "full stop" if word == "." else word)
    press(player, "reveal")


def write_texts(player: Player) -> None:
    player.choose("step", "write")
    press(player, "text")
    player.slide_to_the_end("temperature")
    press(player, "text")
    assert len(player.twin.blocks()["texts"]["rows"]) == 2


def weigh(player: Player) -> None:
    player.choose("step", "weigh")
    player.choose("likeliest", "six")
    press(player, "weigh")
    assert player.twin.blocks()["told"]["title"] == "Not that one."


def test_by_keyboard_ten_words_are_guessed_texts_written_and_sentences_weighed(page):
    player = Player(lab_on(page), Twin(SLUG), Keys())
    press(player, "reveal")  # without a word
    assert "said" in player.twin.blocks()
    player.choose("pick:tea/0", "water")
    player.choose("sure", "50")
    press(player, "reveal")
    for at, word in enumerate(TEA[1:], 1):
        guess(player, at, word)
    assert player.twin.sections()[1]["title"].startswith("You 10.0 bits, the model 45.")
    write_texts(player)
    weigh(player)
    expect_no_violation(player.lab, SLUG, "weighed")


def test_by_finger_at_360_px_a_word_is_guessed_a_text_written_and_sentences_weighed(page):
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    player = Player(lab_on(page), Twin(SLUG), Finger())
    player.choose("pick:tea/0", "water")
    press(player, "reveal")
    guess(player, 1, "and")
    for take in (lambda _: None, write_texts, weigh):
        take(player)
        expect_fits(player.lab, player.twin.state["step"])
        expect_no_violation(player.lab, SLUG, player.twin.state["step"])
    assert player.twin.state["step"] == list(STEPS)[-1]
