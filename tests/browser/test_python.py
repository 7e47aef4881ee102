"""Python in the page: it starts with nobody else's help, says so, and can be stopped."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Route, expect

from proxygap.labs import get, host
from tests.browser import exercise_page
from tests.browser.exercise_page import (
    CHAPTER,
    START_MS,
    call,
    exercise,
    run_only,
    write,
)

pytestmark = pytest.mark.browser
LAB = get("write-the-reward")
warm_page = exercise_page.warm_page


def test_numpy_and_the_course_work_with_every_other_origin_blocked(warm_page):
    run_only(warm_page, "import numpy\nprint(numpy.__version__)\n")
    output = exercise(warm_page).locator(".pg-output pre")
    expect(output).to_have_text("2.0.2", timeout=START_MS)
    asked = {"slug": LAB.slug, "state": LAB.initial(), "action": {"type": "train"}}
    (answer,) = call(warm_page, ("proxygap.labs.host:step", asked))
    assert rounded(answer["result"]) == rounded(host.step(json.dumps(asked)))


def rounded(text: str) -> dict:
    """Read JSON; the page's NumPy and this one may differ in a last bit."""
    return json.loads(text, parse_float=lambda number: round(float(number), 9))


def test_the_worker_calls_functions_of_the_course_and_no_others(warm_page):
    unknown, foreign, broken = call(
        warm_page,
        ("proxygap.grading.page:grade", {"slug": "no/such", "source": ""}),
        ("os:system", "ls"),
        ("proxygap.grading.page:grade", {}),
    )
    assert unknown["message"].startswith("Unknown exercise 'no/such'.")
    assert foreign["message"] == "os:system is not a function of this course"
    assert broken["message"] == "KeyError: 'slug'"
    assert not any(answer["fatal"] for answer in (unknown, foreign, broken))


def test_code_in_the_worker_cannot_reach_the_network(warm_page):
    code = (
        "import js\n"
        "print([door for door in ('fetch', 'XMLHttpRequest', 'WebSocket', 'importScripts')\n"
        "       if getattr(js, door, None) is not None])\n"
    )
    run_only(warm_page, code)
    expect(exercise(warm_page).locator(".pg-output pre")).to_have_text("[]", timeout=START_MS)


def test_a_start_shows_how_much_has_come_and_can_be_cancelled(open_page, built_site):
    held: list[Route] = []
    page = open_page(CHAPTER)
    page.context.route("**/numpy-*.whl", lambda route: held.append(route))  # noqa: PLW0108
    write(page, "print('hello')")
    line = exercise(page).locator(".pg-python")
    lock = json.loads((built_site / "_static/proxygap/pyodide/pyodide-lock.json").read_text())
    total = sum(size["plain"] for size in lock["sizes"].values()) / 1e6
    without_numpy = total - next(s["plain"] for n, s in lock["sizes"].items() if "numpy" in n) / 1e6
    shown = f"Starting Python … {without_numpy:.1f} of {total:.1f} MB"
    expect(line.locator(".pg-python-text")).to_have_text(shown, timeout=START_MS)

    cancel = line.get_by_role("button", name="Cancel")
    cancel.focus()
    page.keyboard.press("Enter")
    expect(line.locator(".pg-python-text")).to_have_text("Python was stopped.")

    page.context.unroute("**/numpy-*.whl")
    again = line.get_by_role("button", name="Start Python")
    again.focus()
    page.keyboard.press("Enter")
    expect(line).to_be_hidden(timeout=START_MS)
    # With several elements on the page, exactly one tells a screen reader.
    said = page.locator(".pg-python + [role=status]")
    expect(said.filter(has_text=re.compile("."))).to_have_text(["Python is ready."])
    run_only(page, "print('hello again')")
    expect(exercise(page).locator(".pg-output pre")).to_have_text("hello again")


def test_a_run_that_waits_for_a_cancelled_start_is_told(open_page):
    page = open_page(CHAPTER)
    held: list[Route] = []
    page.context.route("**/numpy-*.whl", lambda route: held.append(route))  # noqa: PLW0108
    run_only(page, "print('hello')")
    exercise(page).get_by_role("button", name="Cancel").click()
    expect(exercise(page).locator(".pg-problem-message")).to_have_text(
        "Stopped before it was done. Your code is kept."
    )
    expect(exercise(page).get_by_role("textbox")).to_contain_text("print('hello')")


@pytest.mark.parametrize("missing", ["pyodide.asm.wasm", "numpy-*.whl"])
def test_a_start_that_fails_says_so_and_can_be_tried_again(open_page, guard, missing):
    guard.expect("Failed to load resource")
    page = open_page(CHAPTER)
    pattern = f"**/pyodide/{missing}"
    page.context.route(pattern, lambda route: route.fulfill(status=404, body="gone"))
    run_only(page, "print('hello')")
    line = exercise(page).locator(".pg-python")
    expect(line.locator(".pg-python-text")).to_have_text(
        re.compile(
            r"^Python could not be started \(.+\)\. Check your connection, then try again\.$"
        ),
        timeout=START_MS,
    )
    expect(exercise(page).locator(".pg-problem-message")).to_have_text(
        "Nothing was checked, because Python could not be started. Your code is kept."
    )
    page.context.unroute(pattern)
    line.get_by_role("button", name="Start Python").click()
    expect(line).to_be_hidden(timeout=START_MS)
    run_only(page, "print('hello')")
    expect(exercise(page).locator(".pg-output pre")).to_have_text("hello")


def test_nothing_of_python_is_loaded_before_somebody_needs_it(open_page):
    page = open_page("index.html")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert [url for url in asked if "pyodide" in url or "py-worker" in url] == []
