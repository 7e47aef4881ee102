"""One learner, one sitting, no mouse: the whole chapter from the prediction to a new profile.

Every element is reached with Tab, as somebody does who has nothing else; foreign origins are
blocked throughout (see conftest), so nothing on the way needs a network.
"""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from proxygap.grading import runner
from proxygap.grading.exercises import find
from proxygap.quiz import load_quiz
from proxygap.simulations import get
from tests.browser.learner import CHAPTER, answer, element, final_quiz
from tests.browser.reach import reach
from tests.browser.twin import PYTHON_UP
from tests.quiz.test_item_bank import key_of

pytestmark = pytest.mark.browser

RACE = get("boat-race")
QUIZ = load_quiz("specification-gaming")
EXERCISE = find("specification-gaming/ungameable-reward")
MOST_STOPS = 400
IS_FOCUSED = "(element) => element === document.activeElement"


def tab_to(page: Page, target: Locator) -> Locator:
    """Press Tab until `target` has the focus; fail if the keyboard never gets there."""
    expect(target).to_be_attached()
    for _ in range(MOST_STOPS):
        if target.evaluate(IS_FOCUSED):
            return target
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_STOPS} presses of Tab do not reach {target}")


def press(page: Page, target: Locator, *keys: str) -> None:
    tab_to(page, target)
    for key in keys:
        page.keyboard.press(key)


def predict(page: Page) -> None:
    """Place the point at 30, be fairly sure, and look."""
    box = element(page, "explorer", "boat-race")
    slider = box.get_by_role("slider", name="Your prediction")
    reach(box, slider)
    press(page, slider, *["ArrowRight"] * 6)
    press(page, box.get_by_role("radio").first, "Space", "ArrowDown", "ArrowDown")
    press(page, box.get_by_role("button", name="Show me", exact=True), "Enter")
    outcome = round(RACE.prediction.outcome(RACE.run_at()))
    expect(box.locator(".pg-outcome-text")).to_contain_text(
        f"You predicted 30. It came out at {outcome}: {30 - outcome} lower."
    )


def play(page: Page) -> None:
    """Move the slider back to 150 races and read what Python says of them."""
    box = element(page, "explorer", "boat-race")
    press(page, box.get_by_role("slider", name="Races trained"), *["ArrowLeft"] * 5)
    expect(box.locator(".pg-summary")).to_have_text(RACE.summarise(episodes=150))


def write_the_reward(page: Page) -> None:
    """Take the points back when the boat backs off an arrow; the boat races."""
    lab = element(page, "lab", "write-the-reward")
    field = lab.get_by_role("textbox", name="Leaving an arrow backwards", exact=True)
    reach(lab, field)
    press(page, field, "ArrowDown", "ArrowDown", "ArrowDown")
    press(page, lab.get_by_role("radio", name="It races, lap after lap"), "Space")
    press(page, lab.locator(".pg-button-main"), "Enter")
    expect(lab.locator(".pg-lab-result")).to_contain_text("the boat races", timeout=PYTHON_UP)


def solve(page: Page) -> None:
    """Type a solution, leave the editor with Escape and Tab, run it."""
    box = element(page, "exercise", EXERCISE.slug)
    editor = box.get_by_role("textbox")
    reach(box, editor)
    press(page, editor, "ControlOrMeta+a")
    page.keyboard.type("def reward(step):\n")
    page.keyboard.type("return -1 + 3 * step.arrow_forward - 3 * step.arrow_undone")
    page.keyboard.press("Escape")
    press(page, box.get_by_role("button", name="Run and check"), "Enter")
    solved = runner.grade(EXERCISE, EXERCISE.solution)
    expect(box.get_by_text(f"Solved: all {len(solved.checks)} checks passed.")).to_be_visible(
        timeout=PYTHON_UP
    )


def finish_the_quiz(page: Page) -> None:
    quiz = final_quiz(page)
    for item in QUIZ.items:
        answer(quiz.locator("form"), item, key_of(item))
        expect(quiz.locator(".pg-quiz-outcome")).to_have_text("Right.")
        press(page, quiz.locator(".pg-quiz-navigation button").last, "Enter")
    expect(quiz.locator(".pg-quiz-score")).to_contain_text(str(len(QUIZ.items)))


def export(page: Page) -> str:
    with page.expect_download() as download:
        press(page, page.get_by_role("button", name="Save to a file"), "Enter")
    return download.value.path().read_text(encoding="utf-8")


def overview(page: Page) -> Locator:
    """Return what the progress page says the learner has done."""
    expect(page.locator("pg-progress")).to_have_attribute("data-ready", "true")
    return page.locator(".pg-progress-overview")


def test_a_chapter_is_finished_by_keyboard_alone_and_moves_to_a_new_profile(open_page, site_url):
    page = open_page(CHAPTER, reduced_motion=True)
    predict(page)
    play(page)
    write_the_reward(page)
    solve(page)
    finish_the_quiz(page)

    page.goto(site_url + "progress.html")
    here, file = overview(page).text_content() or "", export(page)
    kinds = {record["kind"] for record in json.loads(file)["records"]}
    assert {"prediction", "lab", "exercise", "code", "answer"} <= kinds

    elsewhere = open_page("progress.html")
    expect(overview(elsewhere)).to_contain_text("Nothing yet.")
    with elsewhere.expect_file_chooser() as chooser:
        press(elsewhere, elsewhere.get_by_role("button", name="Load from a file"), "Enter")
    chooser.value.set_files(
        {"name": "progress.json", "mimeType": "application/json", "buffer": file.encode()}
    )
    expect(elsewhere.locator(".pg-progress-status")).to_contain_text("Loaded:")
    expect(overview(elsewhere)).to_have_text(here)

    elsewhere.goto(site_url + CHAPTER)
    kept = element(elsewhere, "exercise", EXERCISE.slug)
    reach(kept, kept.get_by_role("textbox"))
    expect(kept.get_by_role("textbox")).to_contain_text("step.arrow_undone")
