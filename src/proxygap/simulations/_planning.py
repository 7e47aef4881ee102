"""Planning: the best that can be done in a world, exactly.

The planner takes the reward literally and misses nothing. What it does with a reward is what a
learner does with the same reward, given enough time. Of actions that are equally good it takes the
first, so that the same world always gives the same plan.

Source: sutton2018, sections 4.1 (policy evaluation), 4.3 (policy iteration) and 4.4 (value
iteration).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from proxygap.simulations._spec import FloatArray
from proxygap.simulations._world import Branches, IntArray, World, branches

ROUNDING = 1e-9  # values closer than this are ties
LEAP = 40  # sweeps after which the values of the best policy so far are solved for


class Plan(NamedTuple):
    """The best policy and what it is worth.

    Attributes
    ----------
    value : (T + 1, S) or (S,) float
        Expected pay from each state on; with a horizon, row t is the value of being there at step
        t, and the last row is 0.
    policy : (T, S) or (S,) int
        Best action in each state, the first of equals.
    """

    value: FloatArray
    policy: IntArray


class Score(NamedTuple):
    """The two numbers of an episode, in expectation."""

    return_: float
    performance: float


def plan_episode(world: World) -> Plan:
    """Return the best plan for one episode of `world.horizon` steps.

    Backward induction: with one step to go the best action is the one that pays most; with t to go
    it is the one that pays most now and leads to the best place with t − 1 to go,

    ``value[t, s] = max_a E[reward(s, a) + value[t + 1, s']]``.
    """
    outcomes = branches(world)
    reward = outcomes.mean(world.reward)
    value = np.zeros((world.horizon + 1, world.states))
    policy = np.empty((world.horizon, world.states), dtype=np.intp)
    for step in reversed(range(world.horizon)):
        worth = reward + _ahead(outcomes, value[step + 1])
        policy[step] = first_best(worth)
        value[step] = worth.max(axis=1)
    return Plan(value, policy)


def value_iteration(world: World, discount: float, tolerance: float = 1e-10) -> Plan:
    """Return the best plan for ever, later pay counting `discount` times as much a step.

    Applies ``value[s] = max_a E[reward(s, a) + discount · value[s']]`` until the values are within
    `tolerance` of the fixed point. Now and then it solves for the values of the best policy so far,
    as policy iteration does: without that a discount close to 1 takes thousands of sweeps.

    Parameters
    ----------
    world : World
        Its `start` and `horizon` play no part.
    discount : float
        Weight of the next step, in [0, 1).
    tolerance : float
        Largest error of any value, above 0; where values exceed 1, as a share of the largest.

    Raises
    ------
    ValueError
        If `discount` or `tolerance` is out of range: the iteration would not end.
    """
    if not (0 <= discount < 1 and tolerance > 0):
        raise ValueError(
            "value_iteration needs 0 <= discount < 1 and tolerance > 0, "
            f"got discount={discount:g}, tolerance={tolerance:g}"
        )
    outcomes = branches(world)
    reward = outcomes.mean(world.reward)
    value, change, sweeps = np.zeros(world.states), np.inf, 0
    # The update is a contraction: one that changes no value by more than δ leaves them within
    # δ · discount / (1 − discount) of the fixed point. Below rounding nothing can be asked.
    precision = max(tolerance * (1 - discount), 4 * np.finfo(float).eps)
    while change > precision * max(1.0, float(np.abs(value).max())):
        worth = reward + discount * _ahead(outcomes, value)
        change = float(np.abs(worth.max(axis=1) - value).max())
        value, sweeps = worth.max(axis=1), sweeps + 1
        if sweeps % LEAP == 0:
            value = _for_ever(outcomes, reward, discount, worth.argmax(axis=1))
    return Plan(value, first_best(reward + discount * _ahead(outcomes, value)))


def _for_ever(
    outcomes: Branches, reward: FloatArray, discount: float, policy: IntArray
) -> FloatArray:
    """Return the value, shape (S,), of following `policy` for ever: one equation a state."""
    every, moves = np.arange(len(policy)), np.eye(len(policy))
    step = every[:, None], outcomes.next_state[every, policy]
    np.subtract.at(moves, step, discount * outcomes.probability[every, policy])
    return np.linalg.solve(moves, reward[every, policy]).astype(np.float64)


def first_best(worth: FloatArray) -> IntArray:
    """Return the first action, shape (S,), among those of the highest `worth`, shape (S, A)."""
    best: IntArray = (worth >= worth.max(axis=1, keepdims=True) - ROUNDING).argmax(axis=1)
    return best


def score(world: World, policy: IntArray) -> Score:
    """Return the expected return and performance of one episode under `policy`, exactly.

    Parameters
    ----------
    world : World
        Where the episode takes place.
    policy : (S,) or (T, S) int
        Action in each state, the same at every step or one row a step; one entry for each
        observation where states look alike.
    """
    outcomes = branches(world)
    pays = np.stack([outcomes.mean(world.reward), outcomes.mean(world.performance)], axis=-1)
    every = np.arange(world.states)
    seen = every if world.observation is None else world.observation
    worth = np.zeros((world.states, 2))
    for actions in np.broadcast_to(policy, (world.horizon, policy.shape[-1]))[::-1]:
        taken = actions[seen]
        following, chance = outcomes.next_state[every, taken], outcomes.probability[every, taken]
        worth = pays[every, taken] + np.einsum("sk,skn->sn", chance, worth[following])
    expected = world.start @ worth if isinstance(world.start, np.ndarray) else worth[world.start]
    return Score(*expected.tolist())


def _ahead(outcomes: Branches, value: FloatArray) -> FloatArray:
    """Return the expected value, shape (S, A), of the state after each action."""
    if outcomes.next_state.shape[2] == 1:  # nothing is left to chance: no sum to take
        return value[outcomes.next_state[:, :, 0]]
    return outcomes.mean(value[outcomes.next_state])
