"""A quiz on the page, answered by keyboard: what it says is what Python's scorer says."""

from __future__ import annotations

import re
from functools import partial

import pytest
from playwright.sync_api import expect

from proxygap.quiz import load_quiz, rule_of, score
from proxygap.quiz.rules import notes_of
from proxygap.quiz.session import plain
from proxygap.quiz.terminal import Result
from tests.browser.axe import violations
from tests.browser.learner import CHAPTER, answer, check, final_quiz, give, go_to, press
from tests.browser.reach import eventually, reach
from tests.quiz.test_item_bank import key_of

pytestmark = pytest.mark.browser

QUIZ = load_quiz("specification-gaming")
COUNT = len(QUIZ.items)
BY_TYPE = {item.type: item for item in QUIZ.items}


def wrong_for(item):
    """Return an answer that does not earn everything."""
    key = key_of(item)
    match item.type:
        case "single":
            return next(name for name in rule_of(item)["credit"] if name != key)
        case "multiple":
            return key[:1]
        case "number":
            return "−7,5"
        case "text":
            return "a <b>guess</b>"
        case "order":
            return [*key[1:], key[0]]
        case "classify":
            return dict.fromkeys(key, next(iter(key.values())))


def shown_text(locator):
    return re.sub(r"\s+", " ", locator.text_content() or "").strip()


def same_quotes(text):
    return text.translate(str.maketrans("“”’", '""\''))


def test_a_whole_quiz_by_keyboard_scores_what_python_scores(open_page):
    page = open_page(CHAPTER)
    quiz = final_quiz(page)
    responses = {
        item.id: (wrong_for if place % 3 == 0 else key_of)(item)
        for place, item in enumerate(QUIZ.items)
    }
    for place, item in enumerate(QUIZ.items, start=1):
        expect(quiz.locator(".pg-quiz-count")).to_have_text(f"Question {place} of {COUNT}")
        form = quiz.locator("form")
        answer(form, item, responses[item.id])
        scored = score(rule_of(item), responses[item.id])
        expect(form.locator(".pg-quiz-outcome")).to_have_attribute("data-outcome", scored.outcome)
        status = form.locator('[role="status"]')
        expect(status).not_to_be_empty()
        said = same_quotes(shown_text(status))
        for note in scored.notes:
            assert plain(notes_of(item)[note].feedback) in said
        press(quiz.locator(".pg-quiz-navigation button").last, "Enter")
    scores = {item.id: score(rule_of(item), responses[item.id]) for item in QUIZ.items}
    expected = Result(scores, len(QUIZ.items)).sentence()
    expect(quiz.locator(".pg-quiz-score")).to_have_text(expected)


def test_answering_grades_nothing_before_check(open_page):
    page = open_page(CHAPTER)
    quiz = final_quiz(page)
    for item in QUIZ.items:
        form = quiz.locator("form")
        give(form, item, key_of(item))
        expect(form.locator(".pg-quiz-outcome")).to_have_count(0)
        check(form)
        expect(form.locator(".pg-quiz-outcome")).to_have_text("Right.")
        press(quiz.locator(".pg-quiz-navigation button").last, "Enter")


def test_a_question_is_a_fieldset_with_a_legend_and_the_verdict_is_announced(open_page):
    page = open_page(CHAPTER)
    quiz = final_quiz(page)
    item = QUIZ.items[0]
    expect(
        quiz.get_by_role("group", name=re.compile("In one word, what do we call"))
    ).to_be_visible()
    status = quiz.locator('form [role="status"]')
    expect(status).to_be_empty()
    answer(quiz.locator("form"), item, "proxy")
    expect(status).to_contain_text("It stands in for the goal")
    expect(status).to_contain_text("closing tickets without helping anybody")


def test_an_unanswered_question_asks_for_an_answer(open_page):
    page = open_page(CHAPTER)
    quiz = final_quiz(page)
    for kind, sentence in (
        ("text", "Type an answer first."),
        ("single", "Choose an option first."),
        ("number", "Type a number first."),
        ("multiple", "Choose at least one option first."),
        ("classify", "Sort every card first."),
    ):
        item = next(one for one in QUIZ.items if one.type == kind)
        form = go_to(quiz, item, QUIZ.items)
        check(form)
        expect(form.locator('[role="status"]')).to_have_text(sentence)


