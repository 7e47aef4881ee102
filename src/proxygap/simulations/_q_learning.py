"""Tabular Q-learning, many independent learners at once.

All learners take step t together, so one NumPy call does the work of `seeds` Python steps.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from proxygap.simulations._spec import FloatArray
from proxygap.simulations._world import (
    BoolArray,
    IntArray,
    Table,
    Walk,
    World,
    ends,
    luck,
    starts,
    table,
    walk,
)


class Schedule(NamedTuple):
    """How the learners learn.

    Attributes
    ----------
    episodes : int
        Length of the exploration schedule.
    step_size : float
        Share of the temporal-difference error that is taken over, in (0, 1].
    discount : float
        Weight of the next state's value, in [0, 1); 1 only where every episode ends.
    exploration_share : float
        Share of the schedule over which the exploration rate falls from 1 to `exploration_floor`.
    exploration_floor : float
        Share of random actions that remains.
    optimism : float
        What a learner expects of an action that it has not tried (sutton2018, section 2.6). At
        least the highest possible value makes it try everything, also where chance would not.
    """

    episodes: int = 200
    step_size: float = 0.1
    discount: float = 0.99
    exploration_share: float = 0.6
    exploration_floor: float = 0.01
    optimism: float = 0.0

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
    world: World,
    rng: np.random.Generator,
    *,
    seeds: int,
    episodes: int,
    schedule: Schedule,
    walkers: int = 1,
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
    walkers : int
        Walkers that each learner sends out at once; they share what they learn. Where chance
        decides, one walker sees too little of it.

    Returns
    -------
    Training
        Scores per episode and the final action values.

    References
    ----------
    watkins1992, the update rule; sutton2018, section 6.5.
    """
    over = ends(world)
    learners = _Learners(world, table(world), over if over.any() else None, schedule)
    expected = learners.expectations()
    # A touch of chance breaks ties between untried actions.
    q = (
        1e-9 * rng.random((seeds * len(expected), world.actions))
        + np.tile(expected, seeds)[:, None]
    )
    return_ = np.empty((episodes, seeds))
    performance = np.empty((episodes, seeds))
    for episode in range(episodes):
        rate = schedule.exploration(episode)
        scores = learners.play(q, rng, seeds, walkers, rate)
        return_[episode], performance[episode] = scores.reshape(2, seeds, walkers).mean(axis=2)
    return Training(return_, performance, q.reshape(seeds, -1, world.actions))


class _Learners(NamedTuple):
    """What all learners share."""

    world: World
    table: Table
    over: BoolArray | None  # where an episode has ended; None where it never does
    schedule: Schedule

    def expectations(self) -> FloatArray:
        """Return what a learner expects before the first episode, shape (O,)."""
        seen = self.world.observation
        seen = np.arange(self.world.states) if seen is None else seen
        expected = np.full(int(seen.max()) + 1, self.schedule.optimism)
        if self.over is not None:
            expected[seen[self.over]] = 0.0  # nothing follows the end
        return expected

    def play(
        self, q: FloatArray, rng: np.random.Generator, seeds: int, walkers: int, rate: float
    ) -> FloatArray:
        """Play one episode, updating `q` (N·O, A) in place; return both scores, shape (2, N·W)."""
        world, flat, schedule = self.world, self.table, self.schedule
        explore = rng.random((world.horizon, seeds * walkers)) < rate
        random_action = rng.integers(world.actions, size=explore.shape)
        state = starts(world, rng, seeds * walkers)
        chance = luck(world, rng, explore.shape)
        offset = np.repeat(np.arange(0, len(q), len(q) // seeds), walkers)
        row = self._row(offset, state)
        values, (return_, performance) = q.ravel(), np.zeros((2, seeds * walkers))
        for step in range(world.horizon):
            action = np.where(explore[step], random_action[step], q[row].argmax(axis=1))
            pair = state * world.actions + action
            outcome = flat.outcome(pair, None if chance is None else chance[step])
            cell = row * world.actions + action
            state, reward = flat.next_state[outcome], flat.reward[outcome]
            row = self._row(offset, state)
            target = reward + schedule.discount * q[row].max(axis=1)
            # Of walkers that took the same step at the same time, one is heard.
            values[cell] += schedule.step_size * (target - values[cell])
            return_ += reward
            performance += flat.performance[outcome]
            if self.over is not None and self.over[state].all():
                break
        return np.stack([return_, performance])

    def _row(self, offset: IntArray, state: IntArray) -> IntArray:
        seen = self.world.observation
        return offset + (state if seen is None else seen[state])


def examine(world: World, q: FloatArray, rng: np.random.Generator | None = None) -> Walk:
    """Let each learner live one episode without exploring.

    Parameters
    ----------
    world : World
        Where the episode takes place; not necessarily where they learned.
    q : (N, O, A) float
        The learners' action values.
    rng : numpy.random.Generator, optional
        Source of chance; needed where there is any.

    Returns
    -------
    Walk
        N episodes side by side, shape (T + 1, N).
    """
    lived = [walk(world, policy, rng) for policy in q.argmax(axis=2)]
    return Walk(
        np.stack([each.states for each in lived], axis=1),
        np.stack([each.return_ for each in lived], axis=1),
        np.stack([each.performance for each in lived], axis=1),
    )


def typical(scores: FloatArray) -> int:
    """Return which learner's score, of shape (N,), is nearest the median."""
    return int(np.abs(scores - np.median(scores)).argmin())
