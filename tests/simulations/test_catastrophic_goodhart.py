"""Catastrophic Goodhart: the best policy on a leash, and the published construction."""

import doctest
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from proxygap.simulations import _leash, get
from proxygap.simulations._leash import best_within, moved_mass
from proxygap.simulations._noisy_scores import ROOT3, TAILS, cells
from proxygap.simulations._order_statistics import best_of_n, kl, kl_bound
from proxygap.simulations._overoptimisation import tilt
from proxygap.simulations.catastrophic_goodhart import CAPS, gains

CATASTROPHE = get("catastrophic-goodhart")
SMALL = st.floats(0.01, 1)


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(_leash).failed == 0


@given(arrays(float, 6, elements=SMALL), arrays(float, 6, elements=st.floats(-3, 3)), SMALL)
def test_the_best_policy_stays_on_its_leash(weights, score, nats):
    base = weights / weights.sum()
    policy, _ = best_within(base, score, nats)
    assert policy.sum() == pytest.approx(1)
    assert kl(policy, base) <= nats + 1e-9
    assert policy @ score >= base @ score - 1e-9


def test_two_answers_by_hand():
    # From probability 1/2 to 3/4 for the better one: KL = log 2 + ¾ log ¾ + ¼ log ¼ = 0.1308, and
    # the tilt exp(1/penalty) = 3.
    nats = math.log(2) + 0.75 * math.log(0.75) + 0.25 * math.log(0.25)
    policy, penalty = best_within(np.array([0.5, 0.5]), np.array([0.0, 1.0]), nats)
    np.testing.assert_allclose(policy, [0.25, 0.75], atol=1e-6)
    assert penalty == pytest.approx(1 / math.log(3), rel=1e-5)


def test_the_penalty_makes_the_policy_the_best_one():
    # Mean score − penalty · KL is highest at the policy that belongs to the penalty.
    rng = np.random.default_rng(0)
    base, score = rng.dirichlet(np.ones(7)), rng.normal(size=7)
    policy, penalty = best_within(base, score, 0.2)
    value = policy @ score - penalty * kl(policy, base)
    for other in rng.dirichlet(np.ones(7), 500):
        assert other @ score - penalty * kl(other, base) <= value + 1e-9
    assert value == pytest.approx(penalty * math.log(base @ np.exp(score / penalty)))


def test_a_leash_longer_than_any_policy_needs_lets_the_best_answer_win():
    policy, _ = best_within(np.array([0.5, 0.3, 0.2]), np.array([0.0, 2.0, 1.0]), 50.0)
    np.testing.assert_allclose(policy, [0, 1, 0], atol=1e-9)


@pytest.mark.parametrize("nats", [0.01, 0.25, 1.0, 4.0])
def test_with_gaussian_errors_both_numbers_follow_the_closed_form(nats):
    # Independent Gaussians of variance 1: E[V] = 1/penalty, KL = 2/(2 penalty²); score 2/penalty.
    found = gains("gaussian", (CAPS[-1],), (nats,))
    assert found.truth[0] == pytest.approx(math.sqrt(nats), rel=2e-3)
    assert found.score[0] == pytest.approx(2 * math.sqrt(nats), rel=2e-3)
    assert found.penalty[0] == pytest.approx(1 / math.sqrt(nats), rel=2e-3)


@pytest.mark.parametrize(
    ("reach", "mean", "nats"),
    # The construction of kwa2024, figure 3, by adaptive quadrature over the t3 density.
    [(1e1, 2.38, 0.649), (1e2, 3.77, 0.227), (1e3, 5.97, 0.0561), (1e4, 9.46, 0.0121),
     (1e5, 15.0, 0.00242), (1e6, 23.8, 0.000464)],
)  # fmt: skip
def test_the_published_construction(reach, mean, nats):
    assert moved_mass(reach).mean == pytest.approx(mean, rel=2e-3)
    assert moved_mass(reach).kl == pytest.approx(nats, rel=2e-3)


@given(st.floats(5, 1e6))
def test_the_construction_goes_further_on_a_shorter_leash(reach):
    near, far = moved_mass(reach), moved_mass(2 * reach)
    assert far.mean > near.mean
    assert far.kl < near.kl


def test_the_best_policy_beats_the_published_one_on_the_same_leash():
    # The same move of probability, in the simulation's units, within reach of a cap far above.
    population = cells("t3")
    high = population.score > 100 / ROOT3
    policy = np.where(high, population.base / population.base[high].sum() * 0.01,
                      population.base / population.base[~high].sum() * 0.99)  # fmt: skip
    score = np.minimum(population.score, 1e4)
    best, _ = best_within(population.base, score, kl(policy, population.base))
    assert best @ score >= policy @ score


@pytest.mark.parametrize("tail", TAILS)
def test_no_policy_on_the_leash_of_best_of_n_beats_the_tilted_one(tail):
    population = cells(tail)
    score = np.minimum(population.score, 100.0)
    chosen = best_of_n(population.base, score, 16)
    best, _ = best_within(population.base, score, float(kl_bound(16)))
    assert best @ score >= chosen @ score


@pytest.mark.parametrize("tail", ["t3", "t2"])
def test_under_a_heavy_tail_the_truth_falls_with_every_cap(tail):
    result = CATASTROPHE.run_at(tail=tail)
    assert (np.diff(result["truth"]) < 0).all()
    assert result["now_truth"] < 1e-3
    assert result["now_score"] > 10


@pytest.mark.parametrize("tail", ["bounded", "gaussian"])
def test_under_a_light_tail_score_and_truth_go_together(tail):
    result = CATASTROPHE.run_at(tail=tail)
    ratio = result["truth"] / result["score"]
    assert ((ratio > 0.45) & (ratio < 0.65)).all()


def test_tilting_by_nothing_is_the_base():
    population = cells("t2")
    np.testing.assert_allclose(tilt(population.base, population.score, 0.0), population.base)


@pytest.mark.parametrize("cap", CAPS)
def test_the_marker_stands_where_the_control_is_set(cap):
    result = CATASTROPHE.run_at(cap=cap)
    assert result["now_cap"] == cap
    assert result["leash"][0] < result["now_kl"] < result["leash"][-1]
