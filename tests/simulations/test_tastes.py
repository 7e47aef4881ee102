"""What the chapters on RLHF and DPO say of their rows: what is proven and what was chosen.

The taste of the team was chosen for the course. So a direction counts as shown if it holds for
every taste that was tried, and is named here if it does not.
"""

import doctest
from itertools import pairwise

import numpy as np
import pytest

from proxygap.simulations import _tastes
from proxygap.simulations._raters import RATERS
from proxygap.simulations._replies import Posture, load, posture
from proxygap.simulations._tastes import (
    CAREFUL,
    DRAWS,
    TEAM,
    TRAINED,
    hangs_on_taste,
    one_at_a_time,
    postures,
    with_taste,
)
from proxygap.simulations._techniques import guardrails, red_teaming, rlhf, stage

RLHF, DPO = hangs_on_taste("rlhf"), hangs_on_taste("dpo")


def in_order(measure: str, word: str) -> list[np.ndarray]:
    """Return a measure of each draw for none, half, all and double of one number of the taste."""
    tastes = (f"no {word}", f"half the {word}", TEAM, f"double the {word}")
    return [RLHF.measure(measure, taste) for taste in tastes]


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(_tastes).failed == 0


def test_one_number_of_the_taste_is_varied_at_a_time():
    raters, team = one_at_a_time(), RATERS["team"].taste
    assert raters.pop(TEAM).taste == team
    assert raters.pop(CAREFUL).taste == {}
    changed = [
        {name: rater.taste[name] / team[name] for name in team if rater.taste[name] != team[name]}
        for rater in raters.values()
    ]
    assert sorted(map(str, changed)) == sorted(
        str({name: factor}) for name in team for factor in (0.0, 0.5, 2.0)
    )


@pytest.mark.parametrize("chapter", TRAINED)
def test_the_first_draw_of_our_team_is_the_row_of_the_chapter(chapter):
    first = hangs_on_taste(chapter).after[TEAM][0]
    assert first == pytest.approx(np.array(stage(chapter).posture), abs=1e-12)


# --- What holds for every taste -----------------------------------------------------------------


@pytest.mark.parametrize("runs", [RLHF, DPO], ids=["rlhf", "dpo"])
def test_whoever_compares_at_least_a_third_of_the_harm_goes_in_every_draw(runs):
    for taste in runs.after:
        harm = runs.measure("harm", taste)
        assert harm.shape == (DRAWS,)
        assert harm.max() < 2 / 3 * runs.before.harm, taste


def test_with_dpo_the_help_and_the_true_value_rise_whoever_compares():
    for taste in DPO.after:
        assert DPO.measure("truth", taste).min() > DPO.before.truth + 0.2, taste
        assert DPO.measure("helpfulness", taste).min() > DPO.before.helpfulness + 0.02, taste


@pytest.mark.parametrize(
    ("measure", "word", "direction"),
    [("courtesy", "courtesy", 1), ("over_refusal", "caution", 1), ("harm", "caution", -1),
     ("harm", "leniency", 1)],
)  # fmt: skip
def test_what_is_liked_more_comes_out_more_in_every_draw(measure, word, direction):
    assert (direction * np.diff(in_order(measure, word), axis=0) > 0).all()


@pytest.mark.parametrize("taste", one_at_a_time())
def test_whichever_team_rlhf_had_repair_and_rails_take_harm_away_and_cost_help(taste):
    world, rater = load(), one_at_a_time()[taste]
    tuned = rlhf.trained(world, stage("instruction-tuning").policy, rater)
    repaired = red_teaming.STEP.tuned(world, tuned)
    railed = guardrails.STEP.tuned(world, repaired)
    steps = [posture(policy, world) for policy in (tuned, repaired, railed)]
    for before, after in pairwise(steps):
        assert after.harm < before.harm
        assert after.over_refusal > before.over_refusal
        assert after.helpfulness < before.helpfulness
    assert steps[-1].truth < steps[-2].truth  # what the rails cost where nobody needed them


# --- What hangs on the taste that we chose ------------------------------------------------------


def test_only_the_fall_of_harm_is_a_finding_about_rlhf_rather_than_about_our_team():
    assert RLHF.held() == {
        "helpfulness": False, "harm": True, "over_refusal": False, "courtesy": False,
        "truth": False,
    }  # fmt: skip
    assert DPO.held() == {
        "helpfulness": True, "harm": True, "over_refusal": False, "courtesy": False, "truth": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "tastes"),
    [("helpfulness", {"double the caution"}),
     ("truth", {"double the caution"}),
     ("courtesy", {CAREFUL, "no courtesy"}),
     ("over_refusal", {CAREFUL, "no caution", "half the caution"})],
)  # fmt: skip
def test_the_tastes_that_undo_a_direction_are_known_by_name(measure, tastes):
    column = Posture._fields.index(measure)
    assert {taste for taste in RLHF.after if not RLHF.agrees(taste)[column]} == tastes


def test_twice_the_caution_leaves_over_refusal_to_the_draw():
    refused = RLHF.measure("over_refusal", "double the caution")
    assert refused.min() < 0.1
    assert refused.max() > 0.6
    assert RLHF.measure("truth", "double the caution")[0] < RLHF.before.truth
    # DPO moves a reply only where somebody compared it, so that declining does not spread.
    assert DPO.measure("over_refusal", "double the caution").max() < 0.01


@pytest.mark.parametrize("chapter", TRAINED)
def test_without_caution_and_with_twice_the_leniency_the_harm_stays(chapter):
    harm = postures(chapter, with_taste(refuses=0.0, breaks_rule=2.0))[:, 1]
    assert harm.min() > 0.9 * stage("instruction-tuning").posture.harm


def test_most_of_the_harm_goes_only_where_declining_is_liked_and_leniency_is_not_doubled():
    quarter = RLHF.before.harm / 4
    some_left = {taste for taste in RLHF.after if RLHF.measure("harm", taste).max() > quarter}
    assert some_left == {"no caution", "half the caution", "double the leniency"}


def test_that_dpo_and_rlhf_end_alike_hangs_on_a_team_that_is_not_too_cautious():
    apart = {
        taste: np.abs(RLHF.after[taste] - DPO.after[taste]).max(axis=1) for taste in RLHF.after
    }
    assert max(gaps.max() for taste, gaps in apart.items() if taste != "double the caution") < 0.06
    assert apart["double the caution"].max() > 0.6


def test_that_the_constitution_leaves_the_least_harm_hangs_on_the_team_beside_it():
    own = stage("constitutional-ai").posture
    less = {taste for taste in RLHF.after if RLHF.measure("harm", taste).min() < own.harm}
    assert less >= {"no leniency", "double the caution"}
    assert RLHF.measure("over_refusal", "double the caution").min() > own.over_refusal
