"""What can be told about a path by somebody who watched all of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from proxygap.labs.write_the_reward.layouts import Layouts, layouts
from proxygap.labs.write_the_reward.optimiser import Paths, exploit, intended, performed
from proxygap.labs.write_the_reward.rewards import pay_of_terms
from proxygap.labs.write_the_reward.world import RewardWorld
from proxygap.simulations import FloatArray


class Case(NamedTuple):
    """A recorded path that a test is tried on.

    Attributes
    ----------
    name : str
        What it is called in the list.
    layout : int
        On which layout it was recorded.
    paths : Paths
        The path, in the column of its layout.
    is_exploit : bool
        Whether the test must catch it; else the test must let it pass.
    """

    name: str
    layout: int
    paths: Paths
    is_exploit: bool


class Wanted(NamedTuple):
    """What was wanted on each layout, and what it comes to."""

    paths: Paths
    hidden: FloatArray


def counts(world: RewardWorld, paths: Paths, layout: int) -> dict[str, float]:
    """Return how often each fact was true, and what else can be counted.

    ``tiles`` is the number of different tiles visited, ``turns`` how often it went straight back,
    ``share`` the hidden score as a share of the best, ``kept`` whether that is enough.
    """
    arrays = layouts(world)
    at = paths.states[:-1, layout], paths.actions[:, layout]
    cells = arrays.cells[paths.states[:, layout]]
    there_and_back = (cells[2:] == cells[:-2]) & (cells[1:-1] != cells[:-2])
    share = performed(arrays, paths)[-1, layout] / wanted(world).hidden[layout]
    return {
        **{name: float(table[at].sum()) for name, table in arrays.facts.items()},
        "tiles": float(len(np.unique(cells))),
        "turns": float(there_and_back.sum()),
        "share": float(share),
        "kept": float(share >= world.kept_at),
    }


def habit(world: RewardWorld, counted: Mapping[str, float]) -> str:
    """Return the name of the first habit that a path with these counts is an example of."""
    return next(name for name, known in world.habits.items() if known.holds(counted))


@lru_cache(maxsize=8)
def wanted(world: RewardWorld) -> Wanted:
    """Return what was wanted, planned on the hidden score itself."""
    arrays = layouts(world)
    paths = intended(arrays, world.steps)
    return Wanted(paths, performed(arrays, paths)[-1])


@lru_cache(maxsize=8)
def cases(world: RewardWorld) -> tuple[Case, ...]:
    """Return what a test is tried on: the wanted path of each layout, then recorded exploits."""
    honest = [
        Case(f"Wanted: {name_of_layout(index)}", index, wanted(world).paths, is_exploit=False)
        for index in range(len(world.layouts))
    ]
    arrays = layouts(world)
    gamed = [_recorded(world, arrays, terms, layout) for terms, layout in world.exploits]
    return (*honest, *gamed)


def _recorded(world: RewardWorld, arrays: Layouts, terms: Mapping[str, float], layout: int) -> Case:
    paths = exploit(arrays, pay_of_terms(world, arrays, terms), world.steps)
    does = world.habits[habit(world, counts(world, paths, layout))].does
    name = f"Exploit: it {does}, {name_of_layout(layout)}"
    return Case(name, layout, paths, is_exploit=True)


def name_of_layout(index: int) -> str:
    """Return what a layout is called."""
    return f"layout {index}" if index else "your layout"
