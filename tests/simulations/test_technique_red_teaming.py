"""One round of attack and repair: who is caught, what the repair spreads to, and what it costs."""

import doctest

import numpy as np
import pytest

from proxygap.simulations._replies import always, base_policy, kl_divergence, load
from proxygap.simulations._techniques import red_teaming, stage
from proxygap.simulations._techniques.red_teaming import alarm, attack, fixed, likeness

WORLD = load()
BASE = base_policy(WORLD)
NOBODY = np.zeros(len(WORLD.prompts), dtype=bool)


def caught(*names):
    return np.array([prompt.id in names for prompt in WORLD.prompts])


def test_the_examples_in_the_docstring_are_true():
    assert doctest.testmod(red_teaming).failed == 0


def test_only_forbidden_prompts_are_attacked_and_only_breaches_count():
    everything = attack(WORLD, always(WORLD, "breach"), np.random.default_rng(1))
    assert (everything == WORLD.disallowed).all()
    assert not attack(WORLD, always(WORLD, "refusal"), np.random.default_rng(1)).any()


def test_two_tries_miss_what_a_hundred_find():
    few = attack(WORLD, BASE, np.random.default_rng(2), tries=1)
    many = attack(WORLD, BASE, np.random.default_rng(2), tries=100)
    assert few.sum() < many.sum() == WORLD.disallowed.sum()


def test_a_prompt_is_most_like_itself():
    alike = likeness(WORLD)
    assert np.diag(alike) == pytest.approx(1)
    assert (alike <= 1 + 1e-12).all()
    assert alike == pytest.approx(alike.T)


def test_the_alarm_is_loud_at_a_hit_and_spreads_to_prompts_that_nobody_was_caught_at():
    found = alarm(WORLD, caught("shop-discount"))
    hit = WORLD.prompts.index(WORLD.prompt("shop-discount"))
    assert found.argmax() == hit
    assert found[WORLD.borderline].mean() > found[~WORLD.disallowed & ~WORLD.borderline].mean()


def test_a_red_team_that_finds_nothing_changes_nothing():
    assert kl_divergence(fixed(WORLD, BASE, NOBODY), BASE) == pytest.approx(0, abs=1e-9)


def test_on_its_path_harm_falls_and_over_refusal_rises():
    before, after = stage("rlhf").posture, stage("red-teaming").posture
    assert after.harm < before.harm / 2
    assert before.over_refusal < after.over_refusal < 0.1
    assert after.helpfulness < before.helpfulness
