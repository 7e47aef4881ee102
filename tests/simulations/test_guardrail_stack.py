"""The guardrail stack: Bayes by hand, the copula against draws and bounds, ROC and precision."""

import doctest
from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.simulations import _detection, get, guardrail_stack
from proxygap.simulations._detection import (
    area_under_precision,
    area_under_roc,
    benign_pass,
    joint_miss,
    normal_cdf,
    precision,
    separation,
)

SIMULATION = get("guardrail-stack")
SHARES = st.floats(0.001, 0.999)
CORRELATIONS = st.floats(0, 1)


@pytest.mark.parametrize("module", [_detection, guardrail_stack])
def test_the_examples_in_the_docstrings_are_true(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("prevalence", "expected"),
    # Of a million requests: 950 right alarms and 9,990 false ones, and so on.
    [(0.001, 950 / 10940), (0.01, 9500 / 19400), (0.1, 95000 / 104000)],
)
def test_what_an_alarm_is_worth_by_counting(prevalence, expected):
    assert float(precision(prevalence, 0.95, 0.01)) == pytest.approx(expected, abs=1e-12)


def test_where_nothing_raises_an_alarm_nothing_is_right():
    assert np.isnan(precision(0.0, 0.95, 0.0))


@given(SHARES, SHARES, SHARES)
def test_no_alarm_tells_less_than_the_prevalence_if_the_filter_is_better_than_chance(p, a, b):
    false_alarms, caught = sorted((a, b))
    assert float(precision(p, caught, false_alarms)) >= p - 1e-12


@pytest.mark.parametrize("z", [-3.0, -0.5, 0.0, 1.0, 2.5])
def test_the_normal_distribution_is_that_of_the_standard_library(z):
    assert float(normal_cdf(z)) == pytest.approx(NormalDist().cdf(z), abs=1e-15)


@pytest.mark.parametrize(("rho", "expected"), [(0.0, 0.001), (0.6, 0.0218), (0.9, 0.0564)])
def test_what_three_layers_miss(rho, expected):
    assert joint_miss((0.1,) * 3, rho) == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("rho", [0.3, 0.6, 0.9])
def test_the_integral_agrees_with_draws(rho):
    rng, n = np.random.default_rng(7), 400_000
    scores = sqrt(rho) * rng.normal(size=n) + sqrt(1 - rho) * rng.normal(size=(3, n))
    drawn = (scores < NormalDist().inv_cdf(0.1)).all(axis=0).mean()
    exact = joint_miss((0.1,) * 3, rho)
    assert drawn == pytest.approx(exact, abs=5 * sqrt(exact * (1 - exact) / n))


@pytest.mark.parametrize("rho", [0.2, 0.5, 0.95, 0.999])
def test_two_layers_at_the_median_by_sheppards_formula(rho):
    # P(both below 0) = 1/4 + arcsin(rho) / 2π, exactly (Sheppard, 1899).
    assert joint_miss((0.5, 0.5), rho) == pytest.approx(
        0.25 + np.arcsin(rho) / (2 * np.pi), abs=1e-9
    )


@given(st.floats(0.001, 0.9), st.integers(1, 5), CORRELATIONS, CORRELATIONS)
def test_the_joint_miss_grows_with_the_correlation_and_keeps_its_bounds(miss, layers, one, two):
    low, high = (joint_miss((miss,) * layers, rho) for rho in sorted((one, two)))
    assert low <= high + 1e-9
    assert miss**layers - 1e-9 <= low
    assert high <= miss + 1e-9


@given(st.lists(SHARES, min_size=2, max_size=4), CORRELATIONS)
def test_one_more_layer_never_misses_more_and_never_passes_more(rates, rho):
    assert joint_miss(rates, rho) <= joint_miss(rates[:-1], rho) + 1e-9
    assert benign_pass(rates, rho) <= benign_pass(rates[:-1], rho) + 1e-9


def test_layers_that_are_one_and_the_same_are_worth_one():
    assert joint_miss((0.1, 0.3), 1.0) == 0.1
    assert benign_pass((0.02,) * 3, 1.0) == 0.98


def test_three_independent_layers_pass_this_share_of_harmless_requests():
    assert benign_pass((0.02,) * 3, 0.0) == pytest.approx(0.98**3, abs=1e-12)


@pytest.mark.parametrize("wrong", [((1.2,), 0.5), ((0.1,), -0.1), ((0.1, float("nan")), 0.5)])
def test_shares_that_are_none_are_refused(wrong):
    with pytest.raises(UsageError, match="must lie between 0 and 1"):
        joint_miss(*wrong)


def test_a_drawn_roc_curve_does_not_move_with_prevalence_and_precision_does():
    rng, apart = np.random.default_rng(5), separation(0.95, 0.01)
    threshold = NormalDist().inv_cdf(0.99)
    rates, right = [], []
    for harmful, harmless in ((20_000, 20_000), (2_000, 200_000)):
        high = rng.normal(size=harmful) + apart > threshold
        low = rng.normal(size=harmless) > threshold
        rates.append((high.mean(), low.mean()))
        right.append(high.sum() / (high.sum() + low.sum()))
    assert rates[0] == pytest.approx(rates[1], abs=5 * sqrt(0.25 / 2_000))
    assert right[0] > 0.9
    assert right[1] < right[0] - 0.1


def test_areas_have_their_limits():
    assert area_under_roc(0.0) == 0.5
    assert area_under_roc(1.0) == pytest.approx(NormalDist().cdf(1 / sqrt(2)))
    # A score that tells nothing is right as often as harm occurs.
    assert area_under_precision(0.03, 0.0) == pytest.approx(0.03, rel=1e-6)
    assert area_under_precision(0.03, 9.0) == pytest.approx(1, abs=1e-6)


def test_there_is_a_state_without_the_effect():
    independent = SIMULATION.run_at(correlation=0.0)
    assert float(independent["now_times"]) == pytest.approx(1)
    assert float(SIMULATION.run_at(prevalence=0.1)["now_right"]) > 90
