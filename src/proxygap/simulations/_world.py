"""Worlds as arrays: what each action leads to, what is paid for it, and what was wanted.

Reward and hidden performance are two arrays and never meet. An episode that ends does so in a state
that leads to itself and pays nothing, so that every episode has the same length.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proxygap.simulations._spec import FloatArray

IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]


class World(NamedTuple):
    """A finite world with two scores for every step.

    Attributes
    ----------
    next_state : (S, A) or (S, A, K) int
        State after action a in state s. With a third axis chance decides between K outcomes.
    reward : same shape, float
        What the learner is paid: the proxy.
    performance : same shape, float
        What the designer wanted: the truth. The learner never sees it.
    start : int or (S,) float
        State at the start of each episode, or the probability of each.
    horizon : int
        Steps in an episode.
    probability : (S, A, K) float, or None
        Chance of each outcome, last axis sums to 1; None where nothing is left to chance.
    observation : (S,) int, or None
        What the learner sees of each state, counted from 0; None where it sees everything. States
        that look alike share their action values.
    """

    next_state: IntArray
    reward: FloatArray
    performance: FloatArray
    start: int | FloatArray
    horizon: int
    probability: FloatArray | None = None
    observation: IntArray | None = None

    @property
    def states(self) -> int:
        """Number of states S."""
        return len(self.next_state)

    @property
    def actions(self) -> int:
        """Number of actions A."""
        return int(self.next_state.shape[1])


class Branches(NamedTuple):
    """The outcomes of every step, where a step without chance has one outcome.

    Attributes
    ----------
    next_state : (S, A, K) int
        Where outcome k leads.
    probability : (S, A, K) float
        Its chance.
    """

    next_state: IntArray
    probability: FloatArray

    def mean(self, values: FloatArray) -> FloatArray:
        """Return the expectation, shape (S, A), of `values` of each outcome."""
        values = values.reshape(self.probability.shape)
        expected: FloatArray = np.einsum("sak,sak->sa", self.probability, values)
        return expected


def branches(world: World) -> Branches:
    """Return the outcomes of every step of `world` in one form, with chance or without."""
    if world.probability is None:
        return Branches(world.next_state[:, :, None], np.ones((*world.next_state.shape, 1)))
    return Branches(world.next_state, world.probability)


def transition_tensor(world: World) -> FloatArray:
    """Return the probability of each next state, shape (S, A, S); the last axis sums to 1."""
    outcomes = branches(world)
    tensor = np.zeros((world.states, world.actions, world.states))
    state, action, _ = np.indices(outcomes.next_state.shape)
    np.add.at(tensor, (state, action, outcomes.next_state), outcomes.probability)
    return tensor


def ends(world: World) -> BoolArray:
    """Return in which states, shape (S,), an episode is over: no action pays or leads away."""
    axes = tuple(range(1, world.next_state.ndim))
    own = np.arange(world.states).reshape(-1, *(1 for _ in axes))
    stays: BoolArray = (world.next_state == own).all(axis=axes)
    return stays & ~(world.reward.any(axis=axes) | world.performance.any(axis=axes))


def wanted(world: World) -> World:
    """Return the same world with the performance as its reward: what an honest designer pays."""
    return world._replace(reward=world.performance)


class Table(NamedTuple):
    """A world's arrays laid flat, so that a step of many walkers is a few look-ups.

    Attributes
    ----------
    next_state, reward, performance : (S·A·K,)
        One entry for each outcome.
    thresholds : (S·A, K − 1) float, or None
        Running sums of the outcomes' probabilities, the last one left out; None without chance.
    """

    next_state: IntArray
    reward: FloatArray
    performance: FloatArray
    thresholds: FloatArray | None

    def outcome(self, step: IntArray, luck: FloatArray | None) -> IntArray:
        """Return which entry follows each state-action pair in `step`; `luck` is in [0, 1)."""
        if self.thresholds is None or luck is None:
            return step
        passed = luck[:, None] >= self.thresholds[step]
        entry: IntArray = step * (passed.shape[1] + 1) + passed.sum(axis=1)
        return entry


def table(world: World) -> Table:
    """Lay the arrays of `world` flat."""
    thresholds = None
    if world.probability is not None:
        sums = world.probability.cumsum(axis=2)[:, :, :-1]
        thresholds = sums.reshape(-1, sums.shape[2])
    return Table(
        world.next_state.ravel(), world.reward.ravel(), world.performance.ravel(), thresholds
    )


def starts(world: World, rng: np.random.Generator, count: int) -> IntArray:
    """Return `count` states to start in; without chance the generator is left alone."""
    if isinstance(world.start, np.ndarray):
        return rng.choice(world.states, size=count, p=world.start)
    return np.full(count, world.start)


def luck(world: World, rng: np.random.Generator, shape: tuple[int, int]) -> FloatArray | None:
    """Return what chance brings, uniform in [0, 1); None where nothing is left to chance."""
    return None if world.probability is None else rng.random(shape)


class Walk(NamedTuple):
    """Episodes under a fixed policy: one, or N side by side along a second axis.

    Attributes
    ----------
    states : (T + 1,) or (T + 1, N) int
        Visited states, the start included.
    return_ : same shape, float
        Running sum of rewards.
    performance : same shape, float
        Running sum of hidden performance.
    """

    states: IntArray
    return_: FloatArray
    performance: FloatArray


def walk(world: World, policy: IntArray, rng: np.random.Generator | None = None) -> Walk:
    """Follow `policy` from a start for a whole episode.

    Parameters
    ----------
    world : World
        Where to walk.
    policy : (S,) or (T, S) int
        Action in each state, the same at every step or one row a step. Where states look alike,
        one entry for each observation instead.
    rng : numpy.random.Generator, optional
        Source of chance; needed where there is any.
    """
    chance = world.probability is not None or isinstance(world.start, np.ndarray)
    if chance and rng is None:
        raise ValueError("this world leaves something to chance: give walk() a generator")
    states, return_, performance = walks(world, policy, rng or np.random.default_rng(), 1)
    return Walk(states[:, 0], return_[:, 0], performance[:, 0])


def walks(world: World, policy: IntArray, rng: np.random.Generator, count: int) -> Walk:
    """Follow `policy`, as in `walk`, through `count` episodes side by side."""
    flat, shape = table(world), (world.horizon, count)
    seen = np.arange(world.states) if world.observation is None else world.observation
    plan = np.broadcast_to(policy, (world.horizon, policy.shape[-1]))
    states = np.empty((world.horizon + 1, count), dtype=np.intp)
    taken = np.empty(shape, dtype=np.intp)
    states[0], chance = starts(world, rng, count), luck(world, rng, shape)
    for step, actions in enumerate(plan):
        pair = states[step] * world.actions + actions[seen[states[step]]]
        taken[step] = flat.outcome(pair, None if chance is None else chance[step])
        states[step + 1] = flat.next_state[taken[step]]
    return Walk(states, _running(flat.reward[taken]), _running(flat.performance[taken]))


def _running(scores: FloatArray) -> FloatArray:
    return np.concatenate([np.zeros((1, scores.shape[1])), scores.cumsum(axis=0)])
