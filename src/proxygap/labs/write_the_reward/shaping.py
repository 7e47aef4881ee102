"""Recognise potential-based shaping: a reward that differs from another only by its bookkeeping.

A reward r' is ``k · r + c`` plus shaping if ``r'(s, a) − k · r(s, a) − c = Φ(s') − Φ(s)`` for every
step, with a Φ that is 0 once the episode is over. Then every path is paid ``k`` times as much plus
what depends on nothing but where it began, so that both rewards rank all behaviour alike (ng1999,
theorem 1, with discount 1). Since the episode has a fixed number of steps, a constant c is paid to
everybody, unless a goal ends the episode; then c must be 0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from proxygap.labs.write_the_reward.layouts import Layouts
from proxygap.labs.write_the_reward.optimiser import Pay
from proxygap.simulations import FloatArray

EXACT = 1e-8  # of points; pays have two decimals or are the learner's own


class Shaping(NamedTuple):
    """What a reward adds to another.

    Attributes
    ----------
    scale : float
        What the other is multiplied by.
    constant : float
        What is paid on every step besides.
    potential : (S,) float
        Φ of each state, of all layouts.
    is_settled : bool
        Whether the last step takes back what Φ still holds, so that nothing at all changes; else
        the end of an episode may look a little different.
    """

    scale: float
    constant: float
    potential: FloatArray
    is_settled: bool

    @property
    def is_plain(self) -> bool:
        """Whether nothing was added but a scale and a constant."""
        return bool(np.ptp(self.potential) < EXACT)


def shaping(arrays: Layouts, pay: Pay, base: FloatArray) -> Shaping | None:
    """Return what `pay` adds to the reward `base`, shape (S, A); None if it is not shaping."""
    endless = not arrays.over.any()
    tables = np.stack([pay.each, base, np.full(base.shape, float(endless))], axis=-1)
    potentials = _potentials(arrays, tables)
    along = potentials[arrays.next_state] - potentials[:, None]
    rest = (tables - along)[~arrays.over].reshape(-1, 3)  # what no potential explains
    factors = np.linalg.lstsq(rest[:, 1:], rest[:, 0], rcond=None)[0]
    if np.abs(rest @ [1, *-factors]).max() > EXACT or factors[0] < EXACT:
        return None
    potential = potentials @ [1, *-factors]
    left = pay.last - tables[..., 1:] @ factors + potential[:, None]
    settled = _is_settled(arrays, left)
    if not (settled or endless):
        return None  # an episode may be kept from ending, and then what was paid is kept too
    return Shaping(float(factors[0]), float(factors[1]), potential, settled)


def _potentials(arrays: Layouts, tables: FloatArray) -> FloatArray:
    """Return for each of N tables, shape (S, A, N), the Φ that explains the first ways to a state.

    Φ is summed up along the first way by which each state is found, from the start of its layout;
    where the episode is over it is 0.
    """
    found = np.zeros((len(arrays.over), tables.shape[-1]))
    order: list[int] = arrays.starts.tolist()
    reached = set(order)
    next_state, over = arrays.next_state.tolist(), arrays.over.tolist()
    for state in order:  # the list grows while it is walked
        for action, after in enumerate([] if over[state] else next_state[state]):
            if after not in reached:
                reached.add(after)
                found[after] = found[state] + tables[state, action]
                order.append(after)
    for own, over in zip(_split(arrays, found), _split(arrays, arrays.over), strict=True):
        np.subtract(own, own[over][0] if over.any() else own[0], out=own)
        own[over] = 0.0
    return found


def _is_settled(arrays: Layouts, left: FloatArray) -> bool:
    """Return whether the last step leaves the same, shape (S, A), wherever it is taken."""
    for own, over in zip(_split(arrays, left), _split(arrays, arrays.over), strict=True):
        unequal = np.abs(own[~over]).max() if over.any() else np.ptp(own)
        if unequal > EXACT:
            return False
    return True


def _split(arrays: Layouts, values: NDArray[Any]) -> list[NDArray[Any]]:
    """Return a view of `values` for each layout."""
    return np.split(values, arrays.firsts[1:])
