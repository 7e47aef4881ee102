"""A link carries an explorer's settings to somebody else."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from proxygap.simulations import get
from tests.browser.learner import CHAPTER, element
from tests.browser.reach import reach

pytestmark = pytest.mark.browser

RACE = get("boat-race")
ASKED = "?boat-race.episodes=40&boat-race.reward=goal"


def opened(page: Page) -> Locator:
    """Return the boat race with its question skipped."""
    box = element(page, "explorer", "boat-race")
    skip = box.get_by_role("button", name="Skip, just show me")
    reach(box, skip)
    skip.press("Enter")
    return box


def test_a_link_opens_the_explorer_at_its_settings(open_page):
    box = opened(open_page(CHAPTER + ASKED))
    expect(box.locator(".pg-summary")).to_have_text(RACE.summarise(episodes=40.0, reward="goal"))
    expect(box.locator(".pg-link-problem")).to_have_count(0)


def test_the_copied_link_leads_back_to_the_same_state(open_page):
    page = open_page(CHAPTER, permissions=["clipboard-read", "clipboard-write"])
    box = opened(page)
    box.get_by_role("slider", name="Races trained").press("Home")
    box.get_by_role("button", name="Copy a link to these settings").press("Enter")
    expect(box.get_by_text("The link is on your clipboard.")).to_be_visible()
    link = urlsplit(page.evaluate("navigator.clipboard.readText()"))
    assert parse_qs(link.query) == {"boat-race.episodes": ["10"], "boat-race.reward": ["arrows"]}
    assert link.fragment == "predict"

    other = opened(open_page(f"{CHAPTER}?{link.query}"))
    expect(other.locator(".pg-summary")).to_have_text(RACE.summarise(episodes=10.0))


def test_where_the_clipboard_is_closed_the_link_stands_in_a_field(open_page):
    page = open_page(CHAPTER)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    box = opened(page)
    box.get_by_role("button", name="Copy a link to these settings").press("Enter")
    field = box.get_by_role("textbox", name="Link")
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile(r"boat-race\.episodes=200"))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            "boat-race.episodes=5000",
            (
                "The link asks for “Races trained” at “5000”, which is not on offer "
                "(steps from 10 races to 200 races). You see 200 races instead."
            ),
        ),
        (
            "boat-race.reward=%3Cb%3Egold",
            (
                "The link asks for “What the boat is paid for” at “<b>gold”, which is not on offer "
                "(arrows, entry-penalty, symmetric, goal). "
                "You see +3 for entering an arrow instead."
            ),
        ),
        (
            "boat-race.speed=9",
            (
                "The link sets “speed”, which this picture does not have (episodes, reward). "
                "It was left out."
            ),
        ),
    ],
)
def test_what_a_link_asks_in_vain_is_said_and_the_default_is_shown(open_page, asked, sentence):
    box = opened(open_page(f"{CHAPTER}?{asked}"))
    expect(box.locator(".pg-link-problem")).to_have_text(sentence)
    expect(box.locator(".pg-summary")).to_have_text(RACE.summarise())
