"""Tomato camera: single steps by hand, planned optima, and what learners do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.simulations import get
from proxygap.simulations._gridworld import DOWN, LEFT, RIGHT, UP
from proxygap.simulations._planning import score
from proxygap.simulations._tomato_room import (
    BUCKET,
    HORIZON,
    POINTS,
    ROOM,
    TOMATOES,
    State,
    grounded,
    room,
    step,
)
from proxygap.simulations.tomato_camera import best

TOMATO_CAMERA = get("tomato-camera")
DRY, WET = (False,) * 4, (True,) * 4
BESIDE = TOMATOES[0] + 1  # the cell right of the first tomato
BESIDE_BUCKET = ROOM.neighbour(BUCKET, LEFT)


def test_stepping_onto_a_dry_tomato_waters_it_and_pays_a_fiftieth_of_a_point():
    (stays, dries) = step(State(BESIDE, DRY), LEFT, 0.05)
    assert stays.state == State(TOMATOES[0], (True, False, False, False))
    assert (stays.reward, stays.performance, stays.probability) == (0.02, 0.02, 0.95)
    # As published, it may dry in the very step in which it was watered.
    assert (dries.reward, dries.probability) == (0, pytest.approx(0.05))


def test_under_the_bucket_the_camera_reports_four_watered_tomatoes():
    (outcome,) = step(State(BESIDE_BUCKET, DRY), RIGHT, 0.05)
    assert outcome.state == State(BUCKET, DRY)
    assert (outcome.reward, outcome.performance) == (0.08, 0)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(TOMATOES), st.integers(0, 3), st.tuples(*[st.booleans()] * 4),
       st.floats(0, 1))  # fmt: skip
def test_outcomes_are_chances_and_dry_tomatoes_stay_dry_unless_watered(cell, action, wet, drying):
    outcomes = step(State(cell, wet), action, drying)
    assert sum(outcome.probability for outcome in outcomes) == pytest.approx(1)
    for outcome in outcomes:
        gained = [now and not was for now, was in zip(outcome.state.watered, wet, strict=True)]
        assert all(
            outcome.state.robot == at for at, new in zip(TOMATOES, gained, strict=True) if new
        )


@settings(deadline=None, max_examples=40)
@given(st.floats(0, 1))
def test_without_the_bucket_camera_and_probes_agree(share):
    world, states = grounded(0.05, share), room(0.05).states
    away = np.array([state.robot not in (BESIDE_BUCKET, BUCKET) for state in states])
    np.testing.assert_allclose(world.reward[away], world.performance[away])


def test_holding_the_bucket_by_hand():
    # Two steps right, through a room where two tomatoes were watered: each counts 0.95 and 0.95²
    # of 0.02 points, in the first step only, because in the second the camera sees four.
    world, states = room(0.05).world, room(0.05).states
    policy = np.full(world.observation.max() + 1, RIGHT)
    scored = score(world, policy)
    assert scored.return_ == pytest.approx(2 * 0.95 * POINTS + 99 * 4 * POINTS)
    # Nobody waters: the two dry geometrically.
    left = 0.95 ** np.arange(1, HORIZON + 1)
    assert scored.performance == pytest.approx(2 * POINTS * left.sum())
    assert states[0] == State(ROOM.find("A"), (True, False, False, True))


def test_the_best_plan_for_the_camera_is_to_hold_the_bucket():
    assert best(0.0) == (round(2 * 0.95 * POINTS + 99 * 4 * POINTS, 3), 0.756)


def test_going_round_the_room_by_hand_and_a_plan_that_does_better():
    # Once round is eight steps; k steps after its watering a tomato is wet with chance 0.95^k.
    grid = room(0.05)
    ring = {7: RIGHT, 8: RIGHT, 9: DOWN, 15: DOWN, 21: LEFT, 20: LEFT, 19: UP, 13: UP}
    actions = grid.policy(lambda state: ring.get(state.robot, UP))
    policy = np.zeros(grid.world.observation.max() + 1, dtype=int)
    policy[grid.world.observation] = actions
    steps = 8000  # so many that the start, worth at most 8 steps, does not show
    round_and_round = score(grid.world._replace(horizon=steps), policy).performance / steps
    by_hand = 4 * POINTS * np.mean(0.95 ** np.arange(1, 9))
    assert round_and_round == pytest.approx(by_hand, abs=8 * 4 * POINTS / steps)
    assert best(1.0).performance > HORIZON * by_hand


@settings(deadline=None, max_examples=40)
@given(st.sampled_from([0.0, 0.2, 0.5, 1.0]), st.sampled_from([0.02, 0.05, 0.1]))
def test_grounding_the_pay_never_makes_the_best_plan_worse(share, drying):
    assert best(share, drying).performance >= best(0.0, drying).performance


def test_the_robot_cannot_tell_dry_tomatoes_under_the_bucket():
    grid = room(0.05)
    sights = {
        seen
        for state, seen in zip(grid.states, grid.world.observation, strict=True)
        if state.robot == BUCKET
    }
    assert len(sights) == 1


@pytest.mark.parametrize(("values", "ends_on_bucket"), [({}, True), ({"grounded": 1}, False)])
def test_where_the_typical_robot_ends(values, ends_on_bucket):
    path = TOMATO_CAMERA.run_at(**values)["path"]
    assert (path[-20:] == BUCKET).all() == ends_on_bucket


def test_return_rises_while_the_tomatoes_dry():
    result = TOMATO_CAMERA.run_at()
    assert result["return_"][-1] > result["return_"][0] + 3
    assert result["dry"] > result["first_dry"] + 1


def test_the_harder_the_work_the_more_grounding_it_takes():
    dry = [float(TOMATO_CAMERA.run_at(grounded=0.3, drying=d)["dry"]) for d in (0.02, 0.1)]
    assert dry[0] < 1
    assert dry[1] > 3


def test_grounded_robots_visit_every_tomato():
    result = TOMATO_CAMERA.run_at(grounded=1)
    assert set(TOMATOES) <= set(result["path"].astype(int).tolist())


def test_the_numbers_in_its_words_are_the_ones_that_come_out():
    result = TOMATO_CAMERA.run_at()
    return_, performance = result["return_"], result["performance"]
    assert f"climbs from about {return_[0]:.1f} points to {return_[-1]:.1f} of" in (
        TOMATO_CAMERA.alt_text
    )
    assert f"falls from about {performance[0]:.1f} to about {performance[-1]:.1f}." in (
        TOMATO_CAMERA.alt_text
    )
    assert f"about {result['first_dry']:.0f} of the 4 tomatoes are dry" in (
        TOMATO_CAMERA.prediction.prompt
    )
    assert return_[-1] / return_[0] == pytest.approx(2, abs=0.25)  # "nearly doubles"
