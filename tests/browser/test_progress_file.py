"""Progress moves as a file; whatever is wrong with one is said, and the rest is loaded."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.learner import CHAPTER, final_quiz
from tests.browser.progress_page import (
    COUNT,
    FIRST,
    PROGRESS,
    SECOND,
    answer_first_two,
    file_of,
    go,
    kept,
    load,
    overview,
    record,
    saved_file,
)  # fmt: skip

pytestmark = pytest.mark.browser


def test_progress_moves_to_another_profile_as_a_file(profile, site_url):
    page = profile(CHAPTER)
    answer_first_two(page)
    overview(go(page, site_url, PROGRESS))
    text = saved_file(page)
    file = json.loads(text)
    assert (file["format"], file["version"]) == ("proxygap-progress", 1)
    assert {r["id"] for r in file["records"] if r["kind"] == "answer"} == {FIRST.id, SECOND.id}

    other = profile(PROGRESS)
    element = overview(other)
    count = len(file["records"])
    assert load(other, text) == f"Loaded: {count} records added, 0 records brought up to date."
    expect(element).to_contain_text(f"1 of {COUNT} right, 1 at the first try; 2 answered")
    quiz = final_quiz(go(other, site_url, CHAPTER))
    expect(quiz.locator(".pg-quiz-count")).to_have_text(f"Question 3 of {COUNT}")


def test_of_two_versions_the_newer_one_stays(profile):
    page = profile(PROGRESS)
    overview(page)
    new, old = "2026-02-02T00:00:00.000Z", "2026-01-01T00:00:00.000Z"
    load(page, file_of(record("answer", FIRST.id, kept(), at=new)))
    assert load(page, file_of(record("answer", FIRST.id, kept("x", "wrong", 0), at=old))) == (
        "Loaded: 0 records added, 0 records brought up to date, 1 record left alone, since this "
        "browser has the same or newer."
    )
    expect(overview(page)).to_contain_text(f"1 of {COUNT} right")
    newer = record("answer", FIRST.id, kept("x", "wrong", 0), at="2026-03-03T00:00:00.000Z")
    assert load(page, file_of(newer)).startswith(
        "Loaded: 0 records added, 1 record brought up to date"
    )
    expect(overview(page)).to_contain_text(f"0 of {COUNT} right")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not JSON {", "This is not a progress file: it cannot be read as JSON."),
        ("[]", "This is a JSON file, but not a progress file of this course."),
        (file_of(format="other"), "This is a JSON file, but not a progress file of this course."),
        (file_of(version=7), "This file has version 7; this page reads version 1. Reload the page"),
        (file_of(records="none"), "This is a JSON file, but not a progress file of this course."),
    ],
)
def test_a_file_that_is_no_progress_file_changes_nothing(profile, text, message):
    page = profile(PROGRESS)
    overview(page)
    load(page, file_of(record("answer", FIRST.id, kept())))
    page.locator(".pg-progress-status").evaluate("status => status.textContent = ''")
    said = load(page, text)
    assert said.startswith(message)
    assert said.endswith("Nothing was changed.")
    expect(overview(page)).to_contain_text(f"1 of {COUNT} right")


def test_damaged_records_of_a_file_are_named_and_the_rest_is_loaded(profile):
    page = profile(PROGRESS)
    overview(page)
    said = load(page, file_of(
        record("answer", FIRST.id, kept()),
        record("wish", "x", 1),
        record("answer", "", 1),
        record("answer", "y", None),
        record("answer", "z", 1, at="yesterday"),
        7,
    ))  # fmt: skip
    assert said.startswith("Loaded: 1 record added, 0 records brought up to date. Not readable")
    assert "record 2: its kind must be one of answer, " in said
    assert "record 3: it has no id" in said
    expect(overview(page)).to_contain_text(f"1 of {COUNT} right")


def test_learner_text_in_a_file_is_never_markup(profile):
    page = profile(PROGRESS)
    overview(page)
    load(page, file_of(record("<img src=x>", "x", 1), record("answer", FIRST.id, kept())))
    expect(page.locator("img[src=x]")).to_have_count(0)
