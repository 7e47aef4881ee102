"""A learner's progress as tests see it: profiles of a browser, files, the page's own store."""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from proxygap.quiz import load_quiz
from tests.browser.learner import answer, final_quiz, press
from tests.browser.reach import reach
from tests.quiz.test_item_bank import key_of

PROGRESS = "progress.html"
QUIZ = load_quiz("specification-gaming")
FIRST, SECOND = QUIZ.items[:2]
COUNT = len(QUIZ.items)
SECOND_WRONG = next(option.id for option in SECOND.body.options if not option.correct)


def go(page: Page, site_url: str, path: str) -> Page:
    """Go to another page of the book."""
    page.goto(site_url + path, wait_until="load")
    return page


def alive(page: Page, tag: str) -> Locator:
    """Return the page's element of this name, once it is alive."""
    element = page.locator(tag)
    return reach(element, page.locator(f"{tag}[data-ready='true']"))


def overview(page: Page) -> Locator:
    """Return the progress element, once it is alive."""
    return alive(page, "pg-progress")


def answer_first_two(page: Page) -> None:
    """Answer one item rightly and one wrongly, and wait until both are kept."""
    quiz = final_quiz(page)
    answer(quiz.locator("form"), FIRST, key_of(FIRST))
    press(quiz.locator(".pg-quiz-navigation button").last, "Enter")
    answer(quiz.locator("form"), SECOND, SECOND_WRONG)
    expect(quiz.locator(".pg-quiz-outcome")).to_have_text("Not right.")


def saved_file(page: Page) -> str:
    """Press "Save to a file" and return the text of the file."""
    with page.expect_download() as download:
        press(page.get_by_role("button", name="Save to a file"), "Enter")
    assert download.value.suggested_filename.startswith("proxygap-progress-")
    return download.value.path().read_text(encoding="utf-8")


def load(page: Page, text: str) -> str:
    """Load `text` as a progress file and return what the page says."""
    with page.expect_file_chooser() as chooser:
        press(page.get_by_role("button", name="Load from a file"), "Enter")
    chooser.value.set_files(
        {"name": "progress.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    status = page.locator(".pg-progress-status")
    expect(status).to_have_text(re.compile(r"^(?!Reading the file).+"))
    return status.text_content() or ""


def record(kind: str, name: str, value: Any, at: str = "2026-01-01T00:00:00.000Z") -> dict:
    """Return a record as the page keeps it."""
    return {"kind": kind, "id": name, "value": value, "at": at}


def file_of(*records: Any, **changes: Any) -> str:
    """Return the text of a progress file."""
    whole = {"format": "proxygap-progress", "version": 1, "exported": "2026-01-01T00:00:00.000Z",
             "records": list(records)}  # fmt: skip
    return json.dumps({**whole, **changes})


def kept(response: Any = "proxy", outcome: str = "correct", credit: float = 1) -> dict:
    """Return what is kept of an answer to the first item."""
    return {"quiz": QUIZ.chapter, "response": response, "outcome": outcome, "credit": credit,
            "tries": 1, "first": {"outcome": outcome, "credit": credit}, "beliefs": []}  # fmt: skip
