"""What comparisons can teach: closed forms by hand, bounds, and annotators who really choose."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.simulations import get
from proxygap.simulations._preferences import (
    PAIR_VARIANCE,
    accuracy,
    agreement,
    better_found,
    ceiling,
    information,
    least_squared_error,
    spread_of,
)
from proxygap.simulations._reward_model import (
    Comparisons,
    covariance,
    fit_bradley_terry,
    sigmoid,
)
from proxygap.simulations.bradley_terry import AGREEMENTS, FEATURES, compare, survey, times_bound

BT = get("bradley-terry")
TRUTH = np.array([1.0, -0.5])


def chosen(rows, weights=TRUTH) -> Comparisons:
    """Comparisons whose differences, better less other, are these."""
    return Comparisons(np.array([rows], dtype=float))


# The fit ------------------------------------------------------------------------------------


def test_three_of_four_for_the_longer_reply_make_length_worth_log_3():
    # One feature, difference 1: log-likelihood 3 log σ(w) + log σ(−w), highest where σ(w) = 3/4.
    fitted = fit_bradley_terry(chosen([[1], [1], [1], [-1]]), 1, ridge=1e-12)
    assert fitted[0, 0] == pytest.approx(np.log(3))


def test_the_uncertainty_of_that_weight_is_that_of_four_tosses():
    # Curvature N p (1 − p) = 4 · 3/16 = 3/4.
    shown = chosen([[1], [1], [1], [-1]])
    spread = covariance(shown, fit_bradley_terry(shown, 1, ridge=1e-12), ridge=1e-12)
    assert spread[0, 0, 0] == pytest.approx(4 / 3)


def test_the_ridge_counts_as_so_much_curvature_and_pulls_towards_nothing():
    shown = chosen([[1], [1], [1], [-1]])
    weights = fit_bradley_terry(shown, 1, ridge=1.0)
    assert 0 < weights[0, 0] < np.log(3)
    p = sigmoid(weights[0, 0])
    assert covariance(shown, weights, ridge=1.0)[0, 0, 0] == pytest.approx(
        1 / (4 * p * (1 - p) + 1)
    )


def test_a_comparison_that_counts_three_times_is_three_comparisons():
    once = Comparisons(np.array([[[1.0], [-1.0]]]), np.array([[3.0, 1.0]]))
    often = chosen([[1], [1], [1], [-1]])
    weights = fit_bradley_terry(once, 1)
    assert weights == pytest.approx(fit_bradley_terry(often, 1))
    assert covariance(once, weights) == pytest.approx(covariance(often, weights))


def test_contradictions_in_equal_number_teach_nothing():
    assert fit_bradley_terry(chosen([[1, 2], [-1, -2]]), 2)[0] == pytest.approx([0, 0])


ROWS = st.lists(
    st.tuples(st.floats(-4, 4), st.floats(-4, 4), st.floats(-4, 4)), min_size=1, max_size=30
)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from([0.1, 1.0]))
def test_whatever_was_preferred_the_fit_is_where_the_slope_is_none(rows, ridge):
    shown = chosen(rows)
    weights = fit_bradley_terry(shown, 3, ridge)
    won = shown.difference[0]
    slope = won.T @ sigmoid(-(won @ weights[0])) - ridge * weights[0]
    assert np.abs(slope).max() < 1e-6
    assert (np.linalg.eigvalsh(covariance(shown, weights, ridge)[0]) > 0).all()


def test_intervals_cover_the_true_weights_as_often_as_they_promise():
    shown = compare(TRUTH, 200, 400, np.random.default_rng(3))
    fitted = fit_bradley_terry(shown, 2)
    error = np.sqrt(np.diagonal(covariance(shown, fitted), axis1=1, axis2=2))
    covered = (np.abs(fitted - TRUTH) < 1.96 * error).mean()
    assert covered == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / 800))


# Agreement and ceiling ----------------------------------------------------------------------


@pytest.mark.parametrize(
    # evidence: gaps N(0, s), a simulation of 400,000 pairs.
    ("spread", "agreeing", "best"),
    [(1.0, 0.587, 0.675), (2.0, 0.697, 0.778), (2.5, 0.738, 0.811), (3.0, 0.770, 0.836)],
)
def test_agreement_and_ceiling_as_simulated_elsewhere(spread, agreeing, best):
    assert agreement(spread) == pytest.approx(agreeing, abs=2e-3)
    assert ceiling(spread) == pytest.approx(best, abs=2e-3)


def test_without_a_gap_all_is_a_toss_and_with_a_wide_one_nothing_is():
    assert agreement(0.0) == pytest.approx(0.5)
    assert ceiling(0.0) == pytest.approx(0.5)
    assert agreement(80.0) > 0.98
    assert ceiling(80.0) > agreement(80.0)


@given(st.floats(0.51, 0.97))
def test_the_spread_of_an_agreement_gives_that_agreement(agreeing):
    assert agreement(spread_of(agreeing)) == pytest.approx(agreeing, abs=1e-9)


@given(st.floats(0.05, 10))
def test_the_ceiling_lies_above_agreement_and_below_its_root(spread):
    # E max(p, 1−p) ≥ E[p² + (1−p)²], and 2 · agreement − 1 = E[(2p−1)²] ≥ (2 · ceiling − 1)².
    assert agreement(spread) <= ceiling(spread) + 1e-12
    assert (2 * ceiling(spread) - 1) ** 2 <= 2 * agreement(spread) - 1 + 1e-12


def test_known_weights_reach_the_ceiling_and_weights_at_a_right_angle_toss():
    best = ceiling(2.4)
    assert accuracy(np.array([1.0, 0.0, -1.0]), 2.4) == pytest.approx(
        [best, 0.5, 1 - best], abs=1e-5
    )
    assert better_found(np.array([1.0, 0.5, 0.0])) == pytest.approx([1, 2 / 3, 0.5])


def test_accuracies_are_those_of_annotators_who_really_choose():
    fitted, rng = np.array([0.8, 0.3]), np.random.default_rng(8)
    spread = float(np.sqrt(PAIR_VARIANCE) * np.linalg.norm(TRUTH))
    shown = compare(TRUTH, 100_000, 1, rng).difference[0]
    cosine = np.array([fitted @ TRUTH / np.linalg.norm(fitted) / np.linalg.norm(TRUTH)])
    assert (shown @ fitted > 0).mean() == pytest.approx(accuracy(cosine, spread)[0], abs=0.006)
    alike = (np.sign(shown @ fitted) == np.sign(shown @ TRUTH)).mean()
    assert alike == pytest.approx(better_found(cosine)[0], abs=0.006)


# How much a comparison tells ----------------------------------------------------------------


def test_with_no_gap_a_comparison_tells_a_quarter_of_the_variance_in_each_direction():
    # p (1 − p) = 1/4 everywhere, and E z² = 2.
    assert information(0.0) == pytest.approx((0.5, 0.5))
    assert least_squared_error(0.0, FEATURES) == pytest.approx(20)


def test_the_bound_as_computed_elsewhere():
    # evidence: ten features, true weights of length 1, 400,000 pairs: 29.7.
    assert least_squared_error(np.sqrt(PAIR_VARIANCE), FEATURES) == pytest.approx(29.7, abs=0.15)


def test_a_wide_gap_tells_less_about_the_weights():
    # Choices that everybody foresees teach nothing new.
    assert least_squared_error(4.0, FEATURES) > least_squared_error(1.0, FEATURES)


def test_weights_of_length_1_as_fitted_elsewhere():
    found = survey(np.sqrt(PAIR_VARIANCE), np.array([100.0, 6400.0]), np.random.default_rng(2))
    assert found.on_choices == pytest.approx([0.694, 0.725], abs=0.006)


# The survey ---------------------------------------------------------------------------------


@pytest.mark.parametrize("agreeing", AGREEMENTS)
def test_at_every_agreement_the_fit_comes_to_the_bound_and_to_the_ceiling(agreeing):
    result = BT.run_at(agreement=agreeing)
    assert times_bound(result)[-1] == pytest.approx(1, abs=0.1)
    assert (np.diff(result["error"]) < 0).all()
    assert (np.diff(result["on_choices"]) > 0).all()
    assert (result["on_choices"] < result["ceiling"]).all()
    assert (result["on_choices"] < result["on_truth"]).all()


def test_four_times_the_comparisons_halve_the_error():
    error = BT.run_at()["error"]
    assert error[-3] / error[-1] == pytest.approx(2, abs=0.15)


def test_the_marker_stands_where_the_control_is_set():
    result = BT.run_at(comparisons=1600.0)
    assert result["now_n"] == 1600
    assert result["now_error"] == result["error"][5]
