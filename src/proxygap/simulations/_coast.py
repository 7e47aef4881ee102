"""The course of loop-or-lap: a lap round an island, and a lagoon on the way.

A current carries the boat. Only at the junction does it choose: into the lagoon, back at the
junction six steps later, or on round the island, back after 24.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from proxygap.simulations._gridworld import Gridworld, Map, Outcome, build
from proxygap.simulations._spec import FloatArray
from proxygap.simulations._world import World

CURRENT = Map(
    (
        "##########",
        "#v<<<<<<<#",
        "#v<<####^#",
        "#J>^####^#",
        "#v######^#",
        "#v######^#",
        "#>>>>>>>^#",
        "##########",
    )
)
RACE, LAGOON = range(2)  # what the boat can choose at the junction
JUNCTION = CURRENT.find("J")
LAGOON_TARGETS = (32, 33, 23)
COURSE_TARGETS = (51, 62, 65, 58, 28, 15)
LOOP_STEPS, LAP_STEPS = 6, 24
HORIZON = 240  # ten laps or forty rounds of the lagoon


class State(NamedTuple):
    """The boat's cell, and whether it races or is in the lagoon."""

    boat: int
    racing: bool


def step(state: State, action: int) -> Outcome[State]:
    """Drift one cell; a target pays 1, and a lap that is finished counts for all its steps."""
    at_junction = state.boat == JUNCTION
    racing = action == RACE if at_junction else state.racing
    heading = ("v" if racing else ">") if at_junction else CURRENT[state.boat]
    boat = CURRENT.neighbour(state.boat, "^v<>".index(heading))
    finished = racing and boat == JUNCTION
    paid = float(boat in (COURSE_TARGETS if racing else LAGOON_TARGETS))
    racing = racing and not finished
    return Outcome(State(boat, racing), paid, LAP_STEPS * finished)


@cache
def _course() -> Gridworld[State]:
    return build(step, State(JUNCTION, racing=False), horizon=HORIZON, actions=2)


def cells() -> FloatArray:
    """Return the boat's cell in each state."""
    return _course().series(lambda state: state.boat)


def course(bonus: float) -> World:
    """Return the course on which a finished lap pays `bonus` on top of its targets."""
    world = _course().world
    return world._replace(reward=world.reward + bonus * (world.performance > 0))


def round_pays(bonus: float, choice: int) -> FloatArray:
    """Return what each step of one round pays after `choice` at the junction."""
    world, state = course(bonus), 0
    pays = []
    for _ in range(LAP_STEPS if choice == RACE else LOOP_STEPS):
        pays.append(world.reward[state, choice])
        state = world.next_state[state, choice]
    return np.array(pays)


def worth(pays: FloatArray, discount: float) -> float:
    """Return the value of going round and round for ever, per step.

    A round of T steps is paid again every T steps, so that its value is
    ``Σ discount^t · pays[t] / (1 − discount^T)``. Times ``1 − discount`` it is a weighted mean of
    the pays; as the discount approaches 1 it becomes their mean, pay per round over steps per
    round (renewal reward).
    """
    if discount == 1:
        return float(pays.mean())
    weights = discount ** np.arange(len(pays))
    return float(weights @ pays / weights.sum())


def threshold(discount: float) -> float:
    """Return the bonus above which laps are worth more than the lagoon."""
    lap, lagoon = (worth(round_pays(0.0, choice), discount) for choice in (RACE, LAGOON))
    per_point = worth(round_pays(1.0, RACE), discount) - lap
    return (lagoon - lap) / per_point


def art() -> tuple[str, ...]:
    """Return the map with a ``T`` for each target."""
    targets = {*LAGOON_TARGETS, *COURSE_TARGETS}
    marked = "".join("T" if cell in targets else tile for cell, tile in enumerate(CURRENT.tiles))
    width = CURRENT.columns
    return tuple(marked[start : start + width] for start in range(0, len(marked), width))
