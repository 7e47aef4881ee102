"""Gridworlds: a map drawn in characters, and a world explored from one step function.

A world is written down as what one step does, ``(state, action) -> Outcome``, where a state is any
tuple. `build` finds every state that can be reached and returns arrays, on which planners and
learners work. A corridor with a goal at its end:

>>> corridor = Map(("#####", "#A G#", "#####"))
>>> def step(cell, action):
...     target = corridor.neighbour(cell, action)
...     done = corridor[target] == "G"
...     return Outcome(target, reward=50 * done - 1, performance=50 * done - 1, done=done)
>>> built = build(step, corridor.find("A"), horizon=20)
>>> built.states
(6, 7, 8)
>>> from proxygap.simulations._world import walk
>>> walked = walk(built.world, np.full(3, RIGHT))
>>> float(walked.return_[-1])
48.0
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from proxygap.errors import UsageError
from proxygap.simulations._spec import FloatArray
from proxygap.simulations._world import IntArray, World

UP, DOWN, LEFT, RIGHT = range(4)
WALL = "#"
MOST_STATES = 20_000

S = TypeVar("S", bound=Hashable)


@dataclass(frozen=True)
class Map:
    """A map drawn in characters; cells are numbered in reading order.

    Parameters
    ----------
    art : tuple of str
        One string a row, all of the same length; ``#`` is wall.
    """

    art: tuple[str, ...]

    def __post_init__(self) -> None:
        if len({len(row) for row in self.art}) != 1:
            lengths = ", ".join(str(len(row)) for row in self.art)
            raise UsageError(f"The rows of a map must be equally long; these are {lengths} long.")

    def __getitem__(self, cell: int) -> str:
        return self.tiles[cell]

    @cached_property
    def tiles(self) -> str:
        """Every cell in reading order."""
        return "".join(self.art)

    @property
    def columns(self) -> int:
        """Cells in a row."""
        return len(self.art[0])

    def find(self, character: str) -> int:
        """Return the cell that shows `character`.

        Raises
        ------
        UsageError
            If no cell does, or more than one.
        """
        found = self.find_all(character)
        if len(found) != 1:
            raise UsageError(
                f"A map needs exactly one '{character}'; this one has {len(found)}. "
                "Put the character where the thing is to be."
            )
        return found[0]

    def find_all(self, character: str) -> tuple[int, ...]:
        """Return every cell that shows `character`, in reading order."""
        return tuple(cell for cell, tile in enumerate(self.tiles) if tile == character)

    def neighbour(self, cell: int, action: int) -> int:
        """Return the cell that a move leads to: the same one where a wall or the edge stops it."""
        return self._neighbours[cell][action]

    @cached_property
    def _neighbours(self) -> list[list[int]]:
        """Every answer of `neighbour`: exploring a world asks for each many times."""
        return [
            [self._walk(cell, action) for action in range(4)] for cell in range(len(self.tiles))
        ]

    def _walk(self, cell: int, action: int) -> int:
        row, column = divmod(cell, self.columns)
        row += (action == DOWN) - (action == UP)
        column += (action == RIGHT) - (action == LEFT)
        if not (0 <= row < len(self.art) and 0 <= column < self.columns):
            return cell
        target = row * self.columns + column
        return cell if self[target] == WALL else target


class Outcome(NamedTuple, Generic[S]):
    """What one step leads to.

    Attributes
    ----------
    state : tuple or int
        The state afterwards.
    reward : float
        What the learner is paid.
    performance : float
        What the designer wanted; the learner never sees it.
    done : bool
        The episode is over.
    probability : float
        Chance of this outcome.
    """

    state: S
    reward: float
    performance: float
    done: bool = False
    probability: float = 1.0


Step = Callable[[S, int], Outcome[S] | list[Outcome[S]]]


class Gridworld(NamedTuple, Generic[S]):
    """A world as arrays, and what its states mean.

    Attributes
    ----------
    world : World
        The arrays.
    states : tuple
        The state behind each index.
    """

    world: World
    states: tuple[S, ...]

    def series(self, measure: Callable[[S], float]) -> FloatArray:
        """Return `measure` of each state, shape (S,); index it with a walk's states."""
        return np.array([measure(state) for state in self.states], dtype=float)

    def policy(self, action: Callable[[S], int]) -> IntArray:
        """Return the policy, shape (S,), that takes ``action(state)`` in each state."""
        return np.array([action(state) for state in self.states], dtype=np.intp)