def test_a_malformed_number_is_not_wrong(open_page):
    page = open_page(CHAPTER)
    item = BY_TYPE["number"]
    form = go_to(final_quiz(page), item, QUIZ.items)
    status = form.locator('[role="status"]')
    for typed in ("lots", "1,500", "1.2.3", "<img src=x onerror=alert(1)>"):
        answer(form, item, typed)
        expect(status).to_contain_text(f"“{typed}” cannot be read as a number.")
        expect(status).to_contain_text("does not count")
        expect(form.locator(".pg-quiz-outcome")).to_have_count(0)
        expect(form.locator("input")).to_have_attribute("aria-invalid", "true")
        expect(form.locator("input")).to_be_focused()
    expect(page.locator("img[src=x]")).to_have_count(0)
    answer(form, item, key_of(item))
    expect(form.locator(".pg-quiz-outcome")).to_have_text("Right.")
    expect(form.locator("input")).to_have_attribute("aria-invalid", "false")


def test_a_second_enter_on_check_does_not_try_again(open_page):
    page = open_page(CHAPTER)
    quiz = final_quiz(page)
    form = quiz.locator("form")
    give(form, QUIZ.items[0], "goal")
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(form.locator(".pg-quiz-outcome")).to_have_text("Not right.")
    expect(form.get_by_role("button", name="Check")).to_be_focused()


def option_order(form):
    return [one.get_attribute("data-option") for one in form.locator("[data-option]").all()]


@pytest.mark.parametrize("kind", ["single", "multiple", "order", "classify"])
def test_trying_again_shows_another_order(open_page, kind):
    page = open_page(CHAPTER)
    item = BY_TYPE[kind]
    form = go_to(final_quiz(page), item, QUIZ.items)
    before = option_order(form)
    answer(form, item, wrong_for(item))
    press(form.get_by_role("button", name="Try again"), "Enter")
    expect(form.locator(".pg-quiz-outcome")).to_have_count(0)
    after = option_order(form)
    assert after != before
    assert sorted(after) == sorted(before)
    answer(form, item, key_of(item))
    expect(form.locator(".pg-quiz-outcome")).to_have_text("Right.")


def test_answers_and_order_survive_a_reload(open_page):
    page = open_page(CHAPTER)
    item = BY_TYPE["single"]
    form = go_to(final_quiz(page), item, QUIZ.items)
    order = option_order(form)
    answer(form, item, wrong_for(item))
    expect(form.locator(".pg-quiz-outcome")).to_have_text("Not right.")
    page.reload()
    quiz = final_quiz(page)
    form = go_to(quiz, item, QUIZ.items)
    expect(form.locator(".pg-quiz-outcome")).to_have_text("Not right.")
    assert option_order(form) == order
    expect(form.locator(f'input[value="{wrong_for(item)}"]')).to_be_checked()


def test_a_quiz_resumes_at_the_first_open_question(open_page):
    page = open_page(CHAPTER)
    quiz = final_quiz(page)
    for item in QUIZ.items[:2]:
        answer(quiz.locator("form"), item, key_of(item))
        press(quiz.locator(".pg-quiz-navigation button").last, "Enter")
    page.reload()
    expect(final_quiz(page).locator(".pg-quiz-count")).to_have_text(f"Question 3 of {COUNT}")


def test_missed_questions_come_back_at_the_end(open_page):
    page = open_page(CHAPTER)
    quiz = final_quiz(page)
    missed = {"sg-coastrunners", "sg-cleaning-robot"}
    for item in QUIZ.items:
        response = wrong_for(item) if item.id in missed else key_of(item)
        answer(quiz.locator("form"), item, response)
        press(quiz.locator(".pg-quiz-navigation button").last, "Enter")
    expect(quiz.locator(".pg-quiz-summary li")).to_have_count(2)
    press(quiz.get_by_role("button", name="Review these questions"), "Enter")
    for place, item in enumerate([item for item in QUIZ.items if item.id in missed], start=1):
        expect(quiz.locator(".pg-quiz-count")).to_have_text(f"Missed question {place} of 2")
        answer(quiz.locator("form"), item, key_of(item))
        press(quiz.locator(".pg-quiz-navigation button").last, "Enter")
    expect(quiz.locator(".pg-quiz-score")).to_have_text(f"{COUNT} of {COUNT} right. Score: 100 %.")


