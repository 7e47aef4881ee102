"""The forms before and after the course: answered by keyboard, judged at the end as by Python."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from proxygap.bank.kept_forms import edition
from proxygap.bank.mastery import judge
from proxygap.quiz import load_bank, rule_of, score
from proxygap.site.directives.form import kept_forms
from tests.bank.builders import miss_of
from tests.browser.learner import give, press
from tests.browser.progress_page import (
    PROGRESS,
    alive,
    file_of,
    go,
    load,
    overview,
    record,
    saved_file,
)  # fmt: skip
from tests.browser.reach import expect_no_sideways
from tests.browser.test_quiz import run_axe
from tests.quiz.test_item_bank import key_of

pytestmark = pytest.mark.browser

FORMS = kept_forms().forms
SIZE = len(FORMS.before)
BEGUN, FINISHED = "2026-03-01T10:00:00.000Z", "2026-03-01T10:20:00.000Z"


def begin(page, name="Begin"):
    press(page.get_by_role("button", name=name), "Enter")
    expect(page.locator(".pg-quiz-count")).to_be_focused()


def step(page, name="Next"):
    press(page.get_by_role("button", name=name), "Enter")


def attempt(name, responses, confidence=None, **changes):
    """Return the record of a finished attempt in which these items were answered so."""
    items = FORMS.before if name == "before" else FORMS.after
    scores = {item.id: score(rule_of(item), response) for item, response in responses}
    answers = {item.id: {"response": response, "outcome": scores[item.id].outcome,
                         "credit": scores[item.id].credit, "confidence": confidence}
               for item, response in responses}  # fmt: skip
    value = {"form": name, "edition": edition(items), "items": [item.id for item in items],
             "begun": BEGUN, "finished": FINISHED, "answers": answers} | changes  # fmt: skip
    return record("form", f"{name}@{BEGUN}", value, at=FINISHED)


def right(items):
    return [(item, key_of(item)) for item in items]


def percent(share):
    return f"{int(100 * share + 1e-6)} %"


def test_the_form_before_is_answered_left_resumed_and_judged_at_the_end(profile, site_url):
    page = profile("before.html")
    form = alive(page, "pg-form")
    expect(form).to_contain_text(f"{SIZE} questions")
    begin(page)
    given = {}
    for place, item in enumerate(FORMS.before):
        expect(form.locator(".pg-quiz-count")).to_have_text(f"Question {place + 1} of {SIZE}")
        box = form.locator(f'[data-item="{item.id}"]')
        if place % 4 != 3:  # every fourth is left open
            given[item.id] = key_of(item) if place % 2 else miss_of(item, 0)
            give(box, item, given[item.id])
            press(box.get_by_role("radio", name="Fairly sure"), "Space")
        if place == SIZE // 2:
            step(page)  # the next question is shown when the answer is kept
            expect(form.locator(".pg-quiz-count")).to_have_text(f"Question {place + 2} of {SIZE}")
            page.reload()
            form = alive(page, "pg-form")
            expect(form).to_contain_text(f"Begun: {len(given)} of {SIZE} answered.")
            begin(page, "Go on")
            for back_at in range(3, place + 1):  # from the first open question on
                expect(form.locator(".pg-quiz-count")).to_have_text(
                    f"Question {back_at + 1} of {SIZE}"
                )
                step(page)
            continue
        step(page)
    expect(form).to_contain_text(f"{len(given)} answered, {SIZE - len(given)} left open.")
    step(page, "Finish and see the result")
    credit = {item.id: score(rule_of(item), given[item.id]).credit
              for item in FORMS.before if item.id in given}  # fmt: skip
    expected = judge([item.id for item in FORMS.before], credit)
    line = page.locator(".pg-quiz-score")
    expect(line).to_have_text(f"{percent(expected.share)} of {SIZE} questions. "
                              f"{SIZE - len(given)} not answered.")  # fmt: skip
    expect(line).to_be_focused()
    expect(form.locator(".pg-quiz-outcome, .pg-quiz-explanation, details")).to_have_count(0)

    overview(go(page, site_url, PROGRESS))
    [kept] = [
        one["value"] for one in json.loads(saved_file(page))["records"] if one["kind"] == "form"
    ]
    assert {name: one["response"] for name, one in kept["answers"].items()} == given
    assert {one["confidence"] for one in kept["answers"].values()} == {75}
    expect(overview(page)).to_contain_text(f"{percent(expected.share)} of {SIZE} questions")


def test_the_form_after_shows_mastery_the_gain_and_every_verdict(profile, site_url):
    page = profile(PROGRESS)
    overview(page)
    half = right(FORMS.before[: SIZE // 2])
    most = [*right(FORMS.after[1:]), (FORMS.after[0], miss_of(FORMS.after[0]))]
    load(page, file_of(attempt("before", half, 50), attempt("after", most, 90)))
    share = judge([i.id for i in FORMS.after],
                  {i.id: score(rule_of(i), given).credit for i, given in most}).share  # fmt: skip
    expect(overview(page)).to_contain_text(f"{percent(share)} of {SIZE} questions; mastered")

    form = alive(go(page, site_url, "after.html"), "pg-form")
    expect(form.locator(".pg-quiz-score")).to_have_text(
        f"{percent(share)} of {SIZE} questions. That is mastery."
    )
    expect(form).to_contain_text(
        f"Before the course it was 50 %: now {round(100 * share) - 50} points more."
    )
    verdicts = form.locator(".pg-form-verdicts > li")
    expect(verdicts).to_have_count(SIZE)
    expect(verdicts.first.locator("summary")).to_contain_text("not right:")
    explanation = verdicts.first.locator(".pg-quiz-explanation")
    expect(explanation).to_be_hidden()
    press(verdicts.first.locator("summary"), "Enter")
    expect(explanation).to_be_visible()
    expect(explanation.get_by_role("link").last).to_have_attribute(
        "href", section_of(FORMS.after[0])
    )
    # What was missed in it comes back.
    alive(go(page, site_url, "review.html"), "pg-review")
    expect(page.locator(".pg-quiz-score")).to_contain_text("1 question is due")


def section_of(item):
    """Return where the chapter's section about `item` is found from a page at the root."""
    chapter = next(quiz.chapter for quiz in load_bank() if item in quiz.items)
    return f"chapters/{chapter}.html#{item.section}"


