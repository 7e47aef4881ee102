"""An exercise is solved in the page, and graded there as on the command line."""

from __future__ import annotations

import json
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from proxygap import cli
from proxygap.grading import exercises, runner
from tests.browser import exercise_page
from tests.browser.exercise_page import (
    CHAPTER,
    START_MS,
    call,
    exercise,
    press,
    write,
)
from tests.browser.learner import element
from tests.browser.reach import eventually, expect_no_sideways

pytestmark = pytest.mark.browser
warm_page = exercise_page.warm_page

RACE = exercises.find("specification-gaming/ungameable-reward")
GRADE = "proxygap.grading.page:grade"

COUNT_KEPT = """
addEventListener("pg-progress", ({detail}) => { document.body.dataset.kept = detail.kind; });
"""

AWKWARD = {
    "exit": "exit()\n",
    "recursion": "def f(n):\n    return f(n + 1)\nf(0)\n",
    "output": "while True:\n    print('spam')\n",
    "memory": "x = [0] * 10**12\n",
    "file": "open('solution.py').read()\n",
    "frame": "import sys\nsys._getframe(1)\n",
    "syntax": "def reward(step)\n    return 1\n",
    "name": "def reward(step):\n    return lenght\n",
    "attribute": "def reward(step):\n    return step.arow_forward\n",
    "key": "def reward(step):\n    return {}['x']\n",
    "arity": "def reward():\n    return 1\n",
    "warning": "import warnings\nwarnings.warn('careful')\n" + RACE.solution,
    "prints": "print('loaded')\n" + RACE.solution.replace("pay = -1", "print(step); pay = -1"),
}


def verdict(page: Page):
    return exercise(page).locator(".pg-verdict")


def test_the_page_writes_the_same_report_as_the_command_line(warm_page, tmp_path, capsys):
    sources = {
        "solution": RACE.solution,
        "starter": RACE.starter,
        **{path.stem: path.read_text(encoding="utf-8") for path in RACE.wrong()},
        **AWKWARD,
    }
    page = warm_page
    asks = [(GRADE, {"slug": RACE.slug, "source": source}) for source in sources.values()]
    answers = call(page, *asks)
    for (name, source), answer in zip(sources.items(), answers, strict=True):
        in_the_page = json.loads(answer["result"])
        assert in_the_page == runner.grade(RACE, source).as_json(), name
    file = tmp_path / "my.py"
    for name in ("solution", "entry_penalty", "recursion"):
        file.write_text(sources[name], encoding="utf-8")
        with pytest.raises(SystemExit):
            cli.main(["check", RACE.slug, str(file), "--json"])
        printed = json.loads(capsys.readouterr().out)
        assert printed == json.loads(answers[list(sources).index(name)]["result"])


def test_the_exercise_is_solved_with_the_keyboard_alone_and_kept(open_page):
    page = open_page(CHAPTER)
    box = exercise(page)
    box.get_by_role("textbox").focus()
    keys = page.keyboard
    keys.press("ControlOrMeta+a")
    keys.type("def reward(step):\n")  # the editor indents by itself …
    keys.type("pay = -1\nif step.arrow_forward:\npay += 3\n")
    keys.press("Shift+Tab")  # … and back when it is told to
    keys.type("if step.arrow_undone:\npay -= 3\n")
    keys.press("Shift+Tab")
    keys.type("return pay")
    keys.press("Escape")
    keys.press("Tab")
    expect(box.get_by_role("button", name="Run and check")).to_be_focused()
    keys.press("Enter")
    expect(verdict(page)).to_have_text("Solved: all 6 checks passed.", timeout=START_MS)
    report = runner.grade(RACE, RACE.solution)
    expect(box.locator(".pg-check")).to_have_count(len(report.checks))
    for item, check in zip(box.locator(".pg-check").all(), report.checks, strict=True):
        expect(item.locator(".pg-check-title")).to_have_text(f"passed: {check.title}")
        if check.note:
            expect(item.locator(".pg-check-note")).to_have_text(check.note)
    box.get_by_text("Compare with the model solution").focus()
    keys.press("Enter")
    expect(box.locator(".pg-solution pre").last).to_have_text(RACE.solution.rstrip())

    # Code and success survive a reload.
    page.evaluate(COUNT_KEPT)
    write(page, "# typed and not run")
    expect(page.locator("body[data-kept='code']")).to_be_attached()
    page.reload()
    expect(exercise(page).get_by_role("textbox")).to_have_text("# typed and not run")
    expect(exercise(page).get_by_text("Compare with the model solution")).to_be_visible()


def test_tab_indents_inside_the_editor(warm_page):
    page = warm_page
    write(page, "")
    page.keyboard.press("Tab")
    page.keyboard.type("x = 1")
    expect(exercise(page).locator(".cm-line")).to_have_text("    x = 1", use_inner_text=True)


def test_a_failing_check_shows_what_it_tried_got_and_expected(warm_page):
    source = (RACE.folder / "wrong/entry_penalty.py").read_text(encoding="utf-8")
    problem = next(c.problem for c in runner.grade(RACE, source).checks if c.problem)
    page = warm_page
    write(page, source)
    page.keyboard.press("ControlOrMeta+Enter")
    facts = exercise(page).locator(".pg-check-facts dd")
    expect(facts).to_have_text([problem.inputs, problem.got, problem.expected], timeout=START_MS)
    # The live region says the message too.
    expect(verdict(page)).to_contain_text(problem.message)
    checks = exercise(page).locator(".pg-check")
    expect(checks).to_have_count(6)
    for place, status in enumerate(["passed", "passed", "failed", *["not reached"] * 3]):
        expect(checks.nth(place)).to_have_attribute("data-status", status)


