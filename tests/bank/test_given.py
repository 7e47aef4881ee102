"""Who gave which answer: equal answers are kept once, and never taken for one another."""

from dataclasses import replace

import numpy as np
import pytest

from proxygap.bank.answers import Answer, Judge, UnusableError
from proxygap.bank.given import given
from proxygap.bank.learners import Learner
from proxygap.quiz import load_quiz
from tests.bank.builders import answer, key_of, miss_of

QUIZ = load_quiz("specification-gaming")
ITEMS = QUIZ.items[:3]
FIRST, SECOND, THIRD = (item.id for item in ITEMS)

RIGHT = Answer(1.0, ("a", "b"), frozenset())
WRONG = Answer(0.0, ("c",), frozenset({"mistaken"}))
SCORE_ONLY = Answer(0.5, None, frozenset())

TABLE = given(
    ITEMS,
    [
        Learner((), {FIRST: RIGHT, SECOND: WRONG}),
        Learner((), {SECOND: WRONG, FIRST: WRONG}),
        Learner((), {FIRST: SCORE_ONLY, SECOND: RIGHT}),
    ],
)


def test_equal_answers_are_kept_once():
    assert TABLE.answers == [RIGHT, WRONG, SCORE_ONLY]


def test_each_credit_stands_in_its_learners_row_and_its_items_column():
    nothing = np.nan
    expected = [[1, 0, nothing], [0, 0, nothing], [0.5, 1, nothing]]
    np.testing.assert_array_equal(TABLE.credit(), expected)


def test_an_answer_of_which_only_the_score_was_kept_is_not_known():
    expected = [[True, True, False], [True, True, False], [False, True, False]]
    np.testing.assert_array_equal(TABLE.known(), expected)


def test_choices_are_counted_item_by_item():
    assert TABLE.choices(0) == {"a": 1, "b": 1, "c": 1}
    assert TABLE.choices(1) == {"a": 1, "b": 1, "c": 2}
    assert TABLE.choices(2) == {}


def test_a_learner_who_shows_a_belief_twice_is_counted_once():
    assert TABLE.showing(["mistaken", "never shown"]) == [2, 0]


def of_type(kind):
    return next(item for item in QUIZ.items if item.type == kind)


def value_of(item, response):
    return answer(QUIZ.chapter, item, response, 0)["value"]


def test_two_items_with_the_same_options_are_judged_by_their_own_keys():
    item = of_type("single")
    options = [replace(option, correct=option.id == miss_of(item)) for option in item.body.options]
    turned = replace(item, id="turned", body=replace(item.body, options=tuple(options)))
    for one, credit in ((item, 1), (turned, 0)):
        assert Judge(one).credit(key_of(item)) == credit


def test_a_list_is_not_taken_for_the_dictionary_with_the_same_words():
    item = of_type("classify")
    judge, key = Judge(item), key_of(item)
    assert judge.credit(key) == 1
    with pytest.raises(UnusableError):
        judge.credit([*key, *key.values()])


def test_what_was_seen_before_excuses_no_damaged_record():
    """In Python `True` equals 1: a lookup by equality alone would let it pass."""
    item = of_type("single")
    judge, sound = Judge(item), value_of(item, key_of(item))
    earned, altered = judge.answer(sound)
    assert (earned.credit, altered) == (1, False)
    for damage in ({"tries": True}, {"first": {**sound["first"], "credit": True}}, {"first": []}):
        with pytest.raises(UnusableError):
            judge.answer(sound | damage)
    assert judge.answer(sound)[0] is earned
