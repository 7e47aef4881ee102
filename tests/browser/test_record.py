"""The completion record says what Python says of the same file, and that it is unsigned."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import expect

from proxygap.bank.completion import completions
from proxygap.quiz import load_bank
from proxygap.quiz.schema import schema_file
from proxygap.slices import exercise_slugs
from tests.bank.builders import answer, key_of, miss_of, progress_file
from tests.bank.test_completion import form, given, prediction, review, right, wrong
from tests.browser.axe import TWO_FRAMES
from tests.browser.learner import press
from tests.browser.progress_page import PROGRESS, QUIZ, alive, go, load, overview
from tests.browser.reach import expect_no_sideways
from tests.browser.test_form import FORMS
from tests.browser.test_quiz import run_axe

pytestmark = pytest.mark.browser

RECORD = "record.html"
NOW = "2026-12-24T12:00:00Z"
ITEMS = QUIZ.items


def records():
    """Return what a learner did who knows a chapter, took both forms and was sure of things."""
    before = {item.id: given(item, miss_of(item), 75) for item in FORMS.before[:5]}
    after = {item.id: given(item, key_of(item), 90) for item in FORMS.after[:-2]}
    first = ITEMS[0]
    return [
        *[right(item, place) for place, item in enumerate(ITEMS[1:], start=1)],
        wrong(first, 50),
        review(first, key_of(first), 90_000, 50),
        form("before", FORMS.before, 0, 5, before),
        form("after", FORMS.after, 95_000, 99_000, after),
        form("after", FORMS.after, 99_500, None, {}),
        prediction("boat-race-performance", 10.5, 90),
        prediction("skipped", None, None),
        {"kind": "exercise", "id": f"{QUIZ.chapter}/ungameable-reward", "value": {"solved": True},
         "at": "2026-09-01T09:00:00.000Z"},
    ]  # fmt: skip


@pytest.fixture
def recorded(profile, site_url, tmp_path):
    """Open the page of a learner who did all that; return it with the progress file."""

    def _recorded(**options):
        page = profile(PROGRESS, now=NOW, **options)
        overview(page)
        file = progress_file(tmp_path / "progress.json", *records())
        load(page, file.read_text(encoding="utf-8"))
        alive(go(page, site_url, RECORD), "pg-record")
        return page, file

    return _recorded


def saved(page):
    with page.expect_download() as download:
        press(page.get_by_role("button", name="Save as JSON"), "Enter")
    assert download.value.suggested_filename == "proxygap-completion-2026-12-24.json"
    return json.loads(download.value.path().read_text(encoding="utf-8"))


def approximately(value):
    """Return `value` with its fractions as pytest compares them."""
    if isinstance(value, dict):
        return {name: approximately(part) for name, part in value.items()}
    return pytest.approx(value) if isinstance(value, float) else value


def test_the_page_and_python_say_the_same_of_one_file(recorded):
    page, file = recorded()
    record = saved(page)
    schema = json.loads(schema_file("completion.schema").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(record)
    found, notes = completions([file], load_bank(), exercise_slugs())
    assert notes == []
    expected = found[file]
    titles = {"issued", "chapters"}
    assert {name: part for name, part in record.items() if name not in titles} == approximately(
        {name: part for name, part in expected.items() if name not in titles}
    )
    theirs = {chapter["slug"]: chapter for chapter in expected["chapters"]}
    for chapter in record["chapters"]:
        mine = theirs[chapter["slug"]] | {"title": chapter["title"]}
        assert chapter == approximately(mine)
    assert record["forms"]["after"]["mastered"]
    assert {chapter["slug"]: chapter["mastered"] for chapter in record["chapters"]}[QUIZ.chapter]


def test_a_name_is_text_stands_on_the_record_and_is_kept_nowhere(recorded):
    page, _ = recorded()
    assert saved(page)["name"] is None
    name = "<img src=x onerror=alert(1)> Zoë"
    press(page.get_by_label("Your name"), "End")
    page.keyboard.type(name)
    expect(page.locator(".pg-record-name")).to_have_text(name)
    expect(page.locator("img[src=x]")).to_have_count(0)
    assert saved(page)["name"] == name
    page.reload()
    alive(page, "pg-record")
    expect(page.get_by_label("Your name")).to_have_value("")


def test_on_paper_there_is_the_record_alone_on_one_sheet(recorded):
    page, _ = recorded()
    page.emulate_media(media="print")
    sheet = page.locator(".pg-record-sheet")
    expect(sheet).to_contain_text("This record is unsigned and self-reported.")
    expect(sheet).to_contain_text("As of 24 December 2026.")
    expect(page.get_by_label("Your name")).to_be_hidden()
    expect(page.get_by_role("heading", name="What it is worth")).to_be_hidden()
    page.evaluate(TWO_FRAMES)  # the fonts are here
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


def test_a_record_of_nothing_says_so(profile):
    page = profile(RECORD, now=NOW)
    expect(alive(page, "pg-record")).to_contain_text("Nothing is recorded in this browser yet.")
    record = saved(page)
    assert record["forms"] == {"before": None, "after": None}


def test_the_schema_is_published_where_the_page_says(open_page, site_url):
    page = open_page(RECORD, javascript=False)
    expect(page.locator("noscript p")).to_contain_text("This page needs JavaScript")
    address = page.get_by_role("link", name="published schema").get_attribute("href")
    served = page.request.get(site_url + address)
    assert served.json() == json.loads(schema_file("completion.schema").read_text(encoding="utf-8"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_record_fits_a_phone_and_passes_axe(recorded, scheme):
    page, _ = recorded(width=360, color_scheme=scheme)
    assert run_axe(page, "pg-record") == []
    expect_no_sideways(page, 360)


def test_answers_of_an_unknown_shape_leave_the_record_standing(profile, site_url, tmp_path):
    page = profile(PROGRESS, now=NOW)
    overview(page)
    odd = [{**answer(QUIZ.chapter, ITEMS[0], key_of(ITEMS[0]), 1), "kind": kind, "id": "x"}
           for kind in ("review", "form", "prediction", "exercise")]  # fmt: skip
    file = progress_file(tmp_path / "odd.json", *odd, right(ITEMS[1]))
    load(page, file.read_text(encoding="utf-8"))
    alive(go(page, site_url, RECORD), "pg-record")
    chapters = {chapter["slug"]: chapter for chapter in saved(page)["chapters"]}
    assert chapters[QUIZ.chapter]["answered"] == 1
