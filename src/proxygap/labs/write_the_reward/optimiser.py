"""Find what a reward pays most for, on every layout at once, and follow it.

Value iteration over an episode: with one step to go the best action is the one that pays most, with
t steps to go it is the one that pays most now and leads to where most can be had in t − 1. The
result is exact, nothing is discounted, and the learner can check it by adding up.

Where two behaviours pay exactly the same, the one that was wanted less is taken: a reward that
leaves the choice open is not a safe one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from proxygap.labs.write_the_reward.layouts import Layouts
from proxygap.simulations import FloatArray
from proxygap.simulations._planning import first_best
from proxygap.simulations._world import IntArray

TIE_BREAK = 1e-6  # what a point of performance counts against an action; pays differ by more


class Pay(NamedTuple):
    """What a reward pays for each step.

    Attributes
    ----------
    each : (S, A) float
        On every step but the last.
    last : (S, A) float
        On the last step of an episode, after which every measure is 0.
    """

    each: FloatArray
    last: FloatArray


class Paths(NamedTuple):
    """One episode on each of L layouts.

    Attributes
    ----------
    states : (T + 1, L) int
        Visited states.
    actions : (T, L) int
        What was done in them.
    """

    states: IntArray
    actions: IntArray


def exploit(arrays: Layouts, pay: Pay, steps: int) -> Paths:
    """Return what earns most under `pay`; of equals, what was wanted least."""
    return _follow(arrays, _best(arrays, pay, -TIE_BREAK * arrays.performance, steps))


def intended(arrays: Layouts, steps: int) -> Paths:
    """Return what was wanted: the highest performance, and no step more than needed."""
    wanted = Pay(arrays.performance, arrays.performance)
    haste = np.where(arrays.over, 0.0, -TIE_BREAK)[:, None]
    return _follow(arrays, _best(arrays, wanted, haste, steps))


def _best(arrays: Layouts, pay: Pay, nudge: FloatArray, steps: int) -> IntArray:
    """Return the best action in each state at each step, shape (T, S)."""
    policy = np.empty((steps, len(arrays.over)), dtype=np.intp)
    value = np.zeros(len(arrays.over))
    each, worth = pay.each + nudge, pay.last + nudge
    for step in reversed(range(steps)):
        policy[step] = first_best(worth)
        value = worth.max(axis=1)
        worth = each + value[arrays.next_state]
    return policy


def _follow(arrays: Layouts, policy: IntArray) -> Paths:
    actions = np.empty((len(policy), len(arrays.starts)), dtype=np.intp)
    states = np.empty((len(policy) + 1, len(arrays.starts)), dtype=np.intp)
    states[0] = arrays.starts
    for step, best in enumerate(policy):
        actions[step] = best[states[step]]
        states[step + 1] = arrays.next_state[states[step], actions[step]]
    return Paths(states, actions)


def retrace(arrays: Layouts, actions: IntArray) -> Paths:
    """Return the paths that `actions`, shape (T, L), lead along."""
    states = np.empty((len(actions) + 1, len(arrays.starts)), dtype=np.intp)
    states[0] = arrays.starts
    for step, taken in enumerate(actions):
        states[step + 1] = arrays.next_state[states[step], taken]
    return Paths(states, actions)


def paid(pay: Pay, paths: Paths) -> FloatArray:
    """Return what `pay` comes to after each step, shape (T + 1, L)."""
    at = paths.states[:-1], paths.actions
    steps = np.concatenate([pay.each[at][:-1], pay.last[at][-1:]])
    return _running(steps)


def performed(arrays: Layouts, paths: Paths) -> FloatArray:
    """Return the hidden score after each step, shape (T + 1, L)."""
    return _running(arrays.performance[paths.states[:-1], paths.actions])


def _running(steps: FloatArray) -> FloatArray:
    return np.concatenate([np.zeros((1, steps.shape[1])), steps.cumsum(axis=0)])