def test_an_answer_in_the_text_counts_at_the_end_as_well(open_page):
    page = open_page(CHAPTER)
    inline = page.locator("pg-quiz").first
    reach(inline, inline.and_(page.locator("[data-ready='true']")))
    final = final_quiz(page)
    names = [form.get_attribute("data-item") for form in inline.locator("form").all()]
    item = QUIZ.item(names[0])
    answer(inline.locator("form").first, item, key_of(item))
    said = re.compile(rf"^1 of {len(names)} (answered|right)")
    expect(inline.locator(".pg-quiz-count")).to_have_text(said)
    form = go_to(final, item, QUIZ.items)
    expect(form.locator(".pg-quiz-outcome")).to_have_text("Right.")


def test_moving_a_step_keeps_the_focus_and_says_the_place(open_page):
    page = open_page(CHAPTER)
    item = BY_TYPE["order"]
    form = go_to(final_quiz(page), item, QUIZ.items)
    name = option_order(form)[2]
    up = form.locator(f'li[data-option="{name}"] [data-direction="up"]')
    press(up, "Enter")
    assert option_order(form)[1] == name
    expect(up).to_be_focused()
    expect(form.locator('[role="status"]')).to_have_text("Now 2 of 5.")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # at the top already: nothing happens
    assert option_order(form)[0] == name
    expect(up).to_have_attribute("aria-disabled", "true")


def test_without_script_the_questions_can_be_read_and_the_keys_are_folded(open_page):
    page = open_page(CHAPTER, javascript=False)
    quiz = page.locator("pg-quiz").last
    expect(quiz.locator("li[data-item]")).to_have_count(COUNT)
    first = quiz.locator('li[data-item="sg-coastrunners"]')
    expect(first).to_contain_text("How did it get there?")
    expect(first.locator("[data-option]")).to_have_count(4)
    explanation = first.locator(".pg-quiz-explanation")
    expect(explanation).to_be_hidden()
    first.locator("summary").press("Enter")
    expect(explanation).to_be_visible()
    expect(first.locator("details")).to_contain_text("C is right.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_question_fits_a_phone_and_passes_axe(open_page, scheme):
    page = open_page(CHAPTER, width=360, scheme=scheme, reduced_motion=True)
    quiz = final_quiz(page)
    for item in QUIZ.items:
        form = quiz.locator("form")
        answer(form, item, wrong_for(item))
        eventually(page, partial(fits, quiz, item.id))
        found = run_axe(page)
        assert found == [], f"{item.id}: {found}"
        press(quiz.locator(".pg-quiz-navigation button").last, "Enter")


def fits(quiz, name):
    width = quiz.evaluate("quiz => quiz.scrollWidth - quiz.clientWidth")
    assert width <= 0, f"{name} is {width} px too wide"


def run_axe(page, tag="pg-quiz"):
    """Return what axe finds in the last such element of the page."""
    page.locator(tag).last.evaluate("element => element.setAttribute('data-axe', '')")
    return violations(page, f"{tag}[data-axe]")


def test_on_paper_all_questions_stand_and_afterwards_the_one_that_was_shown(open_page):
    page = open_page(CHAPTER)
    quiz = final_quiz(page)
    press(quiz.locator(".pg-quiz-navigation button").last, "Enter")
    expect(quiz.locator(".pg-quiz-count")).to_have_text(f"Question 2 of {COUNT}")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    forms = quiz.locator("form[data-item]:visible")
    expect(forms).to_have_count(COUNT)
    expect(quiz.locator(".pg-quiz-count")).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(forms).to_have_count(1)
    expect(forms).to_have_attribute("data-item", QUIZ.items[1].id)
