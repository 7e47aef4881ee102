"""What was missed comes back on the day it is due, in any time zone, and only what is due loads."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.learner import CHAPTER, answer, final_quiz, form_of, give, press
from tests.browser.progress_page import (
    FIRST,
    PROGRESS,
    SECOND,
    SECOND_WRONG,
    alive,
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
from tests.browser.test_quiz import run_axe
from tests.quiz.test_item_bank import key_of

pytestmark = pytest.mark.browser

REVIEW = "review.html"
MISSED = "2026-03-01T18:30:00Z"
NEXT_DAY = "2026-03-02T18:00:00Z"


def missed(item=SECOND, response=SECOND_WRONG, at="2026-03-01T18:30:00.000Z"):
    return record("answer", item.id, kept(response, "wrong", 0), at=at)


def score_line(page):
    return page.locator(".pg-quiz-score")


def begin(page):
    """Press the button that begins the review; return the form of the first question."""
    press(page.get_by_role("button", name="Review"), "Enter")
    expect(page.locator(".pg-review-question .pg-quiz-count")).to_be_focused()
    return page.locator(".pg-review-question form")


def test_a_missed_question_comes_back_the_next_day_and_moves_with_its_file(profile, site_url):
    page = profile(CHAPTER, now=MISSED, timezone_id="Europe/London", locale="en-GB")
    answer_first_two(page)
    alive(go(page, site_url, REVIEW), "pg-review")
    expect(score_line(page)).to_have_text("Nothing is due now. The next comes back tomorrow.")
    expect(page.get_by_role("button", name="Review")).to_have_count(0)

    fetched = []
    page.on("request", lambda request: "/items/" in request.url and fetched.append(request.url))
    page.clock.set_fixed_time(NEXT_DAY)
    alive(go(page, site_url, REVIEW), "pg-review")
    expect(score_line(page)).to_have_text("1 question is due.")
    assert fetched == []
    form = begin(page)
    assert len(fetched) == 1
    assert "/items/specification-gaming." in fetched[0]
    expect(form).to_have_attribute("data-item", SECOND.id)
    give(form, SECOND, key_of(SECOND))
    press(form.get_by_role("radio", name="Very sure"), "Space")
    press(form.get_by_role("button", name="Check"), "Enter")
    expect(form.locator(".pg-quiz-outcome")).to_have_text("Right.")
    expect(form.get_by_role("button", name="Try again")).to_have_count(0)
    expect(page.locator(".pg-review-when")).to_have_text(
        "It comes back on Saturday 7 March, in 5 days."
    )
    press(page.get_by_role("button", name="Finish"), "Enter")
    expect(page.locator(".pg-review-status")).to_have_text("Done: 1 of 1 question right.")
    expect(score_line(page)).to_be_focused()

    overview(go(page, site_url, PROGRESS))
    text = saved_file(page)
    # Where it is already the morning of the third, seven hours before the same instant.
    elsewhere = profile(PROGRESS, now=NEXT_DAY, timezone_id="Pacific/Auckland", locale="en-NZ")
    overview(elsewhere)
    load(elsewhere, text)
    alive(go(elsewhere, site_url, REVIEW), "pg-review")
    expect(score_line(elsewhere)).to_have_text(
        "Nothing is due now. The next comes back on Sunday 8 March, in 5 days."
    )
    quiz = final_quiz(go(elsewhere, site_url, CHAPTER))
    press(quiz.get_by_role("button", name="Back"), "Enter")
    expect(form_of(quiz, SECOND).locator(".pg-quiz-outcome")).to_have_text("Right.")


def test_missing_it_again_brings_it_back_the_day_after(profile, site_url):
    page = profile(PROGRESS, now=NEXT_DAY)
    overview(page)
    load(page, file_of(missed()))
    alive(go(page, site_url, REVIEW), "pg-review")
    answer(begin(page), SECOND, SECOND_WRONG)
    expect(page.locator(".pg-review-when")).to_have_text("It comes back tomorrow.")


def test_a_question_that_the_course_lost_or_rewrote_is_told_and_the_rest_goes_on(profile, site_url):
    page = profile(PROGRESS, now="2026-04-01T12:00:00Z")
    overview(page)
    gone = record("answer", "sg-gone", kept("x", "wrong", 0), at="2026-03-01T18:30:00.000Z")
    load(page, file_of(gone, missed(), missed(FIRST, ["o0000000"], "2026-03-09T00:00:00.000Z")))
    expect(overview(page)).to_contain_text(
        "1 answer is to a question that this edition of the course does not have; kept, but not"
    )
    alive(go(page, site_url, REVIEW), "pg-review")
    expect(score_line(page)).to_have_text("2 questions are due.")
    expect(page.locator(".pg-review-gone")).to_have_text(
        "1 question that you missed is no longer in the course and will not come back."
    )
    note = page.locator(".pg-review-note")
    answer(begin(page), SECOND, key_of(SECOND))  # the longest overdue first
    expect(note).to_have_count(0)
    press(page.get_by_role("button", name="Next"), "Enter")
    expect(note).to_have_text("This question was rewritten since you answered it.")
    answer(page.locator(".pg-review-question form"), FIRST, key_of(FIRST))
    press(page.get_by_role("button", name="Finish"), "Enter")
    expect(page.locator(".pg-review-status")).to_have_text("Done: 2 of 2 questions right.")


def test_questions_that_cannot_be_fetched_are_told(profile, guard, site_url):
    page = profile(PROGRESS, now=NEXT_DAY)
    overview(page)
    load(page, file_of(missed()))
    guard.expect("Failed to load resource")
    page.route("**/items/*.json", lambda route: route.abort())
    alive(go(page, site_url, REVIEW), "pg-review")
    press(page.get_by_role("button", name="Review"), "Enter")
    expect(page.locator(".pg-review-status")).to_contain_text("could not be fetched. Reload")
    page.unroute("**/items/*.json")
    alive(go(page, site_url, REVIEW), "pg-review")
    expect(begin(page)).to_be_visible()


def test_where_nothing_was_missed_the_page_says_what_will_come(profile):
    page = profile(REVIEW)
    element = alive(page, "pg-review")
    expect(element).to_contain_text("Nothing to review yet.")
    expect(element.get_by_role("link")).to_have_attribute(
        "href", "chapters/why-alignment-is-hard.html"
    )


def test_without_script_the_page_says_why_it_is_empty(open_page):
    page = open_page(REVIEW, javascript=False)
    expect(page.locator("noscript p")).to_contain_text("This page needs JavaScript to read it")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_review_fits_a_phone_and_passes_axe(profile, site_url, scheme):
    page = profile(PROGRESS, now=NEXT_DAY, width=360, color_scheme=scheme)
    overview(page)
    load(page, file_of(missed()))
    alive(go(page, site_url, REVIEW), "pg-review")
    assert run_axe(page, "pg-review") == []
    answer(begin(page), SECOND, key_of(SECOND))
    assert run_axe(page, "pg-review") == []
    expect_no_sideways(page, 360)
