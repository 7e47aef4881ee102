"""How many items tell two rates apart: by hand, by the textbook, by drawn comparisons."""

import math

import numpy as np
import pytest

from proxygap.simulations import get
from proxygap.simulations._proportions import mcnemar_p, wilson_interval
from proxygap.simulations.telling_apart import (
    RATES,
    N,
    bars_apart,
    different_items,
    items_needed,
    nested,
    textbook_items,
)

TELLING = get("telling-apart")


def test_nested_failures_need_six_items_on_which_only_one_model_fails():
    # P(Bin(80, 0.1) ≥ 6): the better model never fails alone.
    chance = sum(math.comb(80, k) * 0.1**k * 0.9 ** (80 - k) for k in range(6, 81))
    assert nested(0.05, 0.15, 80) == pytest.approx(chance)


def test_bars_that_do_not_overlap_agree_with_drawn_comparisons():
    rng, runs, n = np.random.default_rng(2), 4000, 100
    low1, high1 = wilson_interval(rng.binomial(n, 0.05, runs), n)
    low2, high2 = wilson_interval(rng.binomial(n, 0.15, runs), n)
    apart = ((low1 > high2) | (low2 > high1)).mean()
    power = bars_apart(0.05, 0.15, n)
    assert apart == pytest.approx(power, abs=4 * math.sqrt(power * (1 - power) / runs))


def test_nested_failures_agree_with_drawn_answers():
    # One threshold for both: the better model fails where the draw is below 0.05.
    rng, runs, n = np.random.default_rng(3), 2000, 60
    draws = rng.random((runs, n))
    only_second = ((draws >= 0.05) & (draws < 0.15)).sum(axis=1)
    found = (mcnemar_p(np.zeros(runs), only_second) <= 0.05).mean()
    power = nested(0.05, 0.15, n)
    assert found == pytest.approx(power, abs=4 * math.sqrt(power * (1 - power) / runs))


def test_the_textbook_formula_by_hand():
    # 5 % and 15 %: (1.96·√0.18 + 0.8416·√0.175)² / 0.01 = 140.1 before the correction.
    plain = (1.959964 * math.sqrt(0.18) + 0.841621 * math.sqrt(0.175)) ** 2 / 0.01
    assert plain == pytest.approx(140.1, abs=0.1)
    corrected = plain / 4 * (1 + math.sqrt(1 + 4 / (plain * 0.1))) ** 2
    assert textbook_items(0.05, 0.15) == pytest.approx(corrected)


def test_sharing_the_items_halves_what_is_needed_at_best_and_saves_nothing_at_worst():
    assert items_needed(0.05, 0.15, paired=1) <= 0.55 * items_needed(0.05, 0.15)
    assert items_needed(0.05, 0.15, paired=0) >= 0.95 * items_needed(0.05, 0.15)


@pytest.mark.parametrize("rates", list(RATES)[1:])
def test_a_test_finds_more_than_a_look_at_the_bars(rates):
    result = TELLING.run_at(rates=rates)
    assert (result["different"] >= result["bars"]).all()
    assert (result["different"] > result["bars"] + 5).any()


def test_the_bands_of_5_and_15_percent_overlap_at_120_items_and_part_at_140():
    result = TELLING.run_at()
    gap = dict(zip(N, result["second_low"] - result["first_high"], strict=True))
    assert gap[120] < 0 < gap[140]


def test_without_a_difference_no_number_of_items_finds_one_often():
    result = TELLING.run_at(rates="5 % and 5 %")
    assert different_items(0.05, 0.05, 200) <= 0.05
    assert result["nested"].max() == 0


def test_what_none_of_n_allows_falls_like_one_over_n():
    result = TELLING.run_at()
    assert result["allowed"][-1] == pytest.approx(100 * 3.841459 / (200 + 3.841459))
    assert (np.diff(result["allowed"]) < 0).all()
