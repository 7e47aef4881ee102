"""RLHF on the shared world: raters, the fitted reward, the optimum, what becomes of the truth."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from proxygap.simulations import _raters, get
from proxygap.simulations._raters import RATERS, SHARPNESS, Rater, agreement, liking, prefers
from proxygap.simulations._replies import (
    TablePolicy,
    base_policy,
    expected,
    kl_divergence,
    load,
    posture,
    preference_probability,
    tilt,
)
from proxygap.simulations._reward_model import Comparisons, covariance
from proxygap.simulations._rlhf import (
    Pairs,
    climb,
    compare,
    frontier,
    learned_weights,
    objective,
    reward_of,
)
from proxygap.simulations._techniques import path, stage
from proxygap.simulations.rlhf import BETAS, BIASED, gain, spread, start_policy

RLHF = get("rlhf")
WORLD = load()
START = start_policy()
each_rater = pytest.mark.parametrize("rater", RATERS.values(), ids=RATERS)


def reward(rater: str = "courtesy", seed: int = 0) -> np.ndarray:
    pairs = compare(WORLD, START, RATERS[rater], 3000, np.random.default_rng(seed))
    return reward_of(WORLD, learned_weights(WORLD, pairs))


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(_raters).failed == 0


@each_rater
def test_one_of_two_is_always_preferred(rater):
    chance = prefers(WORLD, rater)
    np.testing.assert_allclose(chance + chance.transpose(0, 2, 1), 1)
    np.testing.assert_allclose(chance[:, range(8), range(8)], 0.5)


def test_a_careful_rater_by_hand():
    # Two replies a point apart: σ(2.2) = 0.9002. The kettle's "good" reply is worth 0.9.
    kettle = WORLD.prompt("shop-kettle-scale")
    kinds = [reply.kind for reply in kettle.replies]
    good, padded = kinds.index("good"), kinds.index("padded")
    gap = kettle.replies[good].truth - kettle.replies[padded].truth
    chance = prefers(WORLD, RATERS["careful"])[WORLD.prompts.index(kettle), good, padded]
    assert chance == pytest.approx(1 / (1 + np.exp(-SHARPNESS * gap)))


def test_a_taste_is_points_for_each_unit():
    liked = liking(WORLD, {"courtesy": 0.5, "refuses": -1.0})
    extra = 0.5 * WORLD.feature("courtesy") - WORLD.feature("refuses")
    np.testing.assert_allclose(liked, WORLD.truth + extra)


def test_somebody_who_only_glances_does_not_see_the_truth():
    blind = prefers(WORLD, Rater("", glance=1.0))
    looks = 0.07 * WORLD.feature("length") + 1.4 * WORLD.feature("courtesy")
    looks += 2.1 * WORLD.feature("agrees_with_user")
    better = looks[:, :, None] > looks[:, None, :]
    assert (blind[better] > 0.5).all()


def test_raters_who_toss_a_coin_agree_half_of_the_time():
    assert agreement(np.full((40, 8, 8), 0.5), base_policy(WORLD)) == pytest.approx(0.5)


def test_who_is_compared_is_written_by_the_start_and_never_with_itself():
    pairs = compare(WORLD, START, RATERS["careful"], 20_000, np.random.default_rng(1))
    assert (pairs.chosen != pairs.rejected).all()
    # Of the 16 replies with the highest chance, each stands in about 2 p of its prompt's pairs at
    # least: a draw without replacement holds it at least as often as a single draw does.
    seen = np.zeros(WORLD.shape)
    np.add.at(seen, (pairs.prompt, pairs.chosen), 1)
    np.add.at(seen, (pairs.prompt, pairs.rejected), 1)
    share = seen / np.bincount(pairs.prompt)[:, None]
    likely = START.probabilities() > 0.2
    error = 5 * (0.25 / 500) ** 0.5
    assert (share[likely] >= START.probabilities()[likely] - error).all()


def test_the_better_reply_is_chosen_as_often_as_the_model_says():
    pairs = compare(WORLD, START, RATERS["careful"], 40_000, np.random.default_rng(2))
    chance = prefers(WORLD, RATERS["careful"])[pairs.prompt, pairs.chosen, pairs.rejected]
    # If choices follow p, the mean of p over the chosen is E[p² + (1 − p)²], the agreement.
    said = np.maximum(chance, 1 - chance)
    expected_mean = (said**2 + (1 - said) ** 2).mean()
    assert chance.mean() == pytest.approx(expected_mean, abs=5 * 0.3 / 40_000**0.5)


def test_a_linear_reward_is_found_again():
    # Comparisons by a reward that is linear in the features: what is learned is that reward.
    right = np.array([0.3, 0.2, 0.5, -0.4, 0.1, 0.0, 0.2, -0.6])
    rng = np.random.default_rng(3)
    pairs = compare(WORLD, base_policy(WORLD), RATERS["careful"], 20_000, rng)
    lead = reward_of(WORLD, right)
    lead = lead[pairs.prompt, pairs.chosen] - lead[pairs.prompt, pairs.rejected]
    kept = rng.random(len(lead)) < preference_probability(SHARPNESS * lead, 0.0)
    drawn = Pairs(
        pairs.prompt,
        np.where(kept, pairs.chosen, pairs.rejected),
        np.where(kept, pairs.rejected, pairs.chosen),
    )
    learned = learned_weights(WORLD, drawn)
    features = WORLD.standardised
    won = features[drawn.prompt, drawn.chosen] - features[drawn.prompt, drawn.rejected]
    known = covariance(Comparisons(won[None]), SHARPNESS * right[None])[0]
    errors = np.sqrt(np.diag(known)) / SHARPNESS
    assert (np.abs(learned - right) < 5 * errors).all()
    assert errors.max() < 0.05


@given(
    arrays(float, (2, 4), elements=st.floats(0.05, 1)),
    arrays(float, (2, 4), elements=st.floats(-2, 2)),
    st.floats(0.1, 4),
)
def test_climbing_ends_at_the_closed_form(weights, rewards, beta):
    start = weights / weights.sum(axis=1, keepdims=True)
    closed = tilt(TablePolicy(start), rewards, beta).probabilities()
    np.testing.assert_allclose(climb(start, rewards, beta), closed, atol=1e-6)


def test_plain_gradient_ascent_on_the_logits_ends_there_as_well():
    start, rewarded, beta = START.probabilities(), reward(), 1.0
    logits = np.log(start)
    for _ in range(8000):
        policy = np.exp(logits - logits.max(axis=1, keepdims=True))
        policy /= policy.sum(axis=1, keepdims=True)
        slope = rewarded - beta * np.log(policy / start)
        logits += 3 * policy * (slope - (policy * slope).sum(axis=1, keepdims=True))
    best = tilt(START, rewarded, beta)
    top = objective(best, START, rewarded, beta)
    assert objective(TablePolicy(policy), START, rewarded, beta) == pytest.approx(top, abs=1e-6)
    # A reply of probability p is corrected at a speed of p: the rarest are still on the way.
    np.testing.assert_allclose(policy, best.probabilities(), atol=1e-4)


def test_climbing_goes_up_at_every_step():
    rewarded, beta = reward(), 0.25
    values = [
        objective(TablePolicy(climb(START.probabilities(), rewarded, beta, steps=n)), START,
                  rewarded, beta)
        for n in (0, 1, 2, 5, 10, 40, 100)
    ]  # fmt: skip
    assert (np.diff(values) > 0).all()


def test_no_other_policy_does_better_than_the_tilted_one():
    rewarded, beta = reward(), 0.25
    best = tilt(START, rewarded, beta)
    top = objective(best, START, rewarded, beta)
    rng = np.random.default_rng(0)
    for scale in (0.001, 0.1, 1.0, 3.0):
        noise = np.exp(scale * rng.normal(size=WORLD.shape))
        moved = best.probabilities() * noise
        other = TablePolicy(moved / moved.sum(axis=1, keepdims=True))
        assert objective(other, START, rewarded, beta) < top


def test_a_dear_nat_leaves_the_start_alone_and_a_cheap_one_finds_the_highest_reward():
    rewarded = reward()
    dear, cheap = tilt(START, rewarded, 1e6), tilt(START, rewarded, 1e-4)
    assert kl_divergence(dear, START) < 1e-9
    assert expected(cheap, rewarded) == pytest.approx(rewarded.max(axis=1).mean(), abs=1e-3)


def test_the_slope_of_the_frontier_is_the_price():
    # Between two prices the average slope lies between them: the frontier is concave.
    ends = frontier(START, reward(), np.array(BETAS))
    slopes = np.diff(ends.reward) / np.diff(ends.kl)
    assert (slopes < np.array(BETAS)[:-1]).all()
    assert (slopes > np.array(BETAS)[1:]).all()


@pytest.mark.parametrize("rater", BIASED)
def test_a_taste_bends_the_truth_down_while_the_score_rises(rater):
    result = RLHF.run_at(rater=rater)
    assert result["truth"][-1] < result["peak_truth"] - 0.15
    assert 0 < result["peak_kl"] < result["kl"][-1]
    assert (np.diff(result["proxy"]) > 0).all()


def test_a_careful_rater_bends_nothing():
    result = RLHF.run_at(rater="careful")
    assert (np.diff(result["truth"]) > -0.01).all()
    assert result["truth"][-1] > 1


@pytest.mark.parametrize("seed", range(1, 5))
def test_the_message_does_not_hang_on_the_draw_of_the_comparisons(seed):
    rewarded = reward("courtesy", seed)
    truth = [gain(tilt(START, rewarded, beta), START, WORLD.truth) for beta in BETAS]
    assert max(truth) > 0.5
    assert truth[-1] < max(truth) - 0.5


def test_the_unit_is_the_spread_of_the_start():
    values = WORLD.truth
    assert gain(START, START, values) == 0
    assert spread(START, 3 * values) == pytest.approx(3 * spread(START, values))


def test_the_step_of_the_path_is_a_point_of_the_explorer():
    moved = RLHF.run_at(rater="team", beta=0.5)
    after = stage("rlhf")
    assert kl_divergence(after.policy, START) == pytest.approx(float(moved["now_kl"]))
    assert after.posture == posture(after.policy, WORLD)


def test_after_rlhf_less_harm_more_courtesy_more_truth_and_a_little_more_refusal():
    before, after = (stage.posture for stage in path("rlhf")[-2:])
    assert after.harm < before.harm / 3
    assert after.courtesy > before.courtesy + 0.03
    assert after.truth > before.truth + 0.2
    assert before.over_refusal < after.over_refusal < 0.1


def test_what_the_description_of_the_figure_says_is_drawn():
    result = RLHF.run_at()
    drawn = [result["now_proxy"], result["now_kl"], result["peak_truth"], result["peak_kl"]]
    assert [round(float(number), 1) for number in drawn] == [1.4, 2.9, 0.6, 0.7]
    assert [round(float(share)) for share in result["helpful"][[0, -1]]] == [90, 31]
    assert result["now_truth"] < 0
