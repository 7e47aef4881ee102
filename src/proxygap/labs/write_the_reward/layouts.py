"""The six layouts of a world as one set of arrays, so that a plan for all of them is one plan.

States are numbered through: those of the first layout, then those of the second, and so on. No
step leads from one layout to another.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from proxygap.labs.write_the_reward.world import Move, RewardWorld, Rules
from proxygap.simulations import FloatArray
from proxygap.simulations._gridworld import Gridworld, Map, Outcome, build
from proxygap.simulations._world import BoolArray, IntArray, ends

TRAINING = 0  # the layout on which the learner writes the reward


class Layouts(NamedTuple):
    """Arrays over the S states and A actions of all layouts of a world.

    Attributes
    ----------
    next_state : (S, A) int
        State after action a in state s.
    over : (S,) bool
        The episode has ended: every action stays and pays nothing.
    facts : mapping from str to (S, A) array
        What happens, by the name of its term; after the terms come facts that no reward may know.
    measures : mapping from str to (S,) array
        Candidates for a potential; 0 once the episode has ended.
    performance : (S, A) float
        What was wanted.
    starts, firsts : (L,) int
        Where each layout's episode begins, and the number of its first state.
    cells : (S,) int
        The cell of the walker.
    pictures : tuple of mappings
        For each layout, what its map draws besides the walker, by state.
    """

    next_state: IntArray
    over: BoolArray
    facts: Mapping[str, FloatArray]
    measures: Mapping[str, FloatArray]
    performance: FloatArray
    starts: IntArray
    firsts: IntArray
    cells: IntArray
    pictures: tuple[Mapping[str, FloatArray], ...]


class _One(NamedTuple):
    """One layout, explored."""

    rules: Rules
    built: Gridworld[Any]
    moves: Mapping[tuple[Hashable, int], Move]


@lru_cache(maxsize=8)
def layouts(world: RewardWorld) -> Layouts:
    """Explore every layout of `world`."""
    every = [_explore(world, art) for art in world.layouts]
    sizes = [one.built.world.states for one in every]
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    over = np.concatenate([ends(one.built.world) for one in every])
    measured = [[one.rules.measures(state) for state in one.built.states] for one in every]
    rows = [row for rows in measured for row in rows]
    names = (*world.terms, *world.observed)
    facts = np.concatenate([_facts(one, names) for one in every])
    return Layouts(
        next_state=np.concatenate(
            [one.built.world.next_state + first for one, first in zip(every, firsts, strict=True)]
        ),
        over=over,
        facts={name: facts[..., index] for index, name in enumerate(names)},
        measures={
            name: np.where(over, 0.0, np.array([row[name] for row in rows], dtype=float))
            for name in rows[0]
        },
        performance=np.concatenate([one.built.world.performance for one in every]),
        starts=firsts.copy(),
        firsts=firsts,
        cells=np.array([one.rules.cell(s) for one in every for s in one.built.states]),
        pictures=tuple(_pictures(one) for one in every),
    )


def _explore(world: RewardWorld, art: tuple[str, ...]) -> _One:
    rules = world.rules(Map(art))
    moves: dict[tuple[Hashable, int], Move] = {}

    def step(state: Hashable, action: int) -> Outcome[Hashable]:
        moved = moves[state, action] = rules.move(state, action)
        return Outcome(moved.state, 0.0, moved.performance, moved.done)

    return _One(rules, build(step, rules.start, horizon=world.steps), moves)


def _facts(one: _One, names: tuple[str, ...]) -> FloatArray:
    """Return how often each fact is true of each step, shape (S, A, F); 0 where all is over."""
    nothing = [0.0] * len(names)
    rows = [
        [
            [moved.facts.get(name, 0.0) for name in names]
            if (moved := one.moves.get((state, action))) is not None
            else nothing
            for action in range(one.built.world.actions)
        ]
        for state in one.built.states
    ]
    table = np.array(rows, dtype=float)
    table[ends(one.built.world)] = 0.0
    return table


def _pictures(one: _One) -> dict[str, FloatArray]:
    drawn = [one.rules.pictures(state) for state in one.built.states]
    return {name: np.array([each[name] for each in drawn], dtype=float) for name in drawn[0]}
