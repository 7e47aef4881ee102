"""Jailbreak law: the Beta-binomial by hand, its limits, and drawn requests against it."""

import doctest
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations import _repeated_tries, get, jailbreak_law
from proxygap.simulations._repeated_tries import fitted, slope, success_rate
from proxygap.simulations.jailbreak_law import SPREADS, N, drawn_rates

SIMULATION = get("jailbreak-law")
SHAPES = st.tuples(st.floats(0.1, 5), st.floats(1, 600))


def test_the_examples_in_the_docstrings_are_true():
    for module in (jailbreak_law, _repeated_tries):
        assert doctest.testmod(module).failed == 0


def test_evenly_spread_chances_by_hand():
    # p uniform on 0 to 1: a request never gets through in n attempts with chance 1/(n + 1).
    attempts = np.arange(6)
    assert success_rate(attempts, (1.0, 1.0)) == pytest.approx(attempts / (attempts + 1))


def test_one_attempt_gets_the_mean_chance_through():
    for spread in SPREADS.values():
        mean = spread if isinstance(spread, float) else spread[0] / sum(spread)
        assert success_rate(1, spread) == pytest.approx(mean)


@pytest.mark.parametrize(
    ("spread", "rates", "exponent", "r2"),
    # From an independent computation with scipy.special.betaln; N = 1, 100 and 10,000.
    [
        ((0.3, 30.0), (0.0099, 0.358, 0.826), 0.377, 0.9992),
        ((0.5, 500.0), (0.0010, 0.087, 0.782), 0.434, 0.983),
        ((0.2, 100.0), (0.0020, 0.130, 0.603), 0.308, 0.999),
    ],
)
def test_rates_and_fits_are_those_of_another_computation(spread, rates, exponent, r2):
    assert success_rate([1, 100, 10_000], spread) == pytest.approx(rates, abs=6e-4)
    assert fitted(spread) == (pytest.approx(exponent, abs=2e-3), pytest.approx(r2, abs=1e-3))


@given(SHAPES, st.floats(1, 1e4))
def test_more_attempts_get_more_through_and_unevenness_slows_it_down(shape, attempts):
    a, b = shape
    rate = success_rate(attempts, shape)
    assert 0 <= rate <= success_rate(attempts * 1.5, shape) <= 1
    assert rate <= success_rate(attempts, a / (a + b)) + 1e-9  # Jensen: (1 − p)^N is convex in p


@given(st.tuples(st.floats(0.25, 1), st.floats(1, 600)))
def test_the_exponent_tends_to_a(shape):
    assert slope(1e9, shape) == pytest.approx(shape[0], abs=0.03)


def test_one_chance_for_all_falls_off_a_cliff():
    # −log(1 − (1 − p)^N) ≈ (1 − p)^N, whose exponent at N is −N log(1 − p).
    assert slope(5000, 1 / 101) == pytest.approx(-5000 * math.log(100 / 101), rel=0.01)


def test_even_chances_make_no_straight_line():
    assert fitted(SPREADS["fairly even"])[1] < 0.95
    assert fitted(SPREADS["all alike"])[1] < 0.7


@pytest.mark.parametrize("name", ["very uneven", "all alike"])
def test_drawn_requests_get_through_as_often_as_the_closed_form_says(name):
    requests = 40_000
    rates = drawn_rates(SPREADS[name], np.random.default_rng(5), requests)
    expected = success_rate(N, SPREADS[name])
    assert rates == pytest.approx(expected, abs=5 * 0.5 / math.sqrt(requests))


def test_the_band_holds_nineteen_of_twenty_samples():
    result = SIMULATION.run_at()
    rng = np.random.default_rng(6)
    drawn = np.array([100 * drawn_rates(SPREADS["very uneven"], rng) for _ in range(400)])
    inside = ((drawn >= result["low"]) & (drawn <= result["high"])).mean(axis=0)
    assert inside.min() > 0.95 - 3 * math.sqrt(0.05 * 0.95 / 400)


def test_the_picture_of_the_chances_counts_each_request_once():
    # Beta(0.3, 30) has a fifth of its requests below 1 in 100,000, off the left edge.
    below = 100 * (1e-5 * 30) ** 0.3 / (0.3 * math.gamma(0.3))  # Beta(a, b) ≈ Gamma(a)/b there
    assert SIMULATION.run_at()["share"].sum() == pytest.approx(100 - below, abs=1.5)
    assert np.isnan(SIMULATION.run_at(spread="all alike")["share"]).all()
