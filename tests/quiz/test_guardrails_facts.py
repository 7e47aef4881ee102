"""The numbers that the items on guardrails quote are what the simulations and the lab compute."""

import numpy as np
import pytest

from proxygap.labs.stack_builder import measure
from proxygap.labs.stack_builder.rails import parse
from proxygap.labs.stack_builder.starts import STARTS
from proxygap.quiz import load_quiz
from proxygap.simulations import get
from proxygap.simulations._detection import (
    benign_pass,
    joint_miss,
    normal_cdf,
    precision,
    separation,
)
from proxygap.simulations._techniques import path

QUIZ = load_quiz("guardrails")


def answer(item):
    return QUIZ.item(item).body.answer


def stopped(name, split):
    found = measure.outcome(parse(STARTS[name][1])[0], split, "sister")
    return {sort: found.share(sort).rate for sort in ("asks", "near", "ordinary")}


def test_an_alarm_of_the_item_is_worth_what_bayes_says():
    worth = 100 * float(precision(1 / 200, 0.8, 0.02))
    assert answer("gr-ppv-by-counting").low < worth < answer("gr-ppv-by-counting").high


def test_halving_false_alarms_nearly_doubles_what_halving_misses_hardly_moves():
    now, caught, false = (float(precision(0.001, *rates)) for rates in
                          ((0.95, 0.01), (0.975, 0.01), (0.95, 0.005)))  # fmt: skip
    assert (now, caught, false) == pytest.approx((0.087, 0.089, 0.16), abs=0.001)


def test_four_filters_pass_what_the_item_says():
    passed = 100 * benign_pass((0.1,) * 4, 0.0)
    assert answer("gr-benign-pass").low < passed < answer("gr-benign-pass").high


def test_a_third_filter_of_the_same_make_would_leave_about_17_of_100():
    low, high = 0.9, 1.0
    for _ in range(40):  # the correlation at which two filters that miss 20 % miss 18 % together
        middle = (low + high) / 2
        low, high = (middle, high) if joint_miss((0.2, 0.2), middle) < 0.18 else (low, middle)
    assert joint_miss((0.2,) * 3, low) == pytest.approx(0.17, abs=0.006)


def test_the_rails_of_the_chapter_move_the_posture_as_the_item_says():
    before, after = (stage.posture for stage in path("guardrails")[-2:])
    assert (before.harm, after.harm) == pytest.approx((0.037, 0.008), abs=0.0005)
    assert (before.over_refusal, after.over_refusal) == pytest.approx((0.02, 0.09), abs=0.005)
    assert after.truth < before.truth


def test_a_list_of_words_stops_more_allowed_messages_than_forbidden_ones():
    for split in ("practice", "held-out"):
        found = stopped("words", split)
        assert found["near"] > found["asks"]


def test_patterns_catch_a_third_on_new_messages():
    practice, hidden = (stopped("patterns", split)["asks"] for split in ("practice", "held-out"))
    assert hidden / practice == pytest.approx(1 / 3, abs=0.05)


def test_the_misconceptions_quote_what_the_filter_does():
    run = get("guardrail-stack").run_at
    assert float(run(prevalence=0.1)["now_right"]) == pytest.approx(91, abs=0.5)
    assert float(run()["now_right"]) == pytest.approx(9, abs=0.5)
    assert float(precision(0.001, 0.95, 0.001)) > 5 * float(precision(0.001, 0.95, 0.01))


def test_the_cheapest_threshold_moves_up_where_harm_is_rarer():
    apart, scores = separation(0.95, 0.01), np.linspace(-2, 9, 2201)
    cheapest = []
    for share in (0.5, 0.001):
        missed, stopped = 1 - normal_cdf(apart - scores), normal_cdf(-scores)
        cheapest.append(scores[(share * missed + (1 - share) * stopped).argmin()])
    # Where the ratio of the densities, exp(d' t − d'^2 / 2), equals (1 − P) / P.
    by_formula = [apart / 2 + np.log((1 - share) / share) / apart for share in (0.5, 0.001)]
    assert cheapest == pytest.approx(by_formula, abs=0.006)
    assert by_formula[1] > by_formula[0] + 1
