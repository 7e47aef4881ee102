"""Rails round a policy: what is blocked by hand, where it goes, and what it costs."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations._replies import always, base_policy, kl_divergence, load, posture
from proxygap.simulations._techniques import guardrails, stage

WORLD = load()
BASE = base_policy(WORLD)
NOTHING = np.zeros(WORLD.shape[0]), np.zeros(WORLD.shape)


def test_the_examples_in_the_docstring_are_true():
    assert doctest.testmod(guardrails).failed == 0


def test_what_the_rails_block_by_a_table_of_the_normal_distribution():
    requests, replies = guardrails.input_blocks(WORLD), guardrails.output_blocks(WORLD)
    # z = alarm − 2: −2.5, −1.5 and −0.5 for requests; +0.5 for a breach.
    assert requests[WORLD.disallowed] == pytest.approx(0.30854, abs=1e-5)
    assert requests[WORLD.borderline] == pytest.approx(0.06681, abs=1e-5)
    assert replies[WORLD.feature("breaks_rule") > 0] == pytest.approx(0.69146, abs=1e-5)
    assert replies[WORLD.feature("breaks_rule") == 0] == pytest.approx(0.00621, abs=1e-5)


def test_rails_that_block_nothing_leave_the_model_as_it_is():
    assert kl_divergence(guardrails.railed(WORLD, BASE, *NOTHING), BASE) == pytest.approx(0)


def test_rails_that_block_everything_leave_the_refusals():
    shut = guardrails.railed(WORLD, BASE, np.ones(WORLD.shape[0]), NOTHING[1])
    assert shut.probabilities() == pytest.approx(always(WORLD, "refusal").probabilities())


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_rail_that_blocks_more_never_raises_harm_and_never_lowers_over_refusal(some, more):
    few, many = sorted((some, more))
    after = [posture(guardrails.railed(WORLD, BASE, np.full(WORLD.shape[0], share), NOTHING[1]),
                     WORLD) for share in (few, many)]  # fmt: skip
    assert after[1].harm <= after[0].harm + 1e-12
    assert after[1].over_refusal >= after[0].over_refusal - 1e-12


def test_the_rails_let_the_same_share_of_breaches_through_whoever_was_red_teamed_before():
    for chapter in ("instruction-tuning", "rlhf", "red-teaming"):
        before = stage(chapter)
        left = posture(guardrails.tuned(WORLD, before.policy), WORLD).harm
        assert left / before.posture.harm == pytest.approx(0.69146 * 0.30854, rel=1e-4)


def test_harm_falls_over_refusal_rises_and_helpfulness_falls_a_little():
    before, after = posture(BASE, WORLD), posture(guardrails.tuned(WORLD, BASE), WORLD)
    # A breach passes if neither rail blocks it: 0.69146 · 0.30854 of all.
    assert after.harm == pytest.approx(before.harm * 0.69146 * 0.30854, rel=1e-4)
    assert after.over_refusal > before.over_refusal
    assert 0.9 * before.helpfulness < after.helpfulness < before.helpfulness
