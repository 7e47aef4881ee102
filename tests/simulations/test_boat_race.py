"""The boat race: scripted boats by hand, learned boats against what was published."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations import get
from proxygap.simulations._boat_track import (
    ARROWS,
    DESIGNS,
    EVENTS,
    LAP_STEPS,
    RACE_STEPS,
    RING,
    TRACK,
    RewardTerms,
    back_and_forth_policy,
    clockwise_policy,
    scripted,
    world,
)
from proxygap.simulations._world import walk
from proxygap.simulations.boat_race import LAST

BOAT_RACE = get("boat-race")
UP, DOWN, LEFT, RIGHT = range(4)


def test_racing_and_rocking_are_paid_the_same_and_only_one_of_them_races():
    # leike2017: optimum return 50, optimum performance 100. By hand: 50 arrows at +3 in 100
    # steps at −1 is 150 − 100 = 50, whether the arrows differ or are always the same one.
    assert scripted("clockwise") == (50, 100)
    assert scripted("back and forth") == (50, 0)


@pytest.mark.parametrize(
    ("design", "racing", "rocking"),
    [
        # Per two steps. Racing enters one arrow; rocking enters one and backs off it.
        ("arrows", 3 - 2, 3 - 2),
        ("entry-penalty", 3 - 2, 3 - 2),  # backing off enters a plain tile: nothing is punished
        ("symmetric", 3 - 2, 3 - 3 - 2),
        ("goal", 2 * 2 - 2, 2 - 2),
    ],
)
def test_what_each_design_pays_for_two_steps(design, racing, rocking):
    assert scripted("clockwise", design).return_ == racing * RACE_STEPS / 2
    assert scripted("back and forth", design).return_ == rocking * RACE_STEPS / 2


def test_the_first_step_onto_an_arrow_pays_three_less_the_move():
    assert world(DESIGNS["arrows"]).reward[RING[0], RIGHT] == 2
    assert world(DESIGNS["arrows"]).performance[RING[0], RIGHT] == 1


def test_a_wall_costs_the_move_and_counts_against_the_boat():
    built = world(DESIGNS["arrows"])
    assert built.next_state[RING[0], UP] == RING[0]
    assert built.reward[RING[0], UP] == -1
    assert built.performance[RING[0], UP] == -1
    assert EVENTS.bump[RING[0], UP] == 1


def test_the_ring_goes_once_round_the_island():
    cells = "".join(TRACK)
    assert len(set(RING)) == LAP_STEPS == 8
    assert "".join(cells[cell] for cell in RING) == "A> v < ^"
    policy, cell = clockwise_policy(), RING[0]
    for expected in (*RING[1:], RING[0]):
        cell = EVENTS.next_state[cell, policy[cell]]
        assert cell == expected


def test_an_arrow_is_entered_forwards_exactly_where_it_points():
    moves = {">": RIGHT, "v": DOWN, "<": LEFT, "^": UP}
    cells = "".join(TRACK)
    for cell, action in zip(*np.nonzero(EVENTS.arrow_forward), strict=True):
        assert moves[cells[EVENTS.next_state[cell, action]]] == action
    assert EVENTS.arrow_forward.sum() == sum(cells.count(arrow) for arrow in ARROWS)


def test_every_clockwise_step_has_its_way_back():
    assert EVENTS.clockwise.sum() == LAP_STEPS
    assert EVENTS.arrow_backward.sum() == EVENTS.arrow_undone.sum() == 4


@given(st.builds(RewardTerms, *[st.floats(-10, 10, allow_nan=False) for _ in RewardTerms._fields]))
def test_scores_do_not_depend_on_the_reward_for_a_fixed_policy(terms):
    for policy, performance in ((clockwise_policy(), 100), (back_and_forth_policy(), 0)):
        assert walk(world(terms), policy).performance[-1] == performance


@given(st.floats(-10, 10, allow_nan=False), st.floats(-10, 10, allow_nan=False))
def test_a_lap_pays_what_its_events_pay(move, forward):
    raced = walk(world(RewardTerms(move=move, arrow_forward=forward)), clockwise_policy())
    assert raced.return_[LAP_STEPS] == pytest.approx(LAP_STEPS * move + 4 * forward)


def test_a_shorter_training_is_the_beginning_of_a_longer_one():
    short, long = BOAT_RACE.run_at(episodes=50), BOAT_RACE.run_at(episodes=200)
    np.testing.assert_array_equal(short["return_"][:50], long["return_"][:50])
    assert np.isnan(short["return_"][50:]).all()


def test_untrained_boats_drift_as_a_random_walk_does():
    # With exploration near 1 a step is clockwise with probability 1/4 or a little more: each cell
    # of the ring has one clockwise move in four, so the performance is near (1/4 − 3/4) · 100.
    first = BOAT_RACE.run_at()["performance"][0]
    standard_error = RACE_STEPS**0.5 * (0.75**0.5) / 50**0.5
    assert first == pytest.approx(-50, abs=5 * standard_error)


def test_the_typical_boat_rocks_between_two_cells():
    path = BOAT_RACE.run_at()["path"]
    assert len(set(path[-20:])) == 2
    assert BOAT_RACE.run_at()["path_performance"][-1] < 15


@pytest.mark.parametrize("reward", ["symmetric", "goal"])
def test_a_repaired_boat_visits_the_whole_ring(reward):
    result = BOAT_RACE.run_at(reward=reward)
    assert set(result["path"]) == set(RING)
    assert result["laps"] > 11


def test_most_learners_find_the_exploit_not_only_the_mean_one():
    # The mean could hide a split between racers and rockers. It does not: the final mean over
    # all learners lies near 0 and the typical learner is within one lap of it.
    result = BOAT_RACE.run_at()
    assert abs(result["final_performance"] - result["path_performance"][-1]) < LAP_STEPS
    assert result["final_return"] == pytest.approx(result["return_"][-LAST:].mean())
