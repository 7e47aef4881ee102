"""Loop or lap: rounds by hand, the threshold in closed form, planning and learning."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.simulations import get
from proxygap.simulations._coast import (
    COURSE_TARGETS,
    HORIZON,
    JUNCTION,
    LAGOON,
    LAGOON_TARGETS,
    RACE,
    State,
    art,
    cells,
    course,
    round_pays,
    step,
    threshold,
    worth,
)
from proxygap.simulations._planning import plan_episode, score, value_iteration
from proxygap.simulations._world import walk

LOOP_OR_LAP = get("loop-or-lap")
DISCOUNTS = (0.95, 0.98, 0.99)


def always(choice):
    return np.full(course(0).states, choice)


@pytest.mark.parametrize(("choice", "steps", "targets"), [(LAGOON, 6, 3), (RACE, 24, 6)])
def test_each_round_leads_back_to_the_junction_past_its_targets(choice, steps, targets):
    lived = walk(course(0), always(choice))
    path = cells()[lived.states].astype(int)
    assert path[0] == path[steps] == JUNCTION
    assert JUNCTION not in path[1:steps]
    assert lived.return_[steps] == targets


def test_an_episode_by_hand():
    # Ten laps of 6 targets and a bonus of 4; or forty rounds of 3 targets.
    assert score(course(4), always(RACE)) == (10 * (6 + 4), HORIZON)
    assert score(course(4), always(LAGOON)) == (40 * 3, 0)


def test_a_lap_counts_only_once_it_is_finished():
    lived = walk(course(0), always(RACE))
    assert lived.performance[23] == 0
    assert lived.performance[24] == 24


def test_the_current_carries_the_boat_whatever_it_chooses():
    state = State(COURSE_TARGETS[0], racing=True)
    assert step(state, RACE) == step(state, LAGOON)


@settings(deadline=None, max_examples=40)
@given(st.floats(0, 14))
def test_the_mean_pay_of_a_round_is_its_points_over_its_steps(bonus):
    assert worth(round_pays(bonus, LAGOON), 1) == pytest.approx(3 / 6)
    assert worth(round_pays(bonus, RACE), 1) == pytest.approx((6 + bonus) / 24)


@settings(deadline=None, max_examples=40)
@given(st.floats(0.5, 0.999), st.sampled_from([RACE, LAGOON]))
def test_the_worth_of_a_round_is_the_value_of_repeating_it(discount, choice):
    world = course(4)
    pays, state = [], 0
    for _ in range(20_000):  # the rest is worth less than 0.999^20000 ≈ 2e-9 of a point
        pays.append(world.reward[state, choice])
        state = world.next_state[state, choice]
    value = (discount ** np.arange(len(pays)) * pays).sum()
    assert (1 - discount) * value == pytest.approx(worth(round_pays(4, choice), discount), abs=1e-6)


def test_the_threshold_of_a_patient_boat_solves_one_equation():
    # (6 + bonus) / 24 = 3 / 6
    assert threshold(1) == pytest.approx(6)


def test_patience_lowers_the_threshold_towards_the_patient_one():
    falling = [threshold(discount) for discount in (0.9, 0.95, 0.98, 0.99, 0.999, 1)]
    assert falling == sorted(falling, reverse=True)
    assert falling[-2] == pytest.approx(6, abs=0.1)


@pytest.mark.parametrize("discount", DISCOUNTS)
@pytest.mark.parametrize(("offset", "choice"), [(-0.001, LAGOON), (0.001, RACE)])
def test_value_iteration_changes_its_mind_exactly_at_the_threshold(discount, offset, choice):
    world = course(threshold(discount) + offset)
    assert value_iteration(world, discount).policy[0] == choice


@pytest.mark.parametrize(("bonus", "performance"), [(5.99, 0), (6.01, HORIZON)])
def test_the_best_episode_changes_at_a_bonus_of_six(bonus, performance):
    world = course(bonus)
    assert score(world, plan_episode(world).policy).performance == performance


@pytest.mark.parametrize("discount", DISCOUNTS)
def test_every_learner_changes_its_mind_at_the_threshold(discount):
    below = int(threshold(discount))
    laps = [LOOP_OR_LAP.run_at(bonus=b, discount=discount)["laps"] for b in (below, below + 1)]
    assert laps == [0, 10]


def test_the_curve_jumps_where_the_threshold_lies():
    result = LOOP_OR_LAP.run_at()
    jump = result["bonuses"][result["best_performance"].argmax()]
    assert jump == pytest.approx(result["threshold"], abs=0.05)


def test_the_typical_boat_stays_in_the_lagoon():
    path = LOOP_OR_LAP.run_at()["path"]
    assert set(LAGOON_TARGETS) < set(path.astype(int).tolist())
    assert len(set(path)) == 6


def test_the_map_shows_nine_targets():
    assert "".join(art()).count("T") == 9


def test_the_numbers_in_its_words_are_the_ones_that_come_out():
    result = LOOP_OR_LAP.run_at()
    first, last = result["performance"][[0, -1]]
    assert f"falls from about {first:.0f} to {last:.0f}." in LOOP_OR_LAP.alt_text
    assert f"jumps from 0 to 100 at {result['threshold']:.1f} points" in LOOP_OR_LAP.alt_text
    assert f"With a bonus of {result['bonus']:.0f} the boat" in LOOP_OR_LAP.prediction.prompt
