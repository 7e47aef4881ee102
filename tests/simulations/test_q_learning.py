"""Tabular Q-learning against worlds whose optimum is known."""

import numpy as np
import pytest

from proxygap.simulations._q_learning import Schedule, examine, q_learning, typical
from proxygap.simulations._world import World, walk


def corridor(length: int = 4) -> World:
    """Walk right to the end, which pays 1 per step from there on. Left is action 0."""
    states = np.arange(length)
    next_state = np.stack([np.maximum(states - 1, 0), np.minimum(states + 1, length - 1)], axis=1)
    reward = (next_state == length - 1).astype(float)
    return World(next_state, reward, -reward, start=0, horizon=20)


def test_it_finds_the_optimum_of_a_corridor():
    trained = q_learning(
        corridor(), np.random.default_rng(1), seeds=20, episodes=200, schedule=Schedule()
    )
    greedy = trained.q.argmax(axis=2)
    # Three steps to the end, so 18 of 20 steps are paid.
    assert {walk(corridor(), policy).return_[-1] for policy in greedy} == {18.0}


def test_its_values_approach_the_bellman_fixed_point():
    # At the end for ever, a right step pays 1: value 1 / (1 − γ), one step earlier the same.
    schedule = Schedule(episodes=400, discount=0.5)
    trained = q_learning(
        corridor(), np.random.default_rng(2), seeds=5, episodes=400, schedule=schedule
    )
    np.testing.assert_allclose(trained.q[:, 3, 1], 2, atol=1e-6)
    np.testing.assert_allclose(trained.q[:, 2, 1], 2, atol=1e-4)
    np.testing.assert_allclose(trained.q[:, 1, 1], 1, atol=1e-4)


def test_the_learner_never_sees_the_performance():
    blind = corridor()._replace(performance=np.zeros((4, 2)))
    runs = [
        q_learning(w, np.random.default_rng(3), seeds=4, episodes=30, schedule=Schedule())
        for w in (corridor(), blind)
    ]
    np.testing.assert_array_equal(runs[0].q, runs[1].q)


def test_scores_are_sums_over_the_episode():
    trained = q_learning(
        corridor(), np.random.default_rng(4), seeds=6, episodes=25, schedule=Schedule()
    )
    np.testing.assert_array_equal(trained.return_, -trained.performance)
    assert trained.return_.shape == (25, 6)


@pytest.mark.parametrize(("episode", "expected"), [(0, 1.0), (60, 0.5), (120, 0.01), (199, 0.01)])
def test_exploration_falls_linearly_to_its_floor(episode, expected):
    assert Schedule(episodes=200).exploration(episode) == pytest.approx(expected)


def fork() -> World:
    """Left ends the episode for 1 point; right leads three cells on to 2 points."""
    next_state = np.array([[5, 1], [0, 2], [1, 3], [2, 4], [4, 4], [5, 5]])
    reward = np.array([[1.0, 0], [0, 0], [0, 0], [0, 2], [0, 0], [0, 0]])
    return World(next_state, reward, reward, start=0, horizon=8)


@pytest.mark.parametrize(("optimism", "expected"), [(0.0, 1.0), (3.0, 2.0)])
def test_a_learner_that_expects_much_finds_what_lies_behind_a_small_reward(optimism, expected):
    schedule = Schedule(
        episodes=60, step_size=1, discount=0.9, exploration_share=0.01, optimism=optimism
    )
    trained = q_learning(fork(), np.random.default_rng(0), seeds=9, episodes=60, schedule=schedule)
    examined = examine(fork(), trained.q)
    assert examined.return_.shape == (9, 9)
    assert np.median(examined.return_[-1]) == expected


def test_nothing_is_expected_after_the_end():
    schedule = Schedule(episodes=1, optimism=3.0)
    trained = q_learning(fork(), np.random.default_rng(0), seeds=2, episodes=1, schedule=schedule)
    np.testing.assert_allclose(trained.q[:, 4:], 0, atol=1e-8)


def test_the_typical_learner_is_the_one_nearest_the_median():
    assert typical(np.array([9.0, 1.0, 4.0, 5.0, 100.0])) == 3
