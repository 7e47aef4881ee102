"""Goal misgeneralisation: levels by hand, the closed form, and learners against both."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.simulations import get
from proxygap.simulations._coin_levels import (
    ANYWHERE,
    END,
    LEVEL,
    START,
    State,
    levels,
    rates,
    senses,
    step,
)
from proxygap.simulations._gridworld import DOWN, LEFT, RIGHT, UP
from proxygap.simulations._policy_gradient import Ascent, policies, reinforce
from proxygap.simulations.goal_misgeneralisation import min_norm_pull

GOAL_MISGENERALISATION = get("goal-misgeneralisation")
SALIENCES = (0.25, 0.5, 1.0, 2.0)


def always(action):
    """Return the policy that takes `action` everywhere."""
    chances = np.zeros((1, levels(0).world.states, 4))
    chances[:, :, action] = 1
    return chances


def test_a_coin_is_paid_once_and_is_gone():
    outcome = step(State(START, START + 1), RIGHT)
    assert outcome.state == State(START + 1, None)
    assert (outcome.reward, outcome.performance) == (pytest.approx(0.99), 1)
    again = step(State(START, None), RIGHT)
    assert (again.reward, again.performance) == (-0.01, 0)


def test_a_coin_at_the_end_is_paid_on_arrival():
    outcome = step(State(END - 1, END), RIGHT)
    assert (outcome.performance, outcome.done) == (1, True)


def test_walking_straight_gets_the_coins_on_the_way_and_no_other():
    # Sixteen cells may hold a coin; four of them lie between the start and the end.
    new = levels(1.0).world
    coin, end = rates(new, always(RIGHT), new.start[None])[0, 0]
    assert len(ANYWHERE) == 16
    assert coin == pytest.approx(4 / 16)
    assert end == pytest.approx(1)


def test_walking_into_the_wall_gets_nothing():
    new = levels(1.0).world
    assert rates(new, always(LEFT), new.start[None]).tolist() == [[[0, 0]]]


@settings(deadline=None, max_examples=40)
@given(st.floats(0, 1))
def test_levels_mix_in_the_share_that_is_asked_for(share):
    start = levels(share).world.start
    assert start.sum() == pytest.approx(1)
    assert start[0] == pytest.approx(1 - share)


def test_senses_by_hand():
    grid, sensed = levels(0), senses(0.5)
    # The coin lies straight above the robot, the end to the right.
    here = grid.states.index(State(START + 3, START + 3 - LEVEL.columns))
    assert sensed[here, UP].tolist() == [-1, 0.5]
    assert sensed[here, RIGHT].tolist() == [1, -0.5]
    bump = grid.states.index(State(START, END))
    assert sensed[bump, LEFT].tolist() == [0, 0]


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(SALIENCES))
def test_while_the_coin_lies_at_the_end_both_senses_say_the_same(salience):
    at_end = [s for s, state in enumerate(levels(0).states) if state.coin == END]
    sensed = senses(salience)[at_end]
    np.testing.assert_allclose(sensed[:, :, 1], salience * sensed[:, :, 0])


@settings(deadline=None, max_examples=40)
@given(st.floats(0.01, 100))
def test_the_closed_form_is_the_least_norm_solution(salience):
    # One equation, two unknowns: NumPy's least squares returns the solution of smallest norm.
    weights = np.linalg.lstsq(np.array([[1.0, salience]]), np.array([1.0]))[0]
    pulls = weights * (1, salience)
    assert min_norm_pull(salience) == pytest.approx(pulls[1] / pulls.sum())


@pytest.mark.parametrize("salience", SALIENCES)
def test_learners_split_the_pull_as_the_closed_form_says_while_nothing_tells_them_apart(salience):
    result = GOAL_MISGENERALISATION.run_at(salience=salience)
    assert result["pull_coin"] == pytest.approx(min_norm_pull(salience), abs=1e-9)


def test_the_more_salient_the_coin_the_more_often_it_is_got_in_new_levels():
    rate = [float(GOAL_MISGENERALISATION.run_at(salience=s)["final_coin"]) for s in SALIENCES]
    assert rate == sorted(rate)
    assert rate[0] < 30
    assert rate[-1] > 90


def test_the_typical_robot_passes_under_the_coin():
    result = GOAL_MISGENERALISATION.run_at()
    assert result["path"][:6].tolist() == [START + k for k in range(6)]
    assert result["path_performance"][-1] == 0
    assert not np.isnan(result["coin_path"]).any()


def test_a_tenth_of_mixed_levels_sends_it_to_the_coin_first():
    result = GOAL_MISGENERALISATION.run_at(share=0.1)
    assert result["path_performance"][-1] == 1
    assert np.isnan(result["coin_path"][-1])
    assert result["path"][-1] == END


def test_policies_are_chances_and_weights_of_zero_mean_no_preference():
    chances = policies(senses(0.5), np.array([[0.0, 0.0], [50.0, -50.0]]))
    np.testing.assert_allclose(chances.sum(axis=2), 1)
    np.testing.assert_allclose(chances[0], 0.25)


def test_the_gradient_points_uphill():
    # One update from no preference, from many episodes: both learners move towards the end.
    grid = levels(0.0)
    weights = reinforce(grid.world, senses(1.0), np.random.default_rng(0), seeds=2,
                        ascent=Ascent(updates=1, batch=500, rate=1.0))  # fmt: skip
    before, after = (
        rates(grid.world, policies(senses(1.0), each), grid.world.start[None])[0, :, 0]
        for each in weights
    )
    assert (after > before + 0.05).all()


def test_exact_rates_of_a_policy_of_chance_by_hand():
    new = levels(1.0).world
    chances = (always(RIGHT) + always(DOWN)) / 2
    coin, end = rates(new, chances, new.start[None])[0, 0]
    # Going down once leaves the row of the end for good: five rights at once are needed.
    assert end == pytest.approx(0.5**5)
    # Coins in the middle row: 1/2, 1/4, 1/8, 1/16. In the lower one, the k-th column from the
    # start is entered by the wall if the first down came before: always, but for k rights first.
    # The last column lies below the end, where a level is over: five rights miss it too.
    lower = [1 - 0.5 ** (k + 1) for k in range(5)] + [1 - 0.5**5]
    by_hand = (sum(0.5**k for k in range(1, 5)) + sum(lower)) / 16
    assert coin == pytest.approx(by_hand, abs=1e-3)  # a downward bump costs one of 30 steps


def test_the_numbers_in_its_words_are_the_ones_that_come_out():
    result = GOAL_MISGENERALISATION.run_at()
    before, after, pull = round(result["coin"][0]), round(result["coin"][-1]), result["pull_end"]
    assert f"on it in {before} % of the levels" in GOAL_MISGENERALISATION.prediction.prompt
    assert f"falls from {before} % before training to {after} %" in GOAL_MISGENERALISATION.alt_text
    assert f"the end has {100 * pull:.0f} % of the pull" in GOAL_MISGENERALISATION.alt_text
