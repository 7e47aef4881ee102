"""Where the browser refuses, is full or holds something damaged, nothing is lost without a word."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.learner import CHAPTER, answer, final_quiz, press
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
from tests.quiz.test_item_bank import key_of

pytestmark = pytest.mark.browser

REFUSED = "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); };"
FULL = """
const put = IDBObjectStore.prototype.put;
window.full = true;
IDBObjectStore.prototype.put = function (...given) {
    if (window.full) throw new DOMException("no room", "QuotaExceededError");
    return put.apply(this, given);
};
"""
# What the page stores, as a test reads and damages it: the platform's own interface.
DATABASE = """
const opened = () => new Promise((done, fail) => {
    const request = indexedDB.open("proxygap");
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
});
const asked = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
});
"""


def test_refused_storage_is_told_and_nothing_is_lost_in_the_tab(profile):
    page = profile(CHAPTER, before=REFUSED)
    quiz = final_quiz(page)
    notice = page.locator(".pg-notice")
    expect(notice).to_have_count(0)  # nothing is at stake yet
    answer(quiz.locator("form"), FIRST, key_of(FIRST))
    expect(quiz.locator(".pg-quiz-outcome")).to_have_text("Right.")
    expect(notice).to_contain_text("does not let the page keep anything")
    file = json.loads(saved_file(page))
    assert [r["id"] for r in file["records"] if r["kind"] == "answer"] == [FIRST.id]
    press(notice.get_by_role("button", name="Close"), "Enter")
    press(quiz.locator(".pg-quiz-navigation button").last, "Enter")
    answer(quiz.locator("form"), SECOND, key_of(SECOND))
    expect(quiz.locator(".pg-quiz-outcome")).to_have_text("Right.")
    expect(notice).to_have_count(0)  # told once


def test_the_progress_page_says_when_storage_is_refused(profile):
    page = profile(PROGRESS, before=REFUSED)
    element = overview(page)
    expect(element).to_contain_text("This browser does not let the page keep anything.")
    load(page, file_of(record("answer", FIRST.id, kept())))
    expect(element).to_contain_text(f"1 of {COUNT} right")
    assert len(json.loads(saved_file_on(element, page))["records"]) == 1


def saved_file_on(element, page: Page) -> str:
    """Save with the progress page's own button, where a notice offers another."""
    with page.expect_download() as download:
        press(element.get_by_role("button", name="Save to a file"), "Enter")
    return download.value.path().read_text(encoding="utf-8")


def test_a_full_disk_is_told_and_made_up_for_when_there_is_room(profile, site_url):
    page = profile(CHAPTER, before=FULL)
    quiz = final_quiz(page)
    answer(quiz.locator("form"), FIRST, key_of(FIRST))
    notice = page.locator(".pg-notice")
    expect(notice).to_contain_text("no room left")
    page.evaluate("window.full = false")
    press(quiz.locator(".pg-quiz-navigation button").last, "Enter")
    answer(quiz.locator("form"), SECOND, key_of(SECOND))
    expect(notice).to_have_count(0)  # both answers are kept now
    page.evaluate("window.full = false")
    other = page.context.new_page()
    expect(overview(go(other, site_url, PROGRESS))).to_contain_text(f"2 of {COUNT} right")


@pytest.mark.parametrize(
    "damage",
    [
        {"kind": "answer", "id": FIRST.id},
        {"kind": "answer", "id": FIRST.id, "at": 7, "value": {}},
        {"kind": "answer", "id": FIRST.id, "at": "2026-01-01", "value": None},
    ],
)
def test_a_damaged_record_is_set_aside_and_the_rest_survives(profile, site_url, damage):
    page = profile(CHAPTER)
    answer_first_two(page)
    page.evaluate(
        f"""async (damage) => {{
            {DATABASE}
            const database = await opened();
            const writing = database.transaction("records", "readwrite");
            writing.objectStore("records").put(damage);
            await new Promise((done) => {{ writing.oncomplete = done; }});
            database.close();
        }}""",
        damage,
    )
    element = overview(go(page, site_url, PROGRESS))
    expect(element).to_contain_text(f"0 of {COUNT} right, 0 at the first try; 1 answered")
    expect(element).to_contain_text("1 damaged record was set aside; the rest is fine.")
    quiz = final_quiz(go(page, site_url, CHAPTER))
    expect(quiz.locator(".pg-quiz-count")).to_have_text(f"Question 1 of {COUNT}")
    answer(quiz.locator("form"), FIRST, key_of(FIRST))
    expect(overview(go(page, site_url, PROGRESS))).to_contain_text(f"1 of {COUNT} right")


@pytest.mark.parametrize("value", [7, "text", {"outcome": "great"}, [], {"quiz": 1}])
def test_an_answer_of_the_wrong_shape_is_no_answer_and_no_failure(profile, site_url, value):
    page = profile(PROGRESS)
    overview(page)
    load(page, file_of(record("answer", FIRST.id, value), record("answer", SECOND.id, kept())))
    expect(overview(page)).to_contain_text(f"1 of {COUNT} right")
    quiz = final_quiz(go(page, site_url, CHAPTER))
    expect(quiz.locator(".pg-quiz-count")).to_have_text(f"Question 1 of {COUNT}")


def test_an_answer_whose_option_was_rewritten_is_asked_again(profile, site_url):
    page = profile(PROGRESS)
    overview(page)
    load(page, file_of(record("answer", FIRST.id, kept()),
                       record("answer", SECOND.id, kept("o0000000"))))  # fmt: skip
    quiz = final_quiz(go(page, site_url, CHAPTER))
    expect(quiz.locator(".pg-quiz-count")).to_have_text(f"Question 2 of {COUNT}")


def test_progress_of_a_newer_edition_is_left_alone(profile, site_url):
    page = profile("404.html")
    page.evaluate(
        """() => new Promise((done) => {
            const request = indexedDB.open("proxygap", 99);
            request.onupgradeneeded = () => request.result.createObjectStore("future");
            request.onsuccess = () => { request.result.close(); done(); };
        })"""
    )
    element = overview(go(page, site_url, PROGRESS))
    expect(element).to_contain_text("holds progress of a newer edition")
    names = page.evaluate(
        f"async () => {{ {DATABASE} return [...(await opened()).objectStoreNames]; }}"
    )
    assert names == ["future"]


def test_a_tab_that_brings_a_newer_edition_is_not_held_up(profile):
    page = profile(PROGRESS)
    overview(page)
    upgraded = page.evaluate(
        """() => new Promise((done) => {
            const request = indexedDB.open("proxygap", 99);
            request.onsuccess = () => { request.result.close(); done("upgraded"); };
            request.onblocked = () => done("blocked");
        })"""
    )
    assert upgraded == "upgraded"
