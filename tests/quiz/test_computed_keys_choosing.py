"""The keys and the numbers in the items on choosing a model are what the maths gives."""

import pytest

from proxygap.quiz import load_quiz
from proxygap.simulations import get, proportions
from proxygap.simulations._expected_cost import Workload, break_even, expected_cost
from proxygap.simulations.break_even import BALANCED, BRIEFS, CAUTIOUS, OBLIGING, costs

QUIZ = load_quiz("choosing-a-model")


def key(item):
    answer = QUIZ.item(item).body.answer
    return pytest.approx(answer.value, abs=(answer.high - answer.low) / 2)


def mistakes(item):
    return [mistake.value for mistake in QUIZ.item(item).body.mistakes]


def percent(ends, digits=1):
    return [round(100 * float(end), digits) for end in ends]


def test_2_of_40_and_6_of_40_are_not_told_apart():
    assert round(float(proportions.difference_p(2, 40, 6, 40)), 2) == 0.26
    assert percent(proportions.wilson_interval(2, 40), 0) == [1, 17]  # 1.4 and 16.5
    assert percent(proportions.wilson_interval(6, 40), 0) == [7, 29]
    assert round(100 * float(proportions.power_of_comparison(0.05, 0.15, 40))) == 18


def test_what_none_of_sixty_allows():
    assert 100 * float(proportions.rule_of_three(60)) == key("cm-none-of-sixty")
    assert percent(proportions.wilson_interval(0, 60)) == [0, 6]
    assert round(100 * 0.95**60, 1) == 4.6
    assert pytest.approx(6, abs=0.5) == 1 / 0.97**60  # "every sixth time"
    assert mistakes("cm-none-of-sixty")[1] == pytest.approx(100 / 60, abs=0.01)


def test_the_items_that_speak_are_those_on_which_one_model_failed():
    both, first, second, items = 4, 3, 14, 150
    assert first + second == key("cm-pairs")
    assert mistakes("cm-pairs")[:3] == [items, both + first + second, second]
    assert items - first - second == 133
    assert round(float(proportions.mcnemar_p(first, second)), 3) == 0.013


def test_the_cost_of_a_request():
    work = Workload(prevalence=0.01, refusal=10, harm=1000)
    assert float(expected_cost(work, 0.2, 0.05)) == key("cm-cost-of-a-refusal")
    harm_alone, refusals_alone, no_shares, one_share = mistakes("cm-cost-of-a-refusal")
    assert float(expected_cost(work, 0, 0.05)) == pytest.approx(harm_alone)
    assert float(expected_cost(work, 0.2, 0)) == pytest.approx(refusals_alone)
    assert no_shares == 0.2 * 10 + 0.05 * 1000
    assert one_share == 0.2 * 10 + 0.01 * 0.05 * 1000
    assert refusals_alone / QUIZ.item("cm-cost-of-a-refusal").body.answer.value == pytest.approx(
        0.8, abs=0.01
    )


def test_the_break_even():
    share = break_even(5, 380, (0.30, 0.01), (0.10, 0.06))
    assert 100 * share == key("cm-break-even")
    odds, prices, harmless, nothing = mistakes("cm-break-even")
    assert odds == pytest.approx(100 * share / (1 - share), abs=0.01)
    assert prices == pytest.approx(100 * 5 / 385, abs=0.01)
    assert harmless == pytest.approx(100 * (1 - share))
    assert nothing == 0


def test_the_rows_whose_winner_flips():
    regulated = BRIEFS["regulated"]
    dear = regulated._replace(refusal=200)
    assert min(costs(regulated), key=costs(regulated).get) == "cautious"
    assert min(costs(dear), key=costs(dear).get) == "balanced"
    assert max(costs(dear), key=costs(dear).get) == "cautious"
    assert costs(regulated)["obliging"] / costs(regulated)["cautious"] == pytest.approx(10, abs=1)
    assert 100 * break_even(3, 5000, CAUTIOUS, BALANCED) == pytest.approx(0.5, abs=0.05)
    assert round(100 * break_even(200, 5000, CAUTIOUS, BALANCED)) == 25
    assert costs(dear)["obliging"] == pytest.approx(float(expected_cost(dear, *OBLIGING)))


def test_the_published_rows_and_whether_chance_explains_them():
    result = get("published-refusals").run_at()
    assert round(float(result["mistral_without"]), 1) == 1.6
    assert round(float(result["mistral_with"]), 1) == 18.8
    assert float(proportions.difference_p(4, 250, 47, 250)) < 1e-6


def test_two_numbers_a_factor_of_275_apart():
    assert pytest.approx(275) == 22 / 0.08
    assert float(proportions.wilson_interval(55, 250)[0]) > 0.0008


def test_a_limit_at_the_upper_end():
    assert percent(proportions.wilson_interval(2, 100)) == [0.6, 7.0]
    assert float(proportions.wilson_interval(2, 150)[1]) <= 0.06
    assert float(proportions.wilson_interval(3, 150)[1]) <= 0.06  # the same 2 %


def test_only_a_test_without_a_failure_keeps_7_percent_with_60_items():
    assert float(proportions.wilson_interval(0, 60)[1]) <= 0.07
    assert percent(proportions.wilson_interval(1, 60))[1] == 8.9


def test_empty_replies_counted_as_refusals():
    worded = 0.02 * 150
    assert round(100 * (worded + 30) / 150) == 22
    assert round(100 * 30 / 150) == 20


def test_what_the_table_of_two_models_shows():
    assert round(float(proportions.mcnemar_p(6, 8)), 2) == 0.79
    assert 9 - 6 == 11 - 8  # the items on which both failed


def test_the_bars_of_5_and_15_percent_at_140_items():
    at = get("telling-apart").run_at(n=140.0)
    assert float(at["now_bars"]) == pytest.approx(50, abs=5)
    assert float(at["now_different"]) == pytest.approx(75, abs=3)
