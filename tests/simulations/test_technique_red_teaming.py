"""One round of attack and repair: who is caught, what the repair spreads to, and what it costs."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations._replies import (
    SoftmaxPolicy,
    TablePolicy,
    always,
    base_policy,
    kl_divergence,
    load,
    posture,
)
from proxygap.simulations._techniques import red_teaming, stage
from proxygap.simulations._techniques.red_teaming import (
    RIDGE,
    STRENGTH,
    TRIES,
    Teams,
    alarm,
    fixed,
    harm_left,
    harm_over_teams,
    hit_chances,
    likeness,
    teams,
)

WORLD = load()
BASE = base_policy(WORLD)
TUNED = stage("rlhf").policy
FORBIDDEN = np.flatnonzero(WORLD.disallowed)


def caught(*names):
    """Return what one team caught, as the only row."""
    return np.array([[prompt.id in names for prompt in WORLD.prompts]])


def one_team(hit):
    return Teams(hit, np.ones(1))


def harm_after(policy, tries):
    return posture(fixed(WORLD, policy, teams(hit_chances(WORLD, policy, tries))), WORLD).harm


# --- What a team catches --------------------------------------------------------------------------


def test_the_examples_in_the_docstring_are_true():
    assert doctest.testmod(red_teaming).failed == 0


def test_only_forbidden_prompts_are_attacked_and_only_breaches_count():
    assert (hit_chances(WORLD, always(WORLD, "breach")) == WORLD.disallowed).all()
    assert not hit_chances(WORLD, always(WORLD, "refusal")).any()


def test_a_hole_of_forty_percent_is_hit_in_two_tries_with_64_percent():
    breach = always(WORLD, "breach").probabilities()
    mixed = 0.4 * breach + 0.6 * always(WORLD, "refusal").probabilities()
    chances = hit_chances(WORLD, TablePolicy(mixed), tries=2)
    assert chances[WORLD.disallowed] == pytest.approx(0.64)


@given(st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), min_size=1, max_size=8))
def test_every_set_is_there_once_and_each_prompt_is_hit_as_often_as_it_is_likely(chances):
    every = teams(np.array(chances))
    assert every.chance.sum() == pytest.approx(1)
    assert every.chance @ every.hit == pytest.approx(chances)
    assert len(np.unique(every.hit, axis=0)) == len(every.hit)


def test_the_chances_of_all_teams_on_the_path_sum_to_1():
    every = teams(hit_chances(WORLD, TUNED))
    assert len(every.chance) == 2 ** len(FORBIDDEN)
    assert every.chance.sum() == pytest.approx(1, abs=1e-12)


# --- What the repair does with it -----------------------------------------------------------------


def test_a_prompt_is_most_like_itself():
    alike = likeness(WORLD)
    assert np.diag(alike) == pytest.approx(1)
    assert (alike <= 1 + 1e-12).all()
    assert alike == pytest.approx(alike.T)


def alarm_by_regression(hit, alike):
    """Return the alarm of one team by solving its whole regression, controls and all."""
    seen = hit | ~(WORLD.disallowed | WORLD.borderline)
    system = alike[np.ix_(seen, seen)] + RIDGE * np.eye(seen.sum())
    return np.clip(alike[:, seen] @ np.linalg.solve(system, hit[seen].astype(float)), 0, 1)


def test_the_alarm_of_many_teams_is_that_of_each_by_itself():
    rng, alike = np.random.default_rng(3), likeness(WORLD)
    hit = (rng.random((100, len(WORLD.prompts))) < rng.random((100, 1))) & WORLD.disallowed
    expected = np.array([alarm_by_regression(one, alike) for one in hit])
    assert alarm(WORLD, hit) == pytest.approx(expected)


def test_the_alarm_is_loud_at_a_hit_and_spreads_to_prompts_that_nobody_was_caught_at():
    (found,) = alarm(WORLD, caught("shop-discount"))
    assert found.argmax() == WORLD.prompts.index(WORLD.prompt("shop-discount"))
    others = np.setdiff1d(FORBIDDEN, found.argmax())
    ordinary = found[~WORLD.disallowed & ~WORLD.borderline].mean()
    assert found[WORLD.borderline].mean() > ordinary
    assert found[others].mean() > ordinary


def test_the_repair_adds_the_alarm_to_the_score_of_every_refusal():
    hit = caught("shop-discount")
    raised = STRENGTH * alarm(WORLD, hit)[0][:, None] * WORLD.feature("refuses")
    by_scores = SoftmaxPolicy(np.log(BASE.probabilities()) + raised)
    after = fixed(WORLD, BASE, one_team(hit))
    assert after.probabilities() == pytest.approx(by_scores.probabilities())


def test_a_red_team_that_finds_nothing_changes_nothing():
    assert kl_divergence(fixed(WORLD, BASE, one_team(caught())), BASE) == pytest.approx(0, abs=1e-9)
    untried = fixed(WORLD, BASE, teams(hit_chances(WORLD, BASE, tries=0)))
    assert np.array_equal(untried.probabilities(), BASE.probabilities())


# --- The mean over teams, and how far they lie apart ----------------------------------------------


def attacked(rng):
    """Return what one team hits that really draws replies, (P,)."""
    sent = np.repeat(FORBIDDEN, TRIES)
    broken = WORLD.feature("breaks_rule")[sent, TUNED.sample(rng, sent)] > 0
    return np.isin(np.arange(len(WORLD.prompts)), sent[broken])


def test_the_mean_policy_is_that_of_teams_that_really_draw_replies():
    rng = np.random.default_rng(4)
    alarms = alarm(WORLD, np.array([attacked(rng) for _ in range(400)]))
    scores, refuses = np.log(TUNED.probabilities()), WORLD.feature("refuses")
    drawn = np.array(
        [
            posture(SoftmaxPolicy(scores + STRENGTH * one[:, None] * refuses), WORLD)
            for one in alarms
        ]
    )
    error = drawn.std(axis=0, ddof=1) / np.sqrt(len(drawn))
    assert (np.abs(drawn.mean(axis=0) - stage("red-teaming").posture) < 4 * error).all()


def within(share, expected, draws):
    """Say whether a share of draws lies within four standard errors of its probability."""
    return abs(share - expected) < 4 * np.sqrt(expected * (1 - expected) / draws)


def test_quartiles_and_the_share_that_finds_nothing_are_those_of_teams_that_really_draw():
    rng, draws = np.random.default_rng(5), 1500
    hits = np.array([attacked(rng) for _ in range(draws)])
    spread, harm = harm_over_teams(WORLD, TUNED), harm_left(WORLD, TUNED, hits)
    assert within((~hits.any(axis=1)).mean(), spread.unchanged, draws)
    every = teams(hit_chances(WORLD, TUNED))
    exact = harm_left(WORLD, TUNED, every.hit)
    for share, quartile in ((0.25, spread.lower), (0.5, spread.median), (0.75, spread.upper)):
        at_most = every.chance[exact <= quartile + 1e-12].sum()
        assert every.chance[exact < quartile - 1e-12].sum() < share <= at_most
        assert within((harm <= quartile + 1e-12).mean(), at_most, draws)


def test_harm_stays_as_it_was_only_for_teams_that_find_nothing():
    every = teams(hit_chances(WORLD, TUNED))
    nothing, left = ~every.hit.any(axis=1), harm_left(WORLD, TUNED, every.hit)
    before = stage("rlhf").posture.harm
    assert left[nothing] == pytest.approx(before)
    assert left[~nothing].max() < 0.999 * before
    for tries in (1, 2, 10):
        missed = (1 - hit_chances(WORLD, TUNED, tries)).prod()
        assert harm_over_teams(WORLD, TUNED, tries).unchanged == pytest.approx(missed)


def test_with_tries_without_end_every_prompt_with_a_hole_is_hit_and_teams_are_alike():
    chances = hit_chances(WORLD, TUNED, tries=10**6)
    assert chances[WORLD.disallowed] == pytest.approx(1)
    spread = harm_over_teams(WORLD, TUNED, tries=10**6)
    everything = fixed(WORLD, TUNED, one_team(WORLD.disallowed[None]))
    left = posture(everything, WORLD).harm
    assert spread == pytest.approx((left, left, left, left, 0))


def test_the_spread_has_the_harm_of_the_mean_policy_as_its_mean():
    for tries in (0, 1, 5):
        spread = harm_over_teams(WORLD, TUNED, tries)
        assert spread.mean == pytest.approx(harm_after(TUNED, tries))
        assert spread.lower <= spread.median <= spread.upper <= stage("rlhf").posture.harm


def test_the_more_tries_the_less_harm_is_left():
    left = [harm_after(TUNED, tries) for tries in (0, 1, 2, 10, 100)]
    assert left == sorted(left, reverse=True)
    assert left[0] == pytest.approx(stage("rlhf").posture.harm)


def test_on_its_path_about_half_of_the_harm_goes_and_over_refusal_rises():
    before, after = stage("rlhf").posture, stage("red-teaming").posture
    assert 0.4 * before.harm < after.harm < 0.6 * before.harm
    assert before.over_refusal < after.over_refusal < 0.05
    assert after.helpfulness < before.helpfulness
