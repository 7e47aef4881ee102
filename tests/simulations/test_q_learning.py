"""Tabular Q-learning against worlds whose optimum is known."""

import numpy as np
import pytest

from proxygap.simulations._q_learning import Schedule, q_learning
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
