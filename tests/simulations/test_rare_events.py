"""Rare events: bounds by hand, their coverage, and an attacker with as many tries as the test."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations import get, rare_events
from proxygap.simulations._proportions import exact_interval, rule_of_three, upper_limit
from proxygap.simulations.rare_events import (
    HITS,
    N,
    at_least_once,
    attempts_for,
    stays_hidden,
)

SIMULATION = get("rare-events")


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(rare_events).failed == 0


@pytest.mark.parametrize(
    ("hits", "attempts", "bound"),
    # 1 − 0.05^(1/n) for none; else the 0.95 quantile of Beta(k + 1, n − k), from scipy.
    [(0, 10, 0.25887), (0, 100, 0.029513), (0, 100_000, 2.9957e-5), (1, 30, 0.149), (5, 60, 0.167)],
)
def test_one_sided_bounds_by_hand(hits, attempts, bound):
    assert upper_limit(hits, attempts) == pytest.approx(bound, rel=5e-3)


def test_the_two_sided_interval_ends_higher_than_the_one_sided_bound():
    # None of n, two-sided: 1 − 0.025^(1/n), about 3.7/n.
    assert exact_interval(0, 60)[1] == pytest.approx(1 - 0.025 ** (1 / 60))
    assert (exact_interval(0, N)[1] > upper_limit(0, N)).all()


@given(st.integers(1, 5000))
def test_the_rule_of_three_errs_on_the_safe_side(attempts):
    exact, rule = upper_limit(0, attempts), rule_of_three(attempts)
    assert exact <= rule + 1e-12
    if attempts >= 3:  # 3/n − (1 − e^(−x)) with x = log(20)/n, and log(20) = 2.9957
        assert rule - exact <= 4.5 / attempts**2 + 0.0044 / attempts


@given(st.integers(1, 20_000))
def test_as_many_tries_as_the_clean_test_had_give_95_percent(attempts):
    assert at_least_once(upper_limit(0, attempts), attempts) == pytest.approx(0.95)


@given(st.floats(0, 1), st.integers(1, 1000))
def test_more_tries_never_hurt_the_attacker(rate, tries):
    assert rate - 1e-12 <= at_least_once(rate, tries) <= at_least_once(rate, tries + 1) <= 1


def test_best_of_k_by_hand():
    assert at_least_once(0.5, 3) == pytest.approx(7 / 8)
    assert at_least_once(0.02, 50) == pytest.approx(1 - 0.98**50)
    assert at_least_once(0.0, 10**6) == 0
    assert at_least_once(1.0, 1) == 1


@pytest.mark.parametrize(("attempts", "hits"), [(10, 0), (100, 0), (1000, 2), (10_000, 5)])
def test_at_the_bound_the_test_comes_out_so_well_one_time_in_twenty(attempts, hits):
    assert stays_hidden(upper_limit(hits, attempts), attempts, hits) == pytest.approx(0.05)


def test_the_needed_attempts_are_the_fewest():
    for rate in (0.2, 0.01, 0.001):
        needed = attempts_for(rate)
        assert upper_limit(0, needed) <= rate < upper_limit(0, needed - 1)


def test_successes_raise_what_is_allowed():
    allowed = [float(SIMULATION.run_at(hits=hits)["now_upper"]) for hits in HITS]
    assert allowed == sorted(allowed)
    assert (np.diff(SIMULATION.run_at()["upper"]) < 0).all()


def test_there_is_a_test_that_promises_next_to_nothing_is_left():
    assert SIMULATION.run_at(n=100_000.0)["now_upper"] < 0.003
