"""The numbers that the items on alignment, safety, security and ethics quote are computed here."""

import collections

import numpy as np
import pytest

from proxygap.quiz import load_quiz
from proxygap.quiz.model import FAMILIES, Number
from proxygap.simulations import get, proportions
from proxygap.simulations._expected_cost import Workload, break_even, expected_cost
from proxygap.simulations._order_statistics import best_of_n
from proxygap.simulations.two_errors import errors, harm

QUIZ = load_quiz("alignment-safety-ethics")
HARMFUL, HARMLESS = 20, 980  # of the 1,000 requests in the items


def is_key(name, value):
    """Return whether `value` is right, and right on its own: no foreseen mistake is as near."""
    body = QUIZ.item(name).body
    assert isinstance(body, Number)
    return body.answer.low <= value <= body.answer.high


def mistake(name, value):
    """Return whether the item foresees `value`."""
    return any(one.low <= value <= one.high for one in QUIZ.item(name).body.mistakes)


def key_text(name):
    return next(option.text for option in QUIZ.item(name).body.options if option.correct)


def rings(messages, attacks, found, false):
    """Return true and false alarms."""
    return attacks * found, (messages - attacks) * false


def worth(attacks, found, false, messages=100_000):
    """Return how many alarms of 100 are attacks."""
    true, others = rings(messages, attacks, found, false)
    return 100 * true / (true + others)


def test_the_families_and_difficulties_are_as_planned():
    counts = collections.Counter(item.family for item in QUIZ.items)
    assert counts == {"classify": 32, "diagnose": 16, "compute": 16, "decide": 16}
    for family in FAMILIES:
        levels = collections.Counter(i.difficulty for i in QUIZ.items if i.family == family)
        assert min(levels[level] for level in (1, 2, 3)) >= 4
    assert all(item.last_reviewed for item in QUIZ.items)


def test_what_an_alarm_is_worth():
    assert is_key("as-rare-attacks", worth(200, 0.8, 0.04))
    assert rings(100_000, 200, 0.8, 0.04) == pytest.approx((160, 3992))
    assert mistake("as-rare-attacks", 100 * 160 / 100_000)
    assert is_key("as-blocked-by-mistake", rings(100_000, 100, 0.9, 0.05)[1])
    finding_more, ringing_less = worth(100, 0.99, 0.05), worth(100, 0.9, 0.01)
    assert (round(finding_more, 1), round(ringing_less, 1)) == (1.9, 8.3)
    assert key_text("as-which-lever").startswith("Ringing at 1 %")


def test_the_hours_that_alarms_take():
    true, others = rings(10_000, 10, 0.9, 0.05)
    assert (true, others) == (9, 499.5)
    assert is_key("as-alarm-hours", (true + others) * 3 / 60)
    assert mistake("as-alarm-hours", true * 3 / 60)
    assert mistake("as-alarm-hours", true + others)


@pytest.mark.parametrize(
    ("failures", "tries", "low", "high"),
    # Every Wilson interval that an item or its explanation quotes, in per cent.
    [
        (0, 60, 0, 6.0),
        (0, 80, 0, 4.6),
        (0, 100, 0, 3.7),
        (7, 200, 1.7, 7.0),
        (3, 200, 0.5, 4.3),
        (0, 200, 0, 1.9),
    ],
)
def test_the_intervals_in_the_items(failures, tries, low, high):
    interval = proportions.wilson_interval(failures, tries)
    assert [round(100 * float(end), 1) for end in interval] == [low, high]


def test_which_models_keep_the_limit():
    ends = {
        name: proportions.wilson_interval(k, 200)[1] for name, k in (("A", 7), ("B", 3), ("C", 0))
    }
    assert {name for name, end in ends.items() if end <= 0.05} == {"B", "C"}
    assert key_text("as-limit-first").startswith("B and C")


