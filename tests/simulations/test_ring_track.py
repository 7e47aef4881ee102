"""Ring tracks and their sensor, against the published map and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations._boat_track import DESIGNS, EVENTS, MOVES, RING, RewardTerms
from proxygap.simulations._boat_track import world as published_world
from proxygap.simulations._ring_track import (
    BACK,
    CLOCKWISE,
    PUBLISHED,
    WALL,
    Step,
    laps_learned,
    next_state,
    pay,
    race,
    sensed,
    steps,
)

tracks = st.text(alphabet=".>", min_size=3, max_size=12)


def paid_by(terms: RewardTerms):
    """Return the reward function that pays the lab's terms."""
    return lambda step: (
        terms.move
        + terms.arrow_forward * step.arrow_forward
        + terms.arrow_backward * step.arrow_backward
        + terms.arrow_undone * step.arrow_undone
        + terms.bump * step.bump
    )


@pytest.mark.parametrize("tile", range(len(RING)))
def test_the_published_ring_reports_the_events_of_the_published_map(tile):
    for action, towards in ((CLOCKWISE, 1), (BACK, -1)):
        target = RING[(tile + towards) % len(RING)]
        move = MOVES.index(target - RING[tile])
        at = RING[tile], move
        assert sensed(PUBLISHED, tile, action) == Step(
            bump=bool(EVENTS.bump[at]),
            arrow_forward=bool(EVENTS.arrow_forward[at]),
            arrow_backward=bool(EVENTS.arrow_backward[at]),
            arrow_undone=bool(EVENTS.arrow_undone[at]),
        )


@pytest.mark.parametrize("design", ["arrows", "entry-penalty", "symmetric"])
def test_the_published_ring_pays_what_the_published_map_pays(design):
    rewards = pay(PUBLISHED, paid_by(DESIGNS[design]))
    on_the_map = published_world(DESIGNS[design]).reward
    for tile, cell in enumerate(RING):
        onward = MOVES.index(RING[(tile + 1) % len(RING)] - cell)
        assert rewards[tile, CLOCKWISE] == on_the_map[cell, onward]


def test_the_sensor_of_a_ring_with_one_arrow_worked_by_hand():
    assert sensed(".>.", 0, CLOCKWISE) == Step(arrow_forward=True)
    assert sensed(".>.", 1, CLOCKWISE) == Step()
    assert sensed(".>.", 1, BACK) == Step(arrow_undone=True)
    assert sensed(".>.", 2, BACK) == Step(arrow_backward=True)
    assert sensed(".>.", 0, BACK) == Step()
    assert sensed(".>.", 1, WALL) == Step(bump=True)


def test_from_arrow_back_to_arrow_is_both_undone_and_backward():
    assert sensed(".>>", 2, BACK) == Step(arrow_backward=True, arrow_undone=True)


@given(tracks)
def test_going_back_undoes_going_forward(track):
    moves = next_state(track)
    for tile in range(len(track)):
        assert moves[moves[tile, CLOCKWISE], BACK] == tile
        assert moves[tile, WALL] == tile


@given(tracks)
def test_every_report_is_listed_once_and_never_contradicts_itself(track):
    listed = steps(track)
    assert len(listed) == len(set(listed))
    assert all(step.bump + step.arrow_forward + step.arrow_backward <= 1 for step in listed)
    assert sum(sensed(track, t, CLOCKWISE).arrow_forward for t in range(len(track))) == track.count(
        ">"
    )


def test_only_clockwise_steps_are_wanted():
    hidden = race("..>", np.zeros((3, 3))).performance
    np.testing.assert_array_equal(hidden, [[1, -1, -1]] * 3)


def test_boats_paid_for_clockwise_steps_do_every_possible_lap():
    rewards = race("....>", np.zeros((5, 3))).performance
    laps = laps_learned("....>", rewards, np.random.default_rng(0), learners=3)
    np.testing.assert_array_equal(laps, 100 / 5)


def test_boats_paid_for_going_back_do_the_laps_backwards():
    rewards = -race(PUBLISHED, np.zeros((8, 3))).performance
    rewards[:, WALL] = -1
    laps = laps_learned(PUBLISHED, rewards, np.random.default_rng(0), learners=3)
    np.testing.assert_array_equal(laps, -100 / 8)


def test_boats_paid_as_published_cannot_tell_racing_from_rocking():
    # Both pay exactly one half a step, so chance decides which one a boat learns.
    rewards = pay(PUBLISHED, paid_by(DESIGNS["arrows"]))
    laps = laps_learned(PUBLISHED, rewards, np.random.default_rng(0), learners=20)
    assert set(np.round(laps)) == {0.0, 12.0}
