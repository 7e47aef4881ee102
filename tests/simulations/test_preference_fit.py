"""Fitting policies to comparisons: closed forms, the other route, and finite differences."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.simulations._dpo import fit_dpo, fit_gaps, fit_table
from proxygap.simulations._preference_losses import Dpo, Ipo
from proxygap.simulations._preference_training import log_softmax, train
from proxygap.simulations._replies import base_policy, load, tilt
from proxygap.simulations._reward_model import Comparisons, fit_bradley_terry
from proxygap.simulations._techniques import dpo, rlhf, stage

LOSSES = pytest.mark.parametrize("loss", [Dpo(0.1), Dpo(2.0), Ipo(0.3)], ids=str)
WORLD = load()
BASE = base_policy(WORLD)


def comparisons(number, seed=0):
    """Prompts, chosen and rejected replies, by chance."""
    rng = np.random.default_rng(seed)
    prompts, chosen = rng.integers(0, 40, number), rng.integers(0, 8, number)
    return prompts, chosen, (chosen + rng.integers(1, 8, number)) % 8


@LOSSES
@given(gap=st.floats(-20, 20))
def test_slope_and_curvature_are_the_derivatives(loss, gap):
    step = 1e-5
    for function, derivative in ((loss.value, loss.slope), (loss.slope, loss.curvature)):
        measured = (function(gap + step) - function(gap - step)) / (2 * step)
        assert float(derivative(gap)) == pytest.approx(float(measured), abs=1e-6)


def test_the_losses_by_hand():
    # −log σ(0) = log 2; a margin of log 3 makes σ = 3/4.
    assert float(Dpo(0.5).value(0.0)) == pytest.approx(math.log(2))
    assert float(Dpo(0.5).value(2 * math.log(3))) == pytest.approx(math.log(4 / 3))
    assert float(Ipo(0.25).value(5.0)) == 9.0  # it wants a gap of 2


def test_no_gap_is_too_large_for_the_loss():
    assert float(Dpo(1.0).value(-1e6)) == 1e6
    assert float(Dpo(1.0).value(1e6)) == 0.0


@given(scores=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9))
def test_log_softmax_sums_to_one_and_keeps_differences(scores):
    logs = log_softmax(scores)
    assert np.exp(logs).sum() == pytest.approx(1)
    np.testing.assert_allclose(np.diff(logs), np.diff(scores), atol=1e-6)


def test_dpo_and_rlhf_come_to_the_same_policy_from_the_same_comparisons():
    prompts, chosen, rejected = comparisons(60)
    seen = WORLD.standardised
    fit = fit_dpo(BASE, prompts, chosen, rejected, beta=0.3, features=seen)
    difference = seen[prompts, chosen] - seen[prompts, rejected]
    reward = fit_bradley_terry(Comparisons(difference[None]), seen.shape[-1])[0]
    np.testing.assert_allclose(fit.weights, reward, atol=1e-9)
    by_rlhf = tilt(BASE, seen @ reward, beta=0.3)
    np.testing.assert_allclose(fit.policy.probabilities(), by_rlhf.probabilities(), atol=1e-9)


@LOSSES
def test_the_policy_is_what_its_implicit_reward_would_earn(loss):
    fit = fit_dpo(BASE, *comparisons(30), loss=loss)
    again = tilt(BASE, fit.implicit_reward, beta=loss.price)
    np.testing.assert_allclose(fit.policy.probabilities(), again.probabilities(), atol=1e-12)
    mean = (BASE.probabilities() * fit.implicit_reward).sum(axis=1)
    np.testing.assert_allclose(mean, 0, atol=1e-9)


def test_without_features_only_prompts_that_were_compared_change():
    prompts, chosen, rejected = comparisons(10)
    moved = fit_dpo(BASE, prompts, chosen, rejected).policy.probabilities()
    untouched = np.setdiff1d(np.arange(40), prompts)
    np.testing.assert_allclose(moved[untouched], BASE.probabilities()[untouched])
    assert (moved[prompts, chosen] != BASE.probabilities()[prompts, chosen]).all()


@pytest.mark.parametrize("features", [None, WORLD.standardised], ids=["table", "features"])
def test_nothing_compared_changes_nothing(features):
    fit = fit_dpo(BASE, [], [], [], features=features)
    np.testing.assert_allclose(fit.policy.probabilities(), BASE.probabilities())
    assert fit.accuracy == 0.5


def test_ties_alone_and_contradictions_change_nothing():
    half = [0.5, 0.5]
    tied = fit_dpo(BASE, [4, 4], [0, 1], [1, 0], count=half, features=WORLD.standardised)
    np.testing.assert_allclose(tied.policy.probabilities(), BASE.probabilities(), atol=1e-9)
    assert tied.accuracy == 0.5


def test_a_reply_that_the_reference_never_gives_stays_impossible():
    fit = fit_dpo(tilt(BASE, np.where(np.arange(8) == 3, -1e6, 0) + np.zeros((40, 8)), 1.0),
                  [0], [3], [1])  # fmt: skip
    assert fit.policy.probabilities()[0, 3] == 0
    assert np.isfinite(fit.policy.probabilities()).all()


def test_unanimous_comparisons_stay_finite():
    fit = fit_dpo(BASE, [2] * 1000, [0] * 1000, [1] * 1000, beta=0.01)
    assert np.isfinite(fit.gap).all()
    assert fit.accuracy == 1.0


@pytest.mark.parametrize("bad", [{"beta": 0.0}, {"ridge": 0.0}, {"beta": math.nan},
                                 {"count": [1.0, 2.0]}], ids=str)  # fmt: skip
def test_bad_input_is_refused_in_words(bad):
    with pytest.raises(UsageError):
        fit_dpo(BASE, [0], [1], [2], **bad)


@LOSSES
def test_newton_ends_where_the_slope_is_zero(loss):
    rng = np.random.default_rng(3)
    difference, weight = rng.normal(size=(50, 6)), rng.random(50)
    theta = fit_gaps(difference, weight, loss, 0.1)
    slope = difference.T @ (weight * loss.slope(difference @ theta)) + 0.1 * loss.price**2 * theta
    np.testing.assert_allclose(slope, 0, atol=1e-8)


def test_training_step_by_step_goes_where_newton_goes():
    features = np.eye(3)
    pairs = [(0, 1)] * 3 + [(1, 0)] + [(1, 2)] * 2 + [(2, 1)]
    wins = np.zeros((3, 3))
    np.add.at(wins, tuple(np.array(pairs).T), 1)
    run = train(features, np.zeros(3), pairs, Dpo(1.0), steps=2000, rate=1.0)
    fitted = fit_table(np.full(3, 1 / 3), wins, Dpo(1.0))
    np.testing.assert_allclose(np.exp(run.log_probability[-1]), fitted, atol=1e-6)


def test_an_anchor_alone_is_maximum_likelihood():
    # With a huge tau IPO asks for nothing, and −log π(chosen) drives the chosen reply to 1.
    run = train(np.eye(3), np.zeros(3), [(0, 1)], Ipo(1e9), steps=400, rate=0.1, anchor=20.0)
    assert run.log_probability[-1, 0] > run.log_probability[0, 0]


def test_the_step_on_the_path_is_rlhf_where_it_sees_no_more_than_a_reward_model():
    start = stage("instruction-tuning").policy
    pairs = rlhf.comparisons(WORLD, start)
    blind = fit_dpo(start, *pairs, beta=dpo.BETA, features=WORLD.standardised)
    after_rlhf = stage("rlhf").policy.probabilities()
    np.testing.assert_allclose(blind.policy.probabilities(), after_rlhf, atol=1e-9)
    # Seeing more, it ends near there and is worth a little more.
    seeing, adding_up = stage("dpo").posture, stage("rlhf").posture
    assert seeing.truth == pytest.approx(adding_up.truth, abs=0.05)
    assert seeing.truth > adding_up.truth
