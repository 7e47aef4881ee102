"""The progress page: what was answered, predicted and solved, and what it is worth."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from proxygap.bank.mastery import ENOUGH
from proxygap.quiz import load_misconceptions
from tests.browser.learner import CHAPTER, final_quiz, press
from tests.browser.progress_page import (
    COUNT,
    FIRST,
    PROGRESS,
    SECOND,
    SECOND_WRONG,
    answer_first_two,
    file_of,
    go,
    kept,
    load,
    overview,
    record,
    saved_file,
)  # fmt: skip
from tests.browser.reach import expect_no_sideways

pytestmark = pytest.mark.browser

BELIEF = next(o.misconception for o in SECOND.body.options if o.id == SECOND_WRONG)


def test_an_empty_page_says_where_to_begin(profile):
    page = profile(PROGRESS)
    element = overview(page)
    expect(element).to_contain_text("Nothing yet.")
    expect(element.get_by_role("link").first).to_have_attribute(
        "href", "chapters/why-alignment-is-hard.html"
    )
    expect(element).to_contain_text("Nothing is kept in this browser yet.")


def test_answers_show_with_their_first_try_and_the_belief_behind(profile, site_url):
    page = profile(CHAPTER)
    answer_first_two(page)
    element = overview(go(page, site_url, PROGRESS))
    expect(element).to_contain_text(f"1 of {COUNT} right, 1 at the first try; 2 answered")
    expect(element).to_contain_text("Beliefs worth another look")
    belief = load_misconceptions()[BELIEF]
    link = element.get_by_role("link", name=f"“{belief.title}”")
    expect(link).to_have_attribute("href", f"chapters/{belief.chapter}.html#{belief.section}")


def test_predictions_are_scored_by_calibration(profile):
    """Brier: ((0.9 − 1)² + (0.5 − 0)² + (0.75 − 1)²) / 3 = 0.1075; the skipped one is left out."""
    page = profile(PROGRESS)
    overview(page)

    def made(name, given, confidence, outcome):
        return record("prediction", name, {"id": name, "given": given, "skipped": given is None,
                      "confidence": confidence, "outcome": outcome, "tolerance": 15})  # fmt: skip

    load(page, file_of(
        made("boat-race-performance", 10, 90, 0.65),
        made("b", 80, 50, 0),
        made("c", -15, 75, 0),
        made("d", None, None, 0),
    ))  # fmt: skip
    expect(overview(page)).to_contain_text(
        "2 of the 3 things you said came true, and you were 72 %"
    )
    expect(overview(page)).to_contain_text("Brier score: 0.11")
    expect(overview(page)).to_contain_text("That is too few to say")
    expect(overview(page)).to_contain_text("you said 10, 90 % sure; it was 0.7")


def test_erasing_asks_first_and_escape_keeps_everything(profile, site_url):
    page = profile(CHAPTER)
    answer_first_two(page)
    element = overview(go(page, site_url, PROGRESS))
    dialog = page.get_by_role("dialog")
    press(page.get_by_role("button", name="Erase everything"), "Enter")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(element).to_contain_text(f"1 of {COUNT} right")
    press(page.get_by_role("button", name="Erase everything"), "Enter")
    press(dialog.get_by_role("button", name="Erase everything"), "Enter")
    expect(element).to_contain_text("Nothing yet.")
    expect(page.locator(".pg-progress-status")).to_contain_text("Nothing of yours is left")
    expect(final_quiz(go(page, site_url, CHAPTER)).locator(".pg-quiz-count")).to_have_text(
        f"Question 1 of {COUNT}"
    )


def test_nothing_is_ever_sent(profile, site_url):
    page = profile(CHAPTER)
    sent = []
    page.on("request", lambda request: request.method != "GET" and sent.append(request.url))
    answer_first_two(page)
    overview(go(page, site_url, PROGRESS))
    saved_file(page)
    assert sent == []


def test_the_progress_page_fits_a_phone(profile):
    page = profile(PROGRESS, width=360)
    overview(page)
    load(page, file_of(record("answer", FIRST.id, kept())))
    expect_no_sideways(page, 360)


def said(name, confidence, hits):
    """Return the record of a prediction that came true or did not."""
    value = {"id": name, "given": 1, "skipped": False, "confidence": confidence,
             "outcome": 1 if hits else 9, "tolerance": 0}  # fmt: skip
    return record("prediction", name, value)


def test_enough_statements_are_drawn_and_the_picture_has_words(profile):
    page = profile(PROGRESS)
    overview(page)
    stated = enumerate([(90, True), (90, True), (90, False), (50, False)])
    load(page, file_of(*[said(f"p{i}", *one) for i, one in stated]))
    picture = overview(page).locator(".pg-calibration")
    expect(picture).to_have_count(0)  # four statements show chance
    load(page, file_of(said("p9", 50, True)))
    expect(picture.locator("circle")).to_have_count(2)
    expect(picture.get_by_role("img")).to_have_attribute(
        "aria-label",
        "Of 2 at about 50 % sure, 1 came true. Of 3 at about 90 % sure, 2 came true.",
    )


def test_what_is_known_without_help_counts_the_first_try_and_the_review(profile):
    page = profile(PROGRESS)
    overview(page)
    second = record("answer", SECOND.id, kept("x", "wrong", 0))
    load(page, file_of(record("answer", FIRST.id, kept()), second))
    share = f"{int(100 / ENOUGH)} % without help; 80 % is mastery"
    expect(overview(page)).to_contain_text(share)
    expect(overview(page)).to_contain_text("1 question is due")
    value = {"item": SECOND.id, "response": "y", "outcome": "correct", "credit": 1,
             "confidence": 90}  # fmt: skip
    load(page, file_of(record("review", f"{SECOND.id}@x", value, "2026-01-03T00:00:00.000Z")))
    expect(overview(page)).to_contain_text(f"{int(200 / ENOUGH)} % without help")
