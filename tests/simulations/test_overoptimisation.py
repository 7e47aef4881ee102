"""Overoptimisation: the exact case by its closed form, the learned one by what it must recover."""

import doctest
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations import _overoptimisation, get
from proxygap.simulations._order_statistics import kl
from proxygap.simulations._overoptimisation import (
    GAIN,
    HARM,
    curve,
    exact_best_of_n,
    exact_rewards,
    fit_curve,
    tilt,
)
from proxygap.simulations._reward_model import (
    FEATURES,
    LENGTH_HARMS,
    RIDGE,
    Comparisons,
    compare,
    draw_worlds,
    fit_bradley_terry,
    gold,
)
from proxygap.simulations.overoptimisation import COMPARED, SEEN, learned_rewards

OVEROPTIMISATION = get("overoptimisation")
DISTANCES = st.floats(0.01, 3)


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(_overoptimisation).failed == 0


@given(DISTANCES)
def test_tilting_a_normal_proxy_follows_the_law_at_every_distance(d):
    # gao2023's form with α = √2·a, β = 2c: mean proxy m = √2·d, mean gold a·m − c·m².
    rewards = exact_rewards(np.array([d]))
    assert rewards["tilted_proxy"][0] == pytest.approx(math.sqrt(2) * d, rel=1e-6)
    law = curve(d, alpha=math.sqrt(2) * GAIN, beta=2 * HARM)
    assert rewards["tilted_gold"][0] == pytest.approx(law, abs=1e-6)


@given(st.floats(-3, 3))
def test_tilting_by_m_moves_a_normal_base_by_m_squared_halves(m):
    score = np.arange(-12, 12, 0.01)
    base = np.exp(-(score**2) / 2) / np.exp(-(score**2) / 2).sum()
    policy = tilt(base, score, m)
    assert policy @ score == pytest.approx(m, abs=1e-6)
    assert kl(policy, base) == pytest.approx(m**2 / 2, abs=1e-6)


def test_no_policy_as_near_to_the_base_has_a_higher_score_than_the_tilted_one():
    rng = np.random.default_rng(4)
    base, score = rng.dirichlet(np.ones(8)), rng.normal(size=8)
    best = tilt(base, score, 0.7)
    for _ in range(200):
        other = rng.dirichlet(np.full(8, 5.0))
        # Move it towards the base until it is as near as the tilted policy.
        shares = np.linspace(0, 1, 500)
        near = [
            q for q in (base + s * (other - base) for s in shares) if kl(q, base) <= kl(best, base)
        ]
        assert max(q @ score for q in near) <= best @ score + 1e-9


def test_best_of_n_peaks_where_the_law_says():
    # d* = α/2β = √2/0.8 = 1.77, so KL = 3.1 and n near 64; evidence: the peak of best-of-n is 96.
    sizes = np.arange(1.0, 300)
    assert 48 <= sizes[exact_best_of_n(sizes).argmax()] <= 128


@given(st.floats(-2, 2), st.floats(-2, 2))
def test_a_fit_recovers_the_curve_that_it_is_given(alpha, beta):
    d = np.linspace(0.3, 2.5, 9)
    fit = fit_curve(d, curve(d, alpha, beta) + 0.0)
    assert fit.alpha == pytest.approx(alpha, abs=1e-9)
    assert fit.beta == pytest.approx(beta, abs=1e-9)


def test_gold_by_hand():
    answers = np.zeros((1, 3, FEATURES))
    answers[0, 0, 0], answers[0, 1, 0], answers[0, 2, 1] = 2.0, -2.0, 1.0
    worth = np.zeros((1, FEATURES))
    worth[0, :2] = 0.6, 0.5
    expected = [2 * 0.6 - LENGTH_HARMS * 4, -2 * 0.6, 0.5]  # length harms only above 0
    np.testing.assert_allclose(gold(answers, worth)[0], expected)


def test_the_better_answer_comes_first_in_every_comparison():
    worth = draw_worlds(np.random.default_rng(1), 3)
    difference = compare(worth, 200, np.random.default_rng(7)).difference
    drawn = np.random.default_rng(7).normal(size=(200, 2, 3, FEATURES))
    one, other = drawn.transpose(1, 2, 0, 3)
    turned = ~np.isclose(difference, one - other).all(axis=-1)
    np.testing.assert_allclose(difference[turned], (other - one)[turned])
    np.testing.assert_array_equal(turned, gold(one, worth) < gold(other, worth))


def test_few_comparisons_are_the_first_of_many():
    worth = draw_worlds(np.random.default_rng(0), 2)
    few, many = (compare(worth, n, np.random.default_rng(9)).difference for n in (5, 50))
    np.testing.assert_array_equal(few, many[:, :5])


def test_a_reward_model_sits_where_its_likelihood_is_flat():
    rng = np.random.default_rng(2)
    won = compare(draw_worlds(rng, 4), 40, rng).difference[..., :3]
    weights = fit_bradley_terry(Comparisons(won), 3)
    surprise = 1 / (1 + np.exp((won @ weights[..., None])[..., 0]))
    slope = (won * surprise[..., None]).sum(axis=1) - RIDGE * weights
    np.testing.assert_allclose(slope, 0, atol=1e-8)


def test_a_reward_model_recovers_utilities_from_noisy_comparisons():
    # bradley1952's own model: with N comparisons the standard error falls as 1/√N.
    rng = np.random.default_rng(6)
    true = np.array([1.0, -0.5, 0.25])
    drawn = rng.normal(size=(20, 4000, 3)) * math.sqrt(2)
    wins = rng.random((20, 4000)) < 1 / (1 + np.exp(-drawn @ true))
    won = drawn * np.where(wins, 1, -1)[..., None]
    weights = fit_bradley_terry(Comparisons(won), 3)
    standard_error = weights.std(axis=0, ddof=1) / 20**0.5
    assert (np.abs(weights.mean(axis=0) - true) < 5 * standard_error).all()


def test_a_model_that_sees_more_sees_the_same_worlds():
    few, many = (learned_rewards(k, 30, np.random.default_rng(0)) for k in (1, 16))
    np.testing.assert_allclose(few[0][:, 0], many[0][:, 0], atol=1e-9)  # one answer: no choice
    assert many[2] > few[2]


@pytest.mark.parametrize("comparisons", [COMPARED[0], COMPARED[-1]])
def test_whatever_it_sees_its_own_score_keeps_rising(comparisons):
    for seen in SEEN:
        proxy = OVEROPTIMISATION.run_at(seen=seen, comparisons=comparisons)["proxy"]
        assert (np.diff(proxy) > 0.1).all()


def test_the_more_it_sees_the_higher_the_peak():
    peaks = [OVEROPTIMISATION.run_at(seen=seen)["peak_gold"] for seen in SEEN]
    assert peaks == sorted(peaks)


def test_a_model_that_sees_everything_shows_no_overoptimisation():
    result = OVEROPTIMISATION.run_at(seen=16.0)
    assert result["peak_n"] == 512
    assert (np.diff(result["gold"]) > 0).all()
