"""Two errors: the normal distribution by hand, limits, and the best setting found twice."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations import get, two_errors
from proxygap.simulations.two_errors import SEPARATIONS, best_threshold, errors, harm

SIMULATION = get("two-errors")
SCORES = st.floats(-50, 200)
APART = st.floats(0, 6)


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(two_errors).failed == 0


@pytest.mark.parametrize(
    ("threshold", "refused", "answered"),
    # By tables of the normal distribution: z = (threshold − 40)/15, and z − 2.5 for harmful ones.
    [(40, 0.5, 0.00621), (55, 0.15866, 0.06681), (70, 0.02275, 0.30854), (77.5, 0.00621, 0.5)],
)
def test_both_errors_by_hand(threshold, refused, answered):
    assert errors(threshold, 2.5) == pytest.approx((refused, answered), abs=1e-5)


def test_harm_by_hand():
    # 20 harmful requests at 20 points and 980 harmless ones at 1 point, of 1,000.
    assert harm(0.5, 0.1) == pytest.approx((40, 40 + 490))
    assert harm(1.0, 0.0) == pytest.approx((0, 980))
    assert harm(0.0, 1.0) == pytest.approx((400, 400))


@given(SCORES, st.floats(0.1, 50), APART)
def test_a_stricter_setting_trades_one_error_for_the_other(threshold, step, separation):
    refused, answered = errors(threshold, separation)
    stricter_refused, stricter_answered = errors(threshold - step, separation)
    assert stricter_refused >= refused
    assert stricter_answered <= answered


@given(SCORES, APART, st.floats(0.1, 3))
def test_telling_them_apart_better_costs_nobody_anything(threshold, separation, more):
    refused, answered = errors(threshold, separation)
    better_refused, better_answered = errors(threshold, separation + more)
    assert better_refused == refused
    assert better_answered <= answered


@given(st.floats(0.5, 5), SCORES)
def test_no_setting_does_less_harm_than_the_best_one(separation, threshold):
    least = harm(*errors(best_threshold(separation), separation))[1]
    assert harm(*errors(threshold, separation))[1] >= least - 1e-9


def test_the_densities_count_each_request_once():
    result = SIMULATION.run_at(apart="barely")
    assert result["harmless"].sum() == pytest.approx(100, abs=1)
    assert result["harmful"].sum() == pytest.approx(100, abs=1)


def test_simulated_requests_err_as_often_as_the_closed_form_says():
    rng = np.random.default_rng(3)
    n, separation = 100_000, SEPARATIONS["fairly well"]
    harmless, harmful = 40 + 15 * rng.normal(size=(2, n)) + [[0], [15 * separation]]
    refused, answered = errors(60, separation)
    for share, drawn in ((refused, harmless >= 60), (answered, harmful < 60)):
        assert drawn.mean() == pytest.approx(share, abs=5 * np.sqrt(share * (1 - share) / n))


def test_there_is_a_state_in_which_strictness_costs_next_to_nothing():
    result = SIMULATION.run_at(apart="very well", threshold=65.0)
    assert result["now_refused"] < 5
    assert result["now_answered"] < 1
    assert result["now_in_all"] < 55
