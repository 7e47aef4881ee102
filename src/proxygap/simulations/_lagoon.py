"""A course with a lagoon behind a lock, and planners that look a few steps ahead.

The course is a ring of 16 cells. Beside the fork lies a lock: it takes ``delay`` steps, in which
nothing is paid, and opens into a lagoon of two cells, where pay comes twice as fast as on the
course. The lagoon has a second mouth that leads back to the course. Progress counts cells made
along the course and nothing else.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from proxygap.simulations._planning import plan_episode
from proxygap.simulations._spec import FloatArray
from proxygap.simulations._world import IntArray, World

Pay = Literal["even", "buoys"]

COURSE = (
    "#######",
    "# F   #",
    "# L~~ #",
    "# ### #",
    "# ### #",
    "#   S #",
    "#######",
)
COLUMNS = len(COURSE[0])
RING = 16  # cells of the course; the fork is number 0
TO_FORK = 8  # cells from the start to the fork
MOUTH = 2  # cell of the course that the lagoon's second mouth leads to
BUOY_EVERY = 4  # cells; the first buoy stands behind the fork
RACE_STEPS = 100
KEEP_ON, TURN_OFF = 0, 1

_RING_CELLS = (
    [(1, column) for column in (2, 3, 4, 5)]
    + [(row, 5) for row in (2, 3, 4, 5)]
    + [(5, column) for column in (4, 3, 2, 1)]
    + [(row, 1) for row in (4, 3, 2, 1)]
)
_LOCK_CELL, _LAGOON_CELLS = (2, 2), [(2, 3), (2, 4)]


class Places(NamedTuple):
    """Numbers of the states at a given delay: the ring from 0, then the lock, then the lagoon."""

    lock: int
    lagoon: int
    states: int


def places(delay: int) -> Places:
    """Return where the lock and the lagoon begin when the lock takes `delay` steps."""
    return Places(lock=RING, lagoon=RING + delay, states=RING + delay + 2)


def cells(delay: int) -> IntArray:
    """Return the flat cell index of each state, shape (S,); a boat in the lock stays in place."""
    squares = [*_RING_CELLS, *[_LOCK_CELL] * delay, *_LAGOON_CELLS]
    return np.array([row * COLUMNS + column for row, column in squares])


def race(delay: int, pay: Pay) -> World:
    """Return the world: 16 + `delay` + 2 states, two actions.

    Parameters
    ----------
    delay : int
        Steps in the lock, at least 1.
    pay : str
        ``even``: 1 for each step on the course, 2 in the lagoon. ``buoys``: the same on average,
        4 at each buoy; buoys stand 4 cells apart on the course, and one of the lagoon's two cells
        holds one that comes back at once.
    """
    where = places(delay)
    state = np.arange(where.states)
    next_state = np.stack([state + 1, state + 1], axis=1)
    next_state[RING - 1] = 0
    next_state[where.lagoon + 1] = where.lagoon, MOUTH
    next_state[0, TURN_OFF] = where.lock
    stays = (state[:, None] < RING) & (next_state < RING)
    return World(
        next_state=next_state,
        reward=_paid_on_entering(where, pay)[next_state],
        performance=stays.astype(float),
        start=RING - TO_FORK,
        horizon=RACE_STEPS,
    )


def _paid_on_entering(where: Places, pay: Pay) -> FloatArray:
    """Return the points for entering each state, shape (S,)."""
    paid = np.zeros(where.states)
    if pay == "even":
        paid[:RING], paid[where.lagoon :] = 1, 2
    else:
        paid[1:RING:BUOY_EVERY], paid[where.lagoon] = 4, 4
    return paid


def look_ahead_policy(world: World, horizon: int) -> IntArray:
    """Return the first action of the best plan over `horizon` steps, from each state, shape (S,).

    A planner that follows it looks again after each step. It keeps on where both pay the same.
    """
    first: IntArray = plan_episode(world._replace(horizon=horizon)).policy[0]
    return first


def analytic_switch(delay: int) -> int:
    r"""Return the shortest look-ahead from which turning off pays more, with even pay.

    At the fork, H steps on the course pay H and the lagoon pays 2·(H − delay):

    .. math:: 2(H - \text{delay}) > H \iff H > 2\,\text{delay}
    """
    return 2 * delay + 1
