"""Every way of going round in circles in a small deterministic world.

A walk that goes on for ever in a world with finitely many states is, but for a beginning, a chain
of loops: paths that return to their first state and visit no other state twice. Its mean reward is
a weighted mean of theirs. So the highest mean reward of *any* behaviour is that of the best loop,
and a statement about all behaviours needs only finitely many loops to be looked at.

The number of loops can grow exponentially with the number of states; tracks and corridors have few.

R. M. Karp's "A characterization of the minimum cycle mean in a digraph" (1978) finds the best mean
without listing loops; listing them lets us name the one that pays too much.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from proxygap.simulations._spec import FloatArray
from proxygap.simulations._world import IntArray


class Loop(NamedTuple):
    """States in visiting order, the lowest first, and the action taken in each."""

    states: tuple[int, ...]
    actions: tuple[int, ...]


def loops(next_state: IntArray, start: int) -> tuple[Loop, ...]:
    """Return every loop that can be reached from `start`, each once.

    Parameters
    ----------
    next_state : (S, A) int
        State after action a in state s. Two actions with the same effect make two loops.
    start : int
        Where the walk begins.
    """
    reachable = _reachable(next_state, start)
    return tuple(loop for first in reachable for loop in _through(next_state, first))


def mean(loop: Loop, rewards: FloatArray) -> float:
    """Return the mean of `rewards`, shape (S, A), over the steps of `loop`."""
    return float(np.mean(rewards[list(loop.states), list(loop.actions)]))


def _reachable(next_state: IntArray, start: int) -> list[int]:
    found, waiting = {start}, [start]
    while waiting:
        for state in set(next_state[waiting.pop()].tolist()) - found:
            found.add(state)
            waiting.append(state)
    return sorted(found)


def _through(next_state: IntArray, first: int) -> Iterator[Loop]:
    """Yield the loops whose lowest state is `first`, by depth-first search."""
    paths: list[Loop] = [Loop((first,), ())]
    while paths:
        states, actions = paths.pop()
        for action, state in enumerate(next_state[states[-1]].tolist()):
            if state == first:
                yield Loop(states, (*actions, action))
            elif state > first and state not in states:
                paths.append(Loop((*states, state), (*actions, action)))
