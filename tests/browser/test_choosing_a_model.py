"""Choosing a model, from the first prediction to the last item, at the keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from proxygap.grading import runner
from proxygap.grading.exercises import find
from proxygap.quiz import load_quiz
from proxygap.simulations import get
from tests.browser.learner import answer, element, final_quiz, press
from tests.browser.reach import expect_no_sideways, reach, settle
from tests.browser.twin import PYTHON_UP
from tests.quiz.test_item_bank import key_of

pytestmark = pytest.mark.browser

CHAPTER = "chapters/choosing-a-model.html"
QUIZ = load_quiz("choosing-a-model")
EXERCISES = [find("choosing-a-model/wilson"), find("choosing-a-model/expected-cost")]


def predict(page: Page, slug: str) -> None:
    """Place the point one step from the middle, be sure, look, and read what Python says."""
    simulation, box = get(slug), element(page, "explorer", slug)
    reach(box, box.get_by_role("slider", name="Your prediction"))
    press(box.get_by_role("slider", name="Your prediction"), "ArrowRight")
    press(box.get_by_role("radio").first, "Space")
    press(box.get_by_role("button", name="Show me", exact=True), "Enter")
    outcome = round(simulation.prediction.outcome(simulation.run_at()))
    expect(box.locator(".pg-outcome-text")).to_contain_text(f"It came out at {outcome}")
    expect(box.locator(".pg-summary")).to_have_text(simulation.summarise())


def explore(page: Page) -> None:
    """Move every control; each state says what Python says."""
    box, simulation = element(page, "explorer", "telling-apart"), get("telling-apart")
    press(box.get_by_role("slider", name="Items that each model answers"), "End")
    press(box.get_by_role("radio", name="5 % and 5 %: no difference"), "Space")
    expect(box.locator(".pg-summary")).to_have_text(
        simulation.summarise(n=200.0, rates="5 % and 5 %")
    )
    box, simulation = element(page, "explorer", "break-even"), get("break-even")
    press(box.get_by_role("slider", name="Share of requests that should be refused"), "Home")
    press(box.get_by_role("slider", name="One harmful answer is as bad as"), "Home", "ArrowRight")
    expect(box.locator(".pg-summary")).to_have_text(
        simulation.summarise(prevalence=0.0001, ratio=3.0)
    )
    box, simulation = element(page, "explorer", "published-refusals"), get("published-refusals")
    press(box.get_by_role("radio", name="an answer"), "Space")
    expect(box.locator(".pg-summary")).to_have_text(simulation.summarise(partial="an answer"))


def solve(page: Page) -> None:
    """Write both solutions, leave the editor with Escape, run."""
    for exercise in EXERCISES:
        box = element(page, "exercise", exercise.slug)
        reach(box, box.get_by_role("textbox"))
        press(box.get_by_role("textbox"), "ControlOrMeta+a")
        page.keyboard.insert_text(exercise.solution)
        page.keyboard.press("Escape")
        press(box.get_by_role("button", name="Run and check"), "Enter")
        checks = len(runner.grade(exercise, exercise.solution).checks)
        solved = box.get_by_text(f"Solved: all {checks} checks passed.")
        expect(solved).to_be_visible(timeout=PYTHON_UP)


def finish_the_quiz(page: Page) -> None:
    quiz = final_quiz(page)
    for item in QUIZ.items:
        answer(quiz.locator("form"), item, key_of(item))
        expect(quiz.locator(".pg-quiz-outcome")).to_have_text("Right.")
        press(quiz.locator(".pg-quiz-navigation button").last, "Enter")
    expect(quiz.locator(".pg-quiz-score")).to_contain_text(str(len(QUIZ.items)))


def test_the_chapter_is_finished_by_keyboard_alone(open_page):
    page = open_page(CHAPTER, reduced_motion=True)
    for slug in ("published-refusals", "telling-apart", "break-even"):
        predict(page, slug)
    explore(page)
    solve(page)
    finish_the_quiz(page)


def test_nothing_sticks_out_on_a_phone(open_page):
    page = open_page(CHAPTER, width=360, scheme="dark")
    settle(page)
    expect_no_sideways(page, 360)
