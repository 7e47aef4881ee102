"""Tabular Q-learning, many independent learners at once.

All learners take step t together, so one NumPy call does the work of `seeds` Python steps.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proxygap.simulations._spec import FloatArray

IntArray = NDArray[np.intp]


class World(NamedTuple):
    """A deterministic world with two scores for every step.

    Attributes
    ----------
    next_state : (S, A) int
        State after action a in state s.
    reward : (S, A) float
        What the learner is paid: the proxy.
    performance : (S, A) float
        What the designer wanted: the truth. The learner never sees it.
    start : int
        State at the start of each episode.
    horizon : int
        Steps in an episode.
    """

    next_state: IntArray
    reward: FloatArray
    performance: FloatArray
    start: int
    horizon: int


class Schedule(NamedTuple):
    """How the learners learn.

    Attributes
    ----------
    episodes : int
        Length of the exploration schedule.
    step_size : float
        Share of the temporal-difference error that is taken over, in (0, 1].
    discount : float
        Weight of the next state's value, in [0, 1).
    exploration_share : float
        Share of the schedule over which the exploration rate falls from 1 to `exploration_floor`.
    exploration_floor : float
        Share of random actions that remains.
    """

    episodes: int = 200
    step_size: float = 0.1
    discount: float = 0.99
    exploration_share: float = 0.6
    exploration_floor: float = 0.01

    def exploration(self, episode: int) -> float:
        """Return the share of random actions in `episode`."""
        return max(self.exploration_floor, 1 - episode / (self.exploration_share * self.episodes))


class Training(NamedTuple):
    """What training left behind.

    Attributes
    ----------
    return_ : (E, N) float
        Sum of rewards per episode and learner.
    performance : (E, N) float
        Sum of hidden performance per episode and learner.
    q : (N, S, A) float
        Action values after the last episode.
    """

    return_: FloatArray
    performance: FloatArray
    q: FloatArray


def q_learning(
    world: World, rng: np.random.Generator, *, seeds: int, episodes: int, schedule: Schedule
) -> Training:
    """Train `seeds` learners for the first `episodes` episodes of `schedule`.

    A shorter run is exactly the beginning of a longer one with the same generator.

    Parameters
    ----------
    world : World
        What the learners live in.
    rng : numpy.random.Generator
        Source of all randomness.
    seeds : int
        Number of independent learners N.
    episodes : int
        Number of episodes E to run, at most ``schedule.episodes``.
    schedule : Schedule
        Step size, discount and exploration.

    Returns
    -------
    Training
        Scores per episode and the final action values.

    References
    ----------
    watkins1992, the update rule; sutton2018, section 6.5.
    """
    states, actions = world.reward.shape
    q = 1e-9 * rng.random((seeds * states, actions))  # breaks ties between untried actions
    return_ = np.empty((episodes, seeds))
    performance = np.empty((episodes, seeds))
    for episode in range(episodes):
        rate = schedule.exploration(episode)
        return_[episode], performance[episode] = _episode(world, q, rng, rate, schedule)
    return Training(return_, performance, q.reshape(seeds, states, actions))


def _episode(
    world: World, q: FloatArray, rng: np.random.Generator, rate: float, schedule: Schedule
) -> tuple[FloatArray, FloatArray]:
    """Play one episode with every learner, updating `q` (N·S, A) in place."""
    states, actions = world.reward.shape
    offset = np.arange(0, len(q), states)
    explore = rng.random((world.horizon, len(offset))) < rate
    random_action = rng.integers(actions, size=explore.shape)
    next_state, reward = world.next_state.ravel(), world.reward.ravel()
    hidden = world.performance.ravel()
    state = np.full(len(offset), world.start)
    flat, return_, performance = q.ravel(), np.zeros(len(offset)), np.zeros(len(offset))
    for random_now, explore_now in zip(random_action, explore, strict=True):
        action = np.where(explore_now, random_now, q[offset + state].argmax(axis=1))
        edge = state * actions + action
        state = next_state[edge]
        target = reward[edge] + schedule.discount * q[offset + state].max(axis=1)
        cell = offset * actions + edge
        flat[cell] += schedule.step_size * (target - flat[cell])
        return_ += reward[edge]
        performance += hidden[edge]
    return return_, performance


class Walk(NamedTuple):
    """One episode under a fixed policy.

    Attributes
    ----------
    states : (T + 1,) int
        Visited states, the start included.
    return_ : (T + 1,) float
        Running sum of rewards.
    performance : (T + 1,) float
        Running sum of hidden performance.
    """

    states: IntArray
    return_: FloatArray
    performance: FloatArray


def walk(world: World, policy: IntArray) -> Walk:
    """Follow the deterministic `policy`, shape (S,), from the start for a whole episode."""
    states = np.empty(world.horizon + 1, dtype=np.intp)
    states[0] = world.start
    for step in range(world.horizon):
        states[step + 1] = world.next_state[states[step], policy[states[step]]]
    before = states[:-1]
    return Walk(
        states,
        np.concatenate([[0.0], world.reward[before, policy[before]].cumsum()]),
        np.concatenate([[0.0], world.performance[before, policy[before]].cumsum()]),
    )
