"""The plain loops that the course is compared with do the same work."""

import numpy as np
import pytest

from bench import choosing, learning, stepping
from proxygap.simulations import boat_race
from proxygap.simulations._boat_track import DESIGNS, world
from proxygap.simulations._box_room import HORIZON, room
from proxygap.simulations._q_learning import q_learning
from proxygap.simulations._world import walk

# Q-learning: the same numbers, one step at a time


@pytest.mark.parametrize("race", [learning.race_on_lists, learning.race_on_array])
@pytest.mark.parametrize("design", ["arrows", "symmetric"])
def test_the_plain_loops_learn_what_the_course_learns_to_the_last_bit(race, design):
    built, episodes = world(DESIGNS[design]), 30
    plain = learning.plain_q_learning(built, np.random.default_rng(7), episodes, race)
    ours = q_learning(
        built, np.random.default_rng(7), seeds=1, episodes=episodes, schedule=boat_race.SCHEDULE
    )
    np.testing.assert_array_equal(np.asarray(plain.q), ours.q[0])
    np.testing.assert_array_equal(plain.return_, ours.return_[:, 0])
    np.testing.assert_array_equal(plain.performance, ours.performance[:, 0])


def test_the_environment_of_the_plain_loop_walks_and_pays_like_the_course():
    built = world(DESIGNS["arrows"])
    environment = learning.Environment(built)
    state = environment.reset()
    assert state == built.start
    following, reward, performance = environment.step(3)  # right, onto the first arrow
    assert (following, reward, performance) == (built.next_state[state, 3], 2.0, 1.0)


# Steps in a gridworld


@pytest.mark.parametrize("seed", range(20))
def test_the_step_function_leads_where_the_arrays_lead(seed):
    policy = stepping.wandering(seed)
    together = walk(room().grid.world, policy)
    alone = stepping.plain_walk(policy)
    assert alone.return_ == together.return_[-1]
    assert alone.performance == together.performance[-1]
    assert alone.steps == stepping.steps_taken(together.return_[-1:])


def test_steps_after_the_goal_do_not_count():
    # The goal after 5 steps pays 50 − 5; without it, all steps were taken.
    assert stepping.steps_taken(np.array([45.0, -float(HORIZON)])) == 5 + HORIZON


def test_the_plain_learner_finds_the_goal_too():
    steps = stepping.plain_learning(np.random.default_rng(0), stepping.SCHEDULE.episodes)
    assert steps < 0.6 * stepping.SCHEDULE.episodes * HORIZON  # it arrives early in most episodes


# Best of 60,000


def test_the_exact_mean_is_what_drawing_leads_to():
    rng = np.random.default_rng(11)
    drawn = np.concatenate(
        [choosing.page.choose(choosing.LARGEST, choosing.TAIL, rng, tries=40)[1] for _ in range(5)]
    )
    error = drawn.std(ddof=1) / np.sqrt(drawn.size)
    assert abs(drawn.mean() - choosing.exact()) < 4 * error


def test_a_quarter_of_the_spread_needs_a_sixteenth_of_the_choices():
    truth = np.array([0.0, 1.0, 2.0, 3.0])
    needed = choosing.choices_needed(truth)
    assert needed == pytest.approx((5 / 3) / choosing.ACCURACY**2)  # variance 5/3
    assert choosing.choices_needed(truth / 4) == pytest.approx(needed / 16)


def test_a_gridworld_is_judged_by_the_ratio_of_neighbouring_runs():
    rates = {"walking": [4e7, 2e7], "walking, plain": [1e5, 1e5],
             "Q-learning": [6e6, 8e6], "Q-learning, plain": [1e5, 1e5]}  # fmt: skip
    section = stepping.section(rates)
    assert section.tables[0].rows[0][1:] == ("30,000,000", "100,000", "300×")
    assert [(promise.measured, promise.verdict) for promise in section.promises] == [(300, "met")]


def test_best_of_n_is_judged_by_the_whole_page():
    section = choosing.section({"exact": [0.04], "drawn": [60.0], "page": [0.125]})
    assert [row[1:] for row in section.tables[0].rows] == [
        ("40.0 ms", "1500×"), ("60.0 s", "1.00×"), ("125.0 ms", "480×"),
    ]  # fmt: skip
    assert section.promises[0].verdict == "**missed**"