def test_an_attempt_at_other_questions_is_not_gone_on_with(profile, site_url):
    page = profile(PROGRESS)
    overview(page)
    load(page, file_of(attempt("after", right(FORMS.after[:3]), edition="old", finished=None)))
    form = alive(go(page, site_url, "after.html"), "pg-form")
    expect(form).to_contain_text(f"{SIZE} questions, about")
    expect(form.get_by_role("button", name="Begin")).to_be_visible()


@pytest.mark.parametrize("damage", [7, {"form": "after"}, {"form": "after", "answers": {"a": 1}}])
def test_a_damaged_attempt_is_no_attempt(profile, site_url, damage):
    page = profile(PROGRESS)
    overview(page)
    load(page, file_of(record("form", "after@x", damage)))
    form = alive(go(page, site_url, "after.html"), "pg-form")
    expect(form.get_by_role("button", name="Begin")).to_be_visible()


def test_on_paper_every_question_stands_and_none_is_answered(profile):
    page = profile("before.html")
    form = alive(page, "pg-form")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(form.locator("[data-item]:visible")).to_have_count(SIZE)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(form.get_by_role("button", name="Begin")).to_be_visible()


def test_without_script_the_questions_can_be_read_and_the_keys_are_folded(open_page):
    page = open_page("before.html", javascript=False)
    expect(page.locator("pg-form li[data-item]")).to_have_count(SIZE)
    expect(page.locator("pg-form .pg-quiz-explanation").first).to_be_hidden()
    expect(page.locator("noscript p")).to_contain_text("Without JavaScript the questions")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_fits_a_phone_and_passes_axe(profile, site_url, scheme):
    page = profile(PROGRESS, width=360, color_scheme=scheme)
    overview(page)
    load(page, file_of(attempt("after", right(FORMS.after[:9]), 75)))
    form = alive(go(page, site_url, "after.html"), "pg-form")
    assert run_axe(page, "pg-form") == []
    begin(page, "Take it again")
    expect(form.locator("[data-item]")).to_be_visible()
    assert run_axe(page, "pg-form") == []
    expect_no_sideways(page, 360)
