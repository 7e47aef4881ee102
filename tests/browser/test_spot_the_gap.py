"""Spot the gap on a page: one incident by keyboard, on a phone, as Python's reducer has it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from proxygap.labs import get
from proxygap.labs.spot_the_gap.incidents import ASPECTS
from proxygap.labs.spot_the_gap.lab import INCIDENTS
from tests.browser.axe import violations
from tests.browser.reach import reach
from tests.browser.twin import PYTHON_UP, expect_fits

pytestmark = pytest.mark.browser

CHAPTER = "chapters/specification-gaming.html"
LAB = get("spot-the-gap")
BOAT, *_ = INCIDENTS.values()
FIRST_ANSWERS = [
    {"type": "choose", "id": f"{BOAT.slug}/{name}", "value": next(iter(BOAT.options(name)))}
    for name in ASPECTS
]


def after(*actions: dict[str, Any]) -> list[dict[str, Any]]:
    """The sections that Python shows after these actions."""
    state = LAB.initial()
    for action in actions:
        state = LAB.update(state, action)
    return LAB.view(state).as_data()["sections"]


def lab_on(page: Page) -> Locator:
    lab = page.locator('pg-lab[data-slug="spot-the-gap"]')
    return reach(lab, lab.locator(".pg-lab"))


def heading(lab: Locator) -> Locator:
    return lab.locator(".pg-lab-result .pg-lab-heading")


def expect_texts(lab: Locator, section: dict[str, Any]) -> None:
    """Compare heading and paragraphs of the result with what Python says."""
    expect(heading(lab)).to_have_text(section["title"], timeout=PYTHON_UP)
    texts = [
        f"{block['title']} {block['text']}".strip()
        for block in section["blocks"]
        if block["kind"] in {"text", "link"}
    ]
    expect(lab.locator(".pg-lab-result .pg-lab-text")).to_have_text(texts)


def test_by_keyboard_on_a_phone_an_incident_is_marked_and_compared(open_page):
    page = open_page(CHAPTER, width=360, reduced_motion=True)
    lab = lab_on(page)
    expect_texts(lab, after()[1])
    lab.get_by_role("link", name=BOAT.cited).focus()
    for _ in ASPECTS:
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(lab.get_by_role("button", name="Compare with the expert")).to_be_focused()
    page.keyboard.press("Enter")
    sections = after(*FIRST_ANSWERS, {"type": "compare"})
    expect_texts(lab, sections[1])
    expect(heading(lab)).to_be_focused()
    expect(heading(lab)).to_be_in_viewport()
    marked = sections[2]["blocks"][0]["scores"]
    expect(lab.locator(".pg-score dd:not(.pg-score-bar)")).to_have_text([s["text"] for s in marked])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _, second, *_ = INCIDENTS.values()
    expect(heading(lab)).to_have_text(f"{second.title}, {second.when}")
    expect(lab.get_by_role("radio", checked=True)).to_have_count(0)
    expect_fits(lab, "the next incident")


def test_what_was_marked_is_there_after_a_reload(open_page):
    page = open_page(CHAPTER)
    lab = lab_on(page)
    lab.get_by_role("radio", name=BOAT.questions["goal"].right).check()
    lab.get_by_role("button", name="Compare with the expert").press("Enter")
    told = lab.get_by_text("Still open: the proxy, how it was found, what would have caught it.")
    expect(told.first).to_be_visible(timeout=PYTHON_UP)
    page.reload()
    lab = lab_on(page)
    expect(lab.get_by_role("radio", name=BOAT.questions["goal"].right)).to_be_checked()


def test_the_source_is_a_link_that_leads_out(open_page):
    link = lab_on(open_page(CHAPTER)).get_by_role("link", name=BOAT.cited)
    expect(link).to_have_attribute("href", BOAT.url)
    expect(link).to_have_attribute("rel", "external noopener")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, scheme):
    page = open_page(CHAPTER, scheme=scheme)
    lab_on(page)
    assert violations(page, 'pg-lab[data-slug="spot-the-gap"]') == []
