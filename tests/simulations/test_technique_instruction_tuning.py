"""Imitation on the shared world: the gradient, what is learnt, and what nobody demonstrated."""

import numpy as np
import pytest

from proxygap.simulations._replies import SoftmaxPolicy, base_policy, load, posture
from proxygap.simulations._techniques import stage
from proxygap.simulations._techniques.instruction_tuning import (
    DECAY,
    Demonstrations,
    cross_entropy,
    imitate,
    tuned,
    write,
)

WORLD = load()
START = base_policy(WORLD)
FEATURES = WORLD.standardised


def learnt(refusals: bool, number: int = 100) -> SoftmaxPolicy:
    shown = write(WORLD, number, np.random.default_rng(5), refusals=refusals)
    return imitate(WORLD, START, shown)


def test_an_even_policy_pays_log_8_a_demonstration():
    even = SoftmaxPolicy(np.zeros(WORLD.shape))
    shown = Demonstrations(np.array([0, 3, 3]), np.array([7, 0, 1]))
    assert cross_entropy(even, shown) == pytest.approx(np.log(8))


def test_no_weights_near_by_have_a_lower_loss():
    # The loss with its decay is convex, so a minimum near by is the minimum.
    shown = write(WORLD, 100, np.random.default_rng(5))
    found = imitate(WORLD, START, shown)
    moved = (found.logits - np.log(START.probabilities())).reshape(-1)
    weights = np.linalg.lstsq(FEATURES.reshape(-1, FEATURES.shape[-1]), moved, rcond=None)[0]

    def loss(w):
        policy = SoftmaxPolicy(np.log(START.probabilities()) + FEATURES @ w)
        return cross_entropy(policy, shown) + DECAY / 2 * w @ w

    rng = np.random.default_rng(1)
    for _ in range(20):
        assert loss(weights + 0.02 * rng.normal(size=len(weights))) > loss(weights)


def test_what_is_demonstrated_becomes_likelier():
    shown = write(WORLD, 30, np.random.default_rng(2))
    assert cross_entropy(imitate(WORLD, START, shown), shown) < cross_entropy(START, shown) / 2


def test_by_default_no_demonstration_is_about_what_a_rule_forbids():
    rng = np.random.default_rng(3)
    assert not WORLD.disallowed[write(WORLD, 300, rng).prompts].any()
    assert WORLD.disallowed[write(WORLD, 300, rng, refusals=True).prompts].any()


def test_it_helps_far_more_and_breaks_the_rules_more_often():
    before, after = posture(START, WORLD), stage("instruction-tuning").posture
    assert after.helpfulness > before.helpfulness + 0.3
    assert after.harm > before.harm + 0.1
    assert after.truth > before.truth


def test_where_refusals_are_demonstrated_harm_falls_and_help_stays():
    with_them, without = posture(learnt(True), WORLD), posture(learnt(False), WORLD)
    assert with_them.harm < 0.15 < without.harm
    assert with_them.helpfulness > 0.8


def test_ten_demonstrations_do_most_of_it():
    few, many = posture(learnt(False, 10), WORLD), posture(learnt(False, 300), WORLD)
    assert few.helpfulness == pytest.approx(many.helpfulness, abs=0.05)


def test_every_reply_can_still_be_found_by_those_who_train_further():
    assert tuned(WORLD, START).probabilities().min() > 1e-4


def test_the_same_call_gives_the_same_policy():
    once, again = (tuned(WORLD, START).probabilities() for _ in range(2))
    np.testing.assert_array_equal(once, again)
