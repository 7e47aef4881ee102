"""Best-of-n on a noisy score: closed forms, published maxima, and real searches beside them."""

import math

import numpy as np
import pytest

from proxygap.simulations import get
from proxygap.simulations._noisy_scores import (
    TAILS,
    bounded_sf,
    cells,
    laplace_sf,
    normal_sf,
    t2_sf,
    t3_sf,
)
from proxygap.simulations._order_statistics import DOUBLING
from proxygap.simulations.best_of_n import TRIES, choose, chosen_means

BEST_OF_N = get("best-of-n")
each_tail = pytest.mark.parametrize("tail", TAILS)


@pytest.mark.parametrize(
    ("n", "highest"),
    # arnold2008, expected maximum of n standard normal numbers.
    [(2, 0.5642), (4, 1.0294), (8, 1.4236), (16, 1.7660), (100, 2.5076), (256, 2.8269),
     (1000, 3.2414), (10_000, 3.8516), (60_000, 4.2714)],
)  # fmt: skip
@each_tail
def test_the_rank_of_the_chosen_answer_is_the_highest_of_n_normal_numbers(n, highest, tail):
    rank = chosen_means(cells(tail), np.array([float(n)]))["rank"][0]
    assert rank == pytest.approx(highest, abs=2e-3)


@pytest.mark.parametrize(
    ("sf", "x", "chance"),
    [
        # Tables: Φ(−1.96), P(t₃ > 3.182), P(t₂ > 4.303); the others by hand.
        (normal_sf, 1.959964, 0.025),
        (t3_sf, 3.182446, 0.025),
        (t2_sf, 4.302653, 0.025),
        (laplace_sf, math.log(20) / math.sqrt(2), 0.025),
        (bounded_sf, 0.95 * math.sqrt(3), 0.025),
    ],
)
def test_the_tails_of_the_errors_as_tabulated(sf, x, chance):
    assert sf(np.array(x)) == pytest.approx(chance, abs=1e-6)
    assert sf(np.array(-x)) == pytest.approx(1 - chance, abs=1e-6)


def test_a_far_tail_keeps_its_digits():
    # t₃: 2/(3π) · (x/√3)⁻³, next term −6/5 (x/√3)⁻² smaller; t₂: 1/(2x²).
    for x in (1e3, 1e4, 1e8):
        assert t3_sf(np.array(x)) == pytest.approx(2 * 3**1.5 / (3 * math.pi) / x**3, rel=1e-5)
        assert t2_sf(np.array(x)) == pytest.approx(0.5 / x**2, rel=1e-5)


@each_tail
def test_scores_are_right_on_average(tail):
    population = cells(tail)
    assert population.base.sum() == pytest.approx(1)
    assert population.base @ population.score == pytest.approx(0, abs=1e-9)
    assert population.base @ population.truth == pytest.approx(0, abs=1e-9)
    assert population.base @ population.rank**2 == pytest.approx(1, abs=1e-3)
    # A score that goes up with the value: E[score · value] = Var(value) = 1.
    assert population.base @ (population.score * population.truth) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("tail", ["bounded", "gaussian", "laplace"])
def test_errors_of_variance_one_double_the_variance_of_the_score(tail):
    population = cells(tail)
    assert population.base @ population.score**2 == pytest.approx(2, abs=2e-3)


def test_with_gaussian_errors_the_mean_true_value_is_half_the_score():
    # gao2023, equation 1, with both variances 1. Within one cell of the grid.
    population = cells("gaussian")
    near = np.abs(population.score) < 8
    np.testing.assert_allclose(population.truth[near], population.score[near] / 2, atol=2e-3)


@each_tail
@pytest.mark.parametrize("n", [2, 64, 1024])
def test_real_searches_find_what_the_exact_choice_says(tail, n):
    _, truth = choose(n, tail, np.random.default_rng(5), tries=1000)
    exact = chosen_means(cells(tail), np.array([float(n)]))["truth"][0]
    assert truth.mean() == pytest.approx(exact, abs=5 * truth.std(ddof=1) / 1000**0.5)


def test_a_longer_search_continues_a_shorter_one():
    scores = [choose(n, "t3", np.random.default_rng(2), tries=TRIES)[0] for n in (1, 64, 4096)]
    assert (scores[0] <= scores[1]).all()
    assert (scores[1] <= scores[2]).all()


@each_tail
def test_score_and_rank_rise_for_ever(tail):
    result = BEST_OF_N.run_at(tail=tail)
    assert (np.diff(result["score"]) > 0).all()
    assert (np.diff(result["rank"]) > 0).all()


def test_the_heavier_the_tail_the_less_the_choice_is_worth():
    worth = [BEST_OF_N.run_at(n=60_000.0, tail=tail)["now_truth"] for tail in TAILS]
    assert worth == sorted(worth, reverse=True)


@pytest.mark.parametrize("tail", ["t3", "t2"])
def test_under_a_heavy_tail_the_truth_rises_once_and_falls_once(tail):
    truth = BEST_OF_N.run_at(tail=tail)["truth"]
    signs = np.sign(np.diff(truth))
    assert (np.diff(signs) != 0).sum() == 1
    assert signs[0] == 1
    assert signs[-1] == -1


@pytest.mark.parametrize("n", DOUBLING)
def test_the_marker_stands_where_the_control_is_set(n):
    result = BEST_OF_N.run_at(n=n)
    assert result["now_n"] == n
    assert result["now_truth"] == result["truth"][DOUBLING.index(n)]


def test_one_answer_is_an_average_one():
    result = BEST_OF_N.run_at(n=1.0)
    assert result["now_kl"] == 0
    assert result["now_truth"] == pytest.approx(0, abs=1e-9)
