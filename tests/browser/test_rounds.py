"""A bank of eighty in rounds of eight: chosen by keyboard, counted, kept, whole on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from proxygap.quiz import load_quiz
from proxygap.quiz.sets import by_family
from tests.browser.learner import answer, final_quiz, form_of, press
from tests.browser.reach import box_of, expect_no_sideways
from tests.browser.test_quiz import run_axe
from tests.quiz.test_item_bank import key_of

pytestmark = pytest.mark.browser

CHAPTER = "chapters/alignment-safety-ethics.html"
QUIZ = load_quiz("alignment-safety-ethics")
SETS = by_family(QUIZ.items)
DIAGNOSE = SETS[1]


def button(quiz: Locator, family: str, number: int) -> Locator:
    """Return the button of a round."""
    return quiz.get_by_role("button", name=f"{family}, Round {number}")


def test_a_round_is_chosen_answered_and_counted_by_keyboard(open_page):
    page = open_page(CHAPTER)
    quiz = final_quiz(page)
    total = quiz.locator(".pg-quiz-rounds > .pg-quiz-count")
    expect(total).to_have_text("80 questions in 10 rounds")
    expect(button(quiz, "Classify", 1)).to_have_attribute("aria-pressed", "true")
    press(button(quiz, "Diagnose", 2), "Enter")
    count = quiz.locator(".pg-quiz-open-round .pg-quiz-count")
    expect(count).to_be_focused()
    expect(count).to_have_text("Question 1 of 8")
    first = DIAGNOSE.rounds[1][0]
    answer(form_of(quiz, first), first, key_of(first))
    expect(button(quiz, "Diagnose", 2)).to_contain_text("1 of 8")
    expect(total).to_have_text("1 of 80 answered, 1 right")
    page.reload()
    quiz = final_quiz(page)
    expect(button(quiz, "Diagnose", 2)).to_contain_text("1 of 8")
    press(button(quiz, "Diagnose", 2), "Enter")
    expect(quiz.locator(".pg-quiz-open-round .pg-quiz-count")).to_have_text("Question 2 of 8")


def test_on_a_phone_nothing_is_cut_off_and_every_round_is_a_target(open_page):
    page = open_page(CHAPTER, width=360)
    quiz = final_quiz(page)
    expect_no_sideways(page, 360)
    for one in quiz.locator(".pg-quiz-round").all():
        box = box_of(one)
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= 360
    assert run_axe(page) == []


def test_on_paper_all_questions_stand_there(open_page):
    page = open_page(CHAPTER)
    quiz = final_quiz(page)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(quiz.locator("form")).to_have_count(len(QUIZ.items))
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(quiz.locator("form")).to_have_count(1)


def test_without_script_the_questions_are_folded_by_family(open_page):
    page = open_page(CHAPTER, javascript=False)
    quiz = page.locator("pg-quiz").last
    sets = quiz.locator("details.pg-quiz-set")
    expect(sets.locator("> summary")).to_have_text(
        [f"{one.title}: {len(one.items)} questions" for one in SETS]
    )
    inside = sets.first.locator("li[data-item]").first
    expect(inside).to_be_hidden()
    sets.first.locator("> summary").click()
    expect(inside).to_be_visible()