def build(
    step: Step[S], start: S | Mapping[S, float], *, horizon: int, actions: int = 4
) -> Gridworld[S]:
    """Explore every state that `step` can reach and return the world as arrays.

    Parameters
    ----------
    step : callable
        ``(state, action) -> Outcome``, or a list of outcomes whose probabilities sum to 1.
        It depends on nothing but its arguments.
    start : state, or mapping from state to float
        Where an episode begins, or the probability of each such state.
    horizon : int
        Steps in an episode.
    actions : int
        Number of actions; a map has four.

    Raises
    ------
    UsageError
        If there are more than 20,000 states, or probabilities do not sum to 1.
    """
    first = start if isinstance(start, Mapping) else {start: 1.0}
    found: dict[tuple[S, bool], int] = {(state, False): index for index, state in enumerate(first)}
    queue, rows = list(found), []
    for state, done in queue:  # the list grows while it is walked
        rows.append([_outcomes(step, state, action, done) for action in range(actions)])
        for outcome in (outcome for row in rows[-1] for outcome in row):
            key = (outcome.state, outcome.done)
            if key not in found:
                found[key] = len(found)
                queue.append(key)
        if len(found) > MOST_STATES:
            raise UsageError(
                f"This world has more than {MOST_STATES:,} states. Keep counters and positions "
                "that never repeat out of the state."
            )
    world = _arrays(rows, found, horizon)
    if isinstance(start, Mapping):
        world = world._replace(start=_distribution(start, len(found)))
    return Gridworld(world, tuple(state for state, _ in queue))


def _outcomes(step: Step[S], state: S, action: int, done: bool) -> list[Outcome[S]]:
    if done:
        return [Outcome(state, 0.0, 0.0, done=True)]
    outcome = step(state, action)
    outcomes = outcome if isinstance(outcome, list) else [outcome]
    total = sum(each.probability for each in outcomes)
    if abs(total - 1) > 1e-9:
        raise UsageError(
            f"The outcomes of action {action} in state {state} have probabilities that sum to "
            f"{total:g}; they must sum to 1."
        )
    return outcomes


def _arrays(
    rows: list[list[list[Outcome[S]]]], found: Mapping[tuple[S, bool], int], horizon: int
) -> World:
    """Return the explored outcomes as arrays, padded with outcomes of probability 0."""
    widest = max(len(outcomes) for row in rows for outcomes in row)
    shape = (len(rows), len(rows[0]), widest)
    next_state = np.zeros(shape, dtype=np.intp)
    reward, performance, probability = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for at in np.ndindex(shape):
        outcomes = rows[at[0]][at[1]]
        if at[2] < len(outcomes):
            outcome = outcomes[at[2]]
            next_state[at] = found[outcome.state, outcome.done]
            reward[at], performance[at] = outcome.reward, outcome.performance
            probability[at] = outcome.probability
        else:
            next_state[at] = next_state[*at[:2], 0]
    if widest == 1:
        return World(next_state[..., 0], reward[..., 0], performance[..., 0], 0, horizon)
    return World(next_state, reward, performance, 0, horizon, probability)


def _distribution(start: Mapping[S, float], states: int) -> FloatArray:
    chances = np.zeros(states)
    chances[: len(start)] = list(start.values())
    normalised: FloatArray = chances / chances.sum()
    return normalised
