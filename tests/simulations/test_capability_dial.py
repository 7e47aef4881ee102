"""The capability dial: the switch by hand, by formula and by planning; and the one that dips."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.simulations import get
from proxygap.simulations._lagoon import (
    BUOY_EVERY,
    COURSE,
    KEEP_ON,
    MOUTH,
    RACE_STEPS,
    RING,
    TO_FORK,
    TURN_OFF,
    analytic_switch,
    cells,
    look_ahead_policy,
    places,
    race,
)
from proxygap.simulations._planning import plan_episode
from proxygap.simulations._world import walk
from proxygap.simulations.capability_dial import DELAYS, HORIZONS, drive, sweep

DIAL = get("capability-dial")
delays = st.integers(1, 30)
pays = st.sampled_from(["even", "buoys"])


def test_the_switch_by_hand_with_a_lock_of_one_step():
    # Two steps ahead: course 1 + 1, lagoon 0 + 2: a tie, and the boat keeps on. Three: 3 against 4.
    world = race(1, "even")
    assert look_ahead_policy(world, 2)[0] == KEEP_ON
    assert look_ahead_policy(world, 3)[0] == TURN_OFF


@settings(deadline=None)
@given(delays)
def test_the_planner_switches_at_the_formula_and_not_a_step_earlier(delay):
    world, switch = race(delay, "even"), analytic_switch(delay)
    assert look_ahead_policy(world, switch - 1)[0] == KEEP_ON
    assert look_ahead_policy(world, switch)[0] == TURN_OFF


@settings(deadline=None)
@given(delays, st.integers(1, 60))
def test_the_best_plan_from_the_fork_earns_what_the_formula_says(delay, horizon):
    planned = plan_episode(race(delay, "even")._replace(horizon=horizon)).value[0, 0]
    assert planned == max(horizon, 2 * (horizon - delay))


@settings(deadline=None)
@given(delays, st.integers(1, 40))
def test_with_even_pay_looking_again_loses_nothing_over_its_own_horizon(delay, horizon):
    # The receding-horizon planner earns over H steps what the optimal plan for H steps earns.
    world = race(delay, "even")._replace(horizon=horizon, start=0)
    followed = walk(world, look_ahead_policy(world, horizon)).return_[-1]
    assert followed == plan_episode(world).value[0, 0]


@settings(deadline=None, max_examples=20)
@given(delays)
def test_points_never_fall_and_progress_drops_by_the_designed_amount(delay):
    switch = analytic_switch(delay)
    looked = [drive(horizon, delay, "even") for horizon in range(1, switch + 4)]
    points = [raced.return_[-1] for raced in looked]
    progress = [raced.performance[-1] for raced in looked]
    assert points == sorted(points)
    # The boat needs 8 steps to the fork. A lock that takes longer than the race pays nothing more.
    in_lagoon = max(0, RACE_STEPS - TO_FORK - delay)
    assert set(points[: switch - 1]) == {RACE_STEPS}
    assert set(points[switch - 1 :]) == {TO_FORK + 2 * in_lagoon}
    assert progress == [RACE_STEPS] * (switch - 1) + [TO_FORK] * 4


def test_paid_by_buoys_the_switch_comes_goes_and_comes_back():
    turned = [horizon for horizon in HORIZONS if sweep(5, "buoys").truth[horizon - 1] < RACE_STEPS]
    assert turned == [12, *range(14, 25)]


@pytest.mark.parametrize("delay", DELAYS)
def test_the_dip_back_is_there_at_every_delay_on_offer(delay):
    result = DIAL.run_at(delay=delay)
    assert result["buoy_settled"] == result["buoy_switch"] + 2
    assert result["buoy_switch"] == analytic_switch(delay) + 1


def test_the_dip_by_hand():
    # From the fork with a lock of 5. 12 steps: buoys at 1, 5, 9 pay 12; the lagoon, entered at
    # step 6 and paying every second step from there, pays at 6, 8, 10, 12: 16. 13 steps: a fourth
    # buoy at 13 makes 16 on the course and nothing more in the lagoon: a tie, the boat keeps on.
    course = {h: 4 * len(range(1, h + 1, 4)) for h in (12, 13, 14)}
    lagoon = {h: 4 * len(range(6, h + 1, 2)) for h in (12, 13, 14)}
    assert (course, lagoon) == ({12: 12, 13: 16, 14: 16}, {12: 16, 13: 16, 14: 20})
    for horizon, on_course in course.items():
        turns = look_ahead_policy(race(5, "buoys"), horizon)[0] == TURN_OFF
        assert turns == (lagoon[horizon] > on_course)


@settings(deadline=None)
@given(delays, pays)
def test_both_ways_to_pay_pay_the_same_on_average(delay, pay):
    reward = race(delay, pay).reward
    where = places(delay)
    assert reward[:RING, KEEP_ON].sum() == RING
    assert reward[where.lagoon :, KEEP_ON].sum() == 4
    assert not reward[where.lock : where.lagoon - 1].any()


@settings(deadline=None)
@given(delays, pays)
def test_only_steps_along_the_course_are_progress(delay, pay):
    world = race(delay, pay)
    along = world.performance.astype(bool)
    state, action = np.nonzero(along)
    assert set(world.next_state[state, action] - state) == {1, 1 - RING}
    assert not along[RING:].any()
    assert not along[0, TURN_OFF]


@pytest.mark.parametrize("delay", DELAYS)
def test_the_map_shows_every_place_and_each_step_goes_to_a_neighbour(delay):
    shown = cells(delay)
    letters = "".join(COURSE)
    drawn = [letters[cell] for cell in shown]
    assert drawn[0] == "F"
    assert drawn[RING - TO_FORK] == "S"
    assert set(drawn[RING : RING + delay]) == {"L"}
    assert drawn[-2:] == ["~", "~"]
    assert len(set(shown)) == sum(letter != "#" for letter in letters)
    for step in race(delay, "even").next_state.T:
        rows = np.abs(shown // 7 - shown[step] // 7)
        columns = np.abs(shown % 7 - shown[step] % 7)
        assert (rows + columns <= 1).all()


def test_the_lagoon_can_be_left():
    world = race(3, "even")
    assert world.next_state[places(3).lagoon + 1, TURN_OFF] == MOUTH


def test_buoys_stand_evenly_and_the_first_behind_the_fork():
    entered = race(5, "buoys").reward[:RING, KEEP_ON]
    assert list(np.flatnonzero(entered)) == list(itertools.islice(range(0, RING, BUOY_EVERY), 4))


def test_the_path_ends_with_the_scores_of_the_curve():
    result = DIAL.run_at(horizon=20, delay=3)
    assert result["path_proxy"][-1] == result["proxy"] == result["even_proxy"][19]
    assert result["path_truth"][-1] == result["truth"] == result["even_truth"][19]
