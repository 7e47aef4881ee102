"""A quiz in a notebook: standard widgets, the same scores."""

import ipywidgets as widgets
import pytest

from proxygap.quiz import load_quiz
from proxygap.quiz.notebook import MISSING, form
from proxygap.quiz.session import categories
from tests.quiz.test_item_bank import key_of

QUIZ = load_quiz("specification-gaming")
COUNT = len(QUIZ.items)


@pytest.fixture
def shown():
    """The form, and its boxes by item."""
    whole = form(QUIZ, seed=1)
    return whole, dict(zip([item.id for item in QUIZ.items], whole.children, strict=False))


def answer(box, item, response):
    """Set the widgets of an item's box to `response` and press Check."""
    _, field, button, said = box.children
    match item.type:
        case "single" | "number" | "text":
            field.value = response
        case "multiple":
            texts = {o.text: o.id for o in item.body.options}
            for tick in field.children:
                tick.value = texts[tick.description] in response
        case "order":
            for place, name in zip(field.children, response, strict=True):
                place.value = name
        case "classify":
            names = {card.text: card.id for card in item.body.cards}
            for row in field.children:
                text, sort = row.children
                card = next(names[t] for t in names if t in text.value)
                sort.value = response[card]
    button.click()
    return said.value


def test_every_item_can_be_answered_rightly(shown):
    whole, boxes = shown
    for item in QUIZ.items:
        assert '<p style="white-space: pre-line">Right.</p>' in answer(
            boxes[item.id], item, key_of(item)
        )
    assert f"{COUNT} of {COUNT} answered, {COUNT} right." in whole.children[-1].value


@pytest.mark.parametrize("item", QUIZ.items, ids=lambda item: item.id)
def test_checking_without_an_answer_asks_for_one(shown, item):
    whole, boxes = shown
    _, _, button, said = boxes[item.id].children
    button.click()
    assert MISSING in said.value
    assert f"0 of {COUNT} answered" in whole.children[-1].value


def test_a_malformed_number_is_not_wrong(shown):
    whole, boxes = shown
    item = QUIZ.item("sg-raise-the-pay")
    assert "cannot be read as a number" in answer(boxes[item.id], item, "many")
    assert f"0 of {COUNT} answered" in whole.children[-1].value


def test_what_the_learner_types_is_never_markup(shown):
    _, boxes = shown
    item = QUIZ.item("sg-raise-the-pay")
    said = answer(boxes[item.id], item, "<img src=x onerror=alert(1)>")
    assert "<img" not in said
    assert "&lt;img" in said


def test_a_classify_item_offers_each_category(shown):
    _, boxes = shown
    item = QUIZ.item("sg-sort-the-repairs")
    _, field, _, _ = boxes[item.id].children
    for row in field.children:
        sort = row.children[1]
        assert isinstance(sort, widgets.Dropdown)
        assert [name for _, name in sort.options] == ["", *categories(item)]
