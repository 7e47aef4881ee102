"""The numbers that the items on red-teaming quote are what the simulations compute."""

import pytest

from proxygap.quiz import load_quiz
from proxygap.simulations import get
from proxygap.simulations._proportions import rule_of_three, upper_limit
from proxygap.simulations._replies import load
from proxygap.simulations._techniques import stage
from proxygap.simulations._techniques.red_teaming import harm_over_teams
from proxygap.simulations.rare_events import at_least_once, stays_hidden

QUIZ = load_quiz("red-teaming")


def holds(item, value):
    answer = QUIZ.item(item).body.answer
    return answer.low <= value <= answer.high


def test_one_soft_request_of_ten():
    each = [at_least_once(0.5, 100), *[0.0] * 9]
    assert holds("rt-hundred-tries", 100 * sum(each) / 10)
    assert 100 * at_least_once(0.05, 100) == pytest.approx(99.4, abs=0.05)


def test_none_of_300_by_the_rule_of_three_and_exactly():
    assert holds("rt-none-of-300", 100 * rule_of_three(300))
    assert 100 * upper_limit(0, 300) == pytest.approx(0.99, abs=0.005)
    assert stays_hidden(0.01, 300) == pytest.approx(0.049, abs=5e-4)
    assert stays_hidden(1 / 300, 300) == pytest.approx(0.37, abs=0.005)


def test_fifty_tries_at_two_percent_and_thirty_that_miss():
    assert holds("rt-best-of-fifty", 100 * at_least_once(0.02, 50))
    assert stays_hidden(0.02, 30) == pytest.approx(0.55, abs=0.005)


def test_two_tries_find_a_hole_of_forty_percent_in_64_of_100_tests():
    assert at_least_once(0.4, 2) == pytest.approx(0.64)


def test_one_system_at_1_36_and_83_percent():
    law = get("jailbreak-law")
    rates = [float(law.run_at(attempts=n)["now_asr"]) for n in (1.0, 100.0, 10_000.0)]
    assert [round(rate) for rate in rates] == [1, 36, 83]
    sample = law.run_at()
    assert (sample["high"] - sample["low"]).max() / 2 == pytest.approx(8, abs=0.7)


def test_as_many_tries_as_a_clean_test_had():
    assert at_least_once(upper_limit(0, 100), 100) == pytest.approx(0.95)
    assert rule_of_three(200) == pytest.approx(0.015)


def test_equal_teams_often_lie_as_far_apart_as_4_8_and_2_4_percent():
    spread = harm_over_teams(load(), stage("rlhf").policy)
    assert 100 * spread.lower == pytest.approx(2.4, abs=0.05)
    assert 100 * spread.upper == pytest.approx(4.8, abs=0.05)
    assert 100 * spread.unchanged == pytest.approx(13, abs=0.5)
    assert stays_hidden(0.1, 2) == pytest.approx(0.81)
