"""Progress lives in the browser, moves as a file, and is never lost without a word."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from proxygap.quiz import load_misconceptions, load_quiz
from tests.browser.conftest import Guard
from tests.browser.learner import CHAPTER, answer, final_quiz, press
from tests.quiz.test_item_bank import key_of

pytestmark = pytest.mark.browser

PROGRESS = "progress.html"
QUIZ = load_quiz("specification-gaming")
FIRST, SECOND = QUIZ.items[:2]
COUNT = len(QUIZ.items)

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

Profile = Callable[..., Page]


@pytest.fixture
def profile(browser: Browser, site_url: str, guard: Guard) -> Iterator[Profile]:
    """Open a page in a new browser profile; ``before`` runs before the page's own script."""
    contexts = []

    def _profile(path: str, *, before: str = "", width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800})
        contexts.append(context)
        guard.watch(context)
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.goto(site_url + path, wait_until="load")
        return page

    yield _profile
    for context in contexts:
        context.close()
    guard.verify()


def go(page: Page, site_url: str, path: str) -> Page:
    page.goto(site_url + path, wait_until="load")
    return page


def overview(page: Page):
    """Return the progress element, once it is alive."""
    element = page.locator("pg-progress")
    expect(element).to_have_attribute("data-ready", "true")
    return element


def answer_first_two(page: Page) -> None:
    """Answer one item rightly and one wrongly, and wait until both are kept."""
    quiz = final_quiz(page)
    answer(quiz.locator("form"), FIRST, key_of(FIRST))
    press(quiz.locator(".pg-quiz-navigation button").last, "Enter")
    wrong = FIRST_WRONG
    answer(quiz.locator("form"), SECOND, wrong)
    expect(quiz.locator(".pg-quiz-outcome")).to_have_text("Not right.")


FIRST_WRONG = next(o.id for o in SECOND.body.options if not o.correct)
BELIEF = next(o.misconception for o in SECOND.body.options if o.id == FIRST_WRONG)


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
    return status.inner_text()


def record(kind: str, name: str, value, at: str = "2026-01-01T00:00:00.000Z") -> dict:
    return {"kind": kind, "id": name, "value": value, "at": at}


def file_of(*records: dict, **changes) -> str:
    whole = {"format": "proxygap-progress", "version": 1, "exported": "2026-01-01T00:00:00.000Z",
             "records": list(records)}  # fmt: skip
    return json.dumps({**whole, **changes})


def kept(response="proxy", outcome="correct", credit=1):
    return {"quiz": QUIZ.chapter, "response": response, "outcome": outcome, "credit": credit,
            "tries": 1, "first": {"outcome": outcome, "credit": credit}, "beliefs": []}  # fmt: skip


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
    assert page.locator("img[src=x]").count() == 0


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
    expect(overview(page)).to_contain_text("2 of your 3 predictions came true, and you were 72 %")
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
            await asked(database.transaction("records", "readwrite").objectStore("records")
                .put(damage));
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
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
