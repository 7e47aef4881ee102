"""Definitions on cards: by pointing, by keyboard, by tap; gone with Escape; without script."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from proxygap.glossary import load_glossary
from proxygap.presentation.claims import in_words
from proxygap.quiz import load_misconceptions
from proxygap.simulations import get
from tests.browser.axe import TWO_FRAMES, violations
from tests.browser.reach import box_of, eventually, expect_no_sideways, reach, settle

pytestmark = pytest.mark.browser

CHAPTER = "chapters/why-alignment-is-hard.html"
TERM = load_glossary().terms["proxy-objective"]
NARROW = 360


def link_to(page: Page, term: str = "proxy-objective"):
    return page.locator(f"a.pg-term[href$='#term-{term}']").first


def card_of(page: Page):
    return page.locator(".pg-card")


def ready(page: Page, term: str = "proxy-objective"):
    """Bring a term into view, where it stays."""
    settle(page)
    page.evaluate(TWO_FRAMES)
    link_to(page, term).scroll_into_view_if_needed()
    return link_to(page, term)


def focus_by_keyboard(page: Page) -> None:
    """Put the focus just before the term, then press Tab."""
    page.evaluate(
        """link => {
            const before = document.createElement("span");
            before.tabIndex = -1;
            link.before(before);
            before.focus();
        }""",
        link_to(page).element_handle(),
    )
    page.keyboard.press("Tab")
    expect(link_to(page)).to_be_focused()


def expect_shown_whole(page: Page) -> None:
    def check() -> None:
        box, size = box_of(card_of(page)), page.viewport_size
        assert min(box["x"], box["y"]) >= 0
        assert box["x"] + box["width"] <= size["width"]
        assert box["y"] + box["height"] <= size["height"]

    eventually(page, check)


@pytest.fixture
def page(open_page):
    return open_page(CHAPTER)


def test_pointing_at_a_term_shows_its_definition_which_can_be_pointed_at(page):
    link = ready(page)
    paragraph = "link => JSON.stringify(link.closest('p').getBoundingClientRect())"
    link.hover()
    before = link.evaluate(paragraph)
    expect(card_of(page)).to_be_visible()
    expect(card_of(page).locator("strong")).to_have_text(TERM.name)
    expect(card_of(page).locator("p").first).to_have_text(TERM.definition)
    expect(card_of(page).locator(".pg-card-hint")).to_be_hidden()
    expect_shown_whole(page)
    assert link.evaluate(paragraph) == before, "nothing moves"
    card_of(page).hover()
    page.wait_for_function("new Promise(resolve => setTimeout(() => resolve(true), 400))")
    expect(card_of(page)).to_be_visible()
    page.mouse.move(2, 2)
    expect(card_of(page)).to_be_hidden()


def test_the_keyboard_shows_it_describes_the_link_and_escape_dismisses_it(page):
    link = ready(page)
    focus_by_keyboard(page)
    expect(card_of(page)).to_be_visible()
    expect(link).to_have_attribute("aria-describedby", card_of(page).get_attribute("id"))
    expect(card_of(page)).to_have_attribute("role", "tooltip")
    page.keyboard.press("Escape")
    expect(card_of(page)).to_be_hidden()
    expect(link).to_be_focused()
    expect(link).not_to_have_attribute("aria-describedby", re.compile(""))
    page.keyboard.press("Tab")  # to the next term
    expect(card_of(page).locator("strong")).to_have_text("Alignment")
    page.keyboard.press("Shift+Tab")
    expect(card_of(page).locator("strong")).to_have_text(TERM.name)
    page.evaluate("document.activeElement.blur()")
    expect(card_of(page)).to_be_hidden()


def test_escape_dismisses_it_under_the_pointer_until_it_comes_anew(page):
    ready(page).hover()
    expect(card_of(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card_of(page)).to_be_hidden()
    box = box_of(link_to(page))
    page.mouse.move(box["x"] + 6, box["y"] + box["height"] / 2)
    page.wait_for_function("new Promise(resolve => setTimeout(() => resolve(true), 400))")
    expect(card_of(page)).to_be_hidden()
    page.mouse.move(2, 2)
    link_to(page).hover()
    expect(card_of(page)).to_be_visible()


def test_enter_follows_the_link_to_the_entry(page):
    ready(page)
    focus_by_keyboard(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/appendix/glossary.html#term-proxy-objective")
    entry = page.locator("#term-proxy-objective")
    expect(entry).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_a_tap_shows_it_whole_and_a_second_tap_leads_on(open_page, scheme):
    page = open_page(CHAPTER, width=NARROW, scheme=scheme)
    ready(page).tap()
    expect(card_of(page)).to_be_visible()
    expect(card_of(page).locator(".pg-card-hint")).to_be_visible()
    assert page.url.endswith(CHAPTER), "the first tap stays on the page"
    expect_shown_whole(page)
    expect_no_sideways(page, NARROW)
    assert violations(page, ".pg-card, a.pg-term") == []
    page.locator("h1").tap()
    expect(card_of(page)).to_be_hidden()
    link_to(page).tap()
    expect(card_of(page)).to_be_visible()
    link_to(page).tap()
    page.wait_for_url("**/appendix/glossary.html#term-proxy-objective")


def test_without_script_a_term_is_a_link(open_page):
    page = open_page(CHAPTER, javascript=False)
    link_to(page).click()
    page.wait_for_url("**/appendix/glossary.html#term-proxy-objective")
    entry = page.locator("#term-proxy-objective + dd, #term-proxy-objective ~ dd").first
    expect(entry).to_contain_text(TERM.definition)
    entry.get_by_role("link", name="Why alignment is hard").click()
    page.wait_for_url(f"**/{CHAPTER}#*")


def test_what_shows_cards_is_small_and_comes_only_to_pages_with_terms(open_page):
    page = open_page("appendix/command-line.html")
    expect(page.locator(".pg-card")).to_have_count(0)
    chunk = next(path for path in _chunks() if "pg-card" in path.read_text(encoding="utf-8"))
    assert len(gzip.compress(chunk.read_bytes())) <= 2000


def _chunks() -> list[Path]:
    from proxygap.site.bundle import BUNDLE

    return sorted((BUNDLE / "chunks").glob("*.mjs"))


def test_a_wrong_answer_leads_to_its_misconception(open_page):
    page = open_page(CHAPTER)
    expect(page.locator("html")).to_have_attribute(
        "data-misconceptions", "../appendix/misconceptions.html"
    )
    form = page.locator("form[data-item='wh-gpt4o-signal']")
    reach(page.locator("pg-quiz", has=page.locator("[data-item='wh-gpt4o-signal']")).first, form)
    form.get_by_label("A designer had asked for a more flattering tone.").check()
    form.get_by_role("button", name="Check").click()
    belief = load_misconceptions()["gaming-is-malice"]
    form.get_by_role("link", name=belief.title).click()
    page.wait_for_url("**/appendix/misconceptions.html#gaming-is-malice")
    entry = page.locator("#gaming-is-malice")
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text("What is so.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["glossary", "misconceptions", "claims"])
def test_the_appendices_fit_a_phone_and_are_accessible(open_page, name, scheme):
    page = open_page(f"appendix/{name}.html", width=NARROW, scheme=scheme)
    settle(page)
    expect_no_sideways(page, NARROW)
    assert violations(page, "html") == []


def test_the_ledger_shows_what_python_measures(open_page):
    page = open_page("appendix/claims.html")
    rows = page.locator("section#capability-dial tbody tr")
    outcomes = get("capability-dial").verify()
    expect(rows).to_have_count(len(outcomes))
    for row, outcome in zip(rows.all(), outcomes, strict=True):
        expect(row.locator("td").first).to_contain_text(outcome.claim.text)
        expect(row.locator("td").last).to_have_text(in_words(outcome.measured))