def test_tries_for_a_rate_by_the_rule_of_three():
    body = QUIZ.item("as-tries-for-one-per-cent").body
    assert proportions.rule_of_three(body.answer.value) == 0.02
    assert mistake("as-tries-for-one-per-cent", 300)
    assert proportions.rule_of_three(300) == 0.01
    assert 0.98**149 < 0.05 < 0.98**148
    assert round(100 * 0.98**50) == 36


def test_none_of_thirty_leaves_a_tenth_open():
    assert proportions.rule_of_three(30) == 0.1
    assert 0.98**30 > 0.5


def test_harm_at_a_setting_and_the_price_of_a_stricter_one():
    by_answering, in_all = harm(0.091, 0.122)
    assert is_key("as-harm-at-sixty", in_all)
    assert mistake("as-harm-at-sixty", by_answering)
    assert mistake("as-harm-at-sixty", in_all - by_answering)
    assert mistake("as-harm-at-sixty", by_answering + 0.091 * (HARMFUL + HARMLESS))
    assert in_all == pytest.approx(1000 * expected_cost(Workload(0.02, 1, 20), 0.091, 0.122))
    lax, strict = (get("two-errors").run_at(threshold=score) for score in (60.0, 40.0))
    assert round(float(lax["now_in_all"])) == QUIZ.item("as-harm-at-sixty").body.answer.value
    refused = (strict["now_refused"] - lax["now_refused"]) / 100 * HARMLESS
    prevented = (lax["now_answered"] - strict["now_answered"]) / 100 * HARMFUL
    assert is_key("as-price-of-one-less", refused / prevented)
    assert [round(float(one["now_answered"]), 1) for one in (lax, strict)] == [12.2, 0.6]
    assert [round(float(one["now_refused"]), 1) for one in (lax, strict)] == [9.1, 50.0]


def test_where_the_strict_model_becomes_the_cheaper_one():
    strict, open_ = (0.30, 0.02), (0.05, 0.10)
    share = break_even(1, 20, strict, open_)
    assert is_key("as-break-even", 100 * share)
    costs = [expected_cost(Workload(share, 1, 20), *rates) for rates in (strict, open_)]
    assert costs == pytest.approx([0.314, 0.314], abs=5e-4)
    assert 100 * break_even(1, 200, strict, open_) == pytest.approx(1.5, abs=0.05)


def test_a_clinics_prices_turn_a_banks_ranking_round():
    strict, open_ = (0.45, 0.02), (0.12, 0.06)
    bank, clinic = Workload(0.02, 3, 5000), Workload(0.02, 60, 500)
    assert expected_cost(bank, *strict) < expected_cost(bank, *open_)
    assert expected_cost(clinic, *strict) > expected_cost(clinic, *open_)


def test_layers_and_attempts():
    assert is_key("as-three-layers", 100 * 0.3**3)
    assert is_key("as-alarms-add-up", 100 * (1 - 0.96**3))
    assert mistake("as-alarms-add-up", 3 * 4)
    # Attempts that are as good as each other: the best of 80 is the one that worked, if one did.
    works = best_of_n(np.array([0.99, 0.01]), np.array([0.0, 1.0]), 80)[1]
    assert is_key("as-fifty-attempts", 100 * works)
    assert mistake("as-fifty-attempts", 100 * (1 - works))


def test_two_models_that_cannot_be_told_apart_and_two_that_can():
    assert round(float(proportions.difference_p(4, 80, 10, 80)), 2) == 0.16
    assert "gives $p = 0.16$" in " ".join(QUIZ.item("as-two-and-six").stem.split())
    assert proportions.power_of_comparison(0.05, 0.125, 80) < 0.3
    assert proportions.power_of_comparison(0.05, 0.125, 240) > 0.8
    assert proportions.difference_p(3, 60, 8, 60) > 0.05  # as-drawn-by-lot
    assert round(float(proportions.mcnemar_p(1, 11)), 3) == 0.006
    assert round(float(proportions.difference_p(5, 100, 15, 100)), 2) == 0.03


def test_a_program_that_refuses_everything_scores_in_full():
    _, answered = errors(-np.inf, 2.5)
    assert is_key("as-refuse-all", 100 * (1 - answered))