def test_a_syntax_error_leads_to_its_line(warm_page):
    page = warm_page
    write(page, "x = 1\ndef reward(step)\n    return 1")
    press(page, "Run and check")
    message = exercise(page).locator(".pg-problem-message")
    expect(message).to_have_text("Python cannot read line 2: expected ':'.", timeout=START_MS)
    press(page, "Line 2")
    expect(exercise(page).get_by_role("textbox")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(":")
    press(page, "Run and check")
    expect(message).not_to_contain_text("cannot read")


def test_prints_are_shown_once(warm_page):
    page = warm_page
    write(page, "print('only once')\n" + RACE.solution)
    press(page, "Run and check")
    expect(exercise(page).locator(".pg-output pre")).to_have_text("only once", timeout=START_MS)


def test_learner_text_is_never_markup(warm_page):
    page = warm_page
    write(page, "print('<img src=x onerror=alert(1)><b>bold</b>')\nraise ValueError('<i>no</i>')")
    press(page, "Run and check")
    expect(exercise(page).locator(".pg-problem-message")).to_have_text(
        "ValueError: <i>no</i>", timeout=START_MS
    )
    expect(exercise(page).locator(":is(img, b, i)")).to_have_count(0)


def test_an_endless_loop_is_stopped_while_the_page_lives_and_the_next_run_works(open_page):
    page = open_page(CHAPTER)
    write(page, "print('ready')")
    press(page, "Run only")
    expect(verdict(page)).to_have_text("Done. Nothing was checked.", timeout=START_MS)
    write(page, "while True:\n    pass")
    began = time.monotonic()
    press(page, "Run and check")
    expect(exercise(page).locator(".pg-python-text")).to_have_text("Python is working …")
    press(page, "Hint 1 of 6")
    expect(exercise(page).locator(".pg-hints li")).to_have_count(1)
    expect(exercise(page).locator(".pg-problem-message")).to_have_text(
        "Your code was still running after 10 seconds and was stopped. Look for a loop that never "
        "ends: does something in its condition change? Your code is kept, and a fresh Python is "
        "starting.",
        timeout=START_MS,
    )
    assert time.monotonic() - began > 9

    # Whoever does not want to wait stops it by hand.
    press(page, "Run and check")
    stop = exercise(page).get_by_role("button", name="Stop")
    stop.wait_for(timeout=START_MS)
    stop.focus()
    page.keyboard.press("Enter")
    expect(exercise(page).locator(".pg-problem-message")).to_have_text(
        "Stopped before it was done. Your code is kept."
    )

    write(page, RACE.solution)
    press(page, "Run and check")
    expect(verdict(page)).to_have_text("Solved: all 6 checks passed.", timeout=START_MS)


def test_the_model_solution_waits_for_the_learners_own(open_page):
    page = open_page(CHAPTER)
    expect(exercise(page).get_by_text("Compare with the model solution")).to_have_count(0)


def test_reset_asks_first_and_can_be_undone(open_page):
    page = open_page(CHAPTER)
    editor = exercise(page).get_by_role("textbox")
    write(page, "my = 'work'")
    press(page, "Reset")
    press(page, "Keep my code")
    expect(editor).to_have_text("my = 'work'")
    expect(exercise(page).get_by_role("button", name="Reset", exact=True)).to_be_focused()
    press(page, "Reset")
    press(page, "Reset my code")
    expect(editor).to_contain_text("raise NotImplementedError")
    editor.focus()
    page.keyboard.press("ControlOrMeta+z")
    expect(editor).to_have_text("my = 'work'")


def test_hints_come_one_at_a_time_and_in_order(open_page):
    page = open_page(CHAPTER)
    shown = exercise(page).locator(".pg-hints li")
    for number, check in enumerate(RACE.checks(), start=1):
        press(page, f"Hint {number} of 6")
        expect(shown).to_have_count(number)
        expect(shown.last).to_have_text(f"{check.title}. {check.hint}")
    expect(exercise(page).get_by_role("button", name="No more hints")).to_be_visible()


def test_without_javascript_the_starter_and_the_command_are_there(open_page):
    page = open_page(CHAPTER, javascript=False)
    box = element(page, "exercise", RACE.slug)
    expect(box.locator("pre")).to_have_text(RACE.starter.rstrip())
    expect(box.locator("noscript p")).to_contain_text("The editor needs JavaScript.")
    expect(page.get_by_text(f"proxygap check {RACE.slug} my.py")).to_be_visible()


def test_without_the_editors_code_a_plain_field_takes_its_place(open_page, guard):
    guard.expect("Failed to load resource")
    page = open_page("index.html")
    page.context.route("**/chunks/editor-*.mjs", lambda route: route.abort())
    page.goto(page.url.replace("index.html", CHAPTER))
    field = exercise(page).locator("textarea")
    expect(field).to_have_value(RACE.starter)
    field.fill(RACE.solution)
    press(page, "Run and check")
    expect(verdict(page)).to_have_text("Solved: all 6 checks passed.", timeout=START_MS)


def test_a_phone_shows_everything_without_scrolling_sideways(open_page):
    page = open_page(CHAPTER, width=360)
    write(page, "def reward(step):\n    print('x' * 500)\n    return unknown_name_that_is_long\n")
    press(page, "Run and check")
    expect(exercise(page).locator(".pg-trace")).to_be_visible(timeout=START_MS)
    expect_no_sideways(page, 360)
    eventually(page, lambda: stays_inside(exercise(page), 360))


def stays_inside(box: Locator, width: int) -> None:
    right = box.evaluate(
        "e => Math.max(...[...e.querySelectorAll('p, li, button, dd')]"
        ".map((node) => node.getBoundingClientRect().right))"
    )
    assert right <= width
