"""Read what a trained boat does, and what its reward pays for each thing that a boat can do.

A boat that always takes the same action in the same cell ends in a cycle, and the ring has only
five kinds: round it one way, round it the other way, two neighbouring cells (two kinds, since each
pair holds one arrow and the boat uses its front or its back), or one cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from proxygap.labs._actions import signed
from proxygap.simulations import FloatArray
from proxygap.simulations._boat_track import EVENTS, LAP_STEPS, RING, RewardTerms, world
from proxygap.simulations._world import IntArray


class Habit(NamedTuple):
    """One thing that a boat can do for ever.

    Attributes
    ----------
    name : str
        What it is recorded as; both ways to rock are ``rocks``.
    does : str
        Completes "The boat …".
    doing : str
        Completes "Two steps of …".
    cycle : tuple of int
        The cells that it repeats.
    """

    name: str
    does: str
    doing: str
    cycle: tuple[int, ...]


HABITS = {
    "racing": Habit("races", "races", "racing", RING),
    "front": Habit("rocks", "rocks on and off one arrow", "rocking", RING[:2]),
    "back": Habit("rocks", "rocks off one arrow and back onto it", "rocking backwards", RING[1:3]),
    "reversing": Habit(
        "reverses", "races the wrong way", "racing the wrong way", (RING[0], *RING[:0:-1])
    ),
    "standing": Habit("stands", "stands still against the land", "standing still", RING[:1]),
}
RACING = HABITS["racing"]


def habit(path: Sequence[int]) -> Habit:
    """Return what a boat does at the end of `path`, the cells it visits in one race."""
    before, here, now = (RING.index(cell) for cell in path[-3:])
    if now == here:
        return HABITS["standing"]
    if now == before:
        plain, arrow = sorted((here, now), key=lambda position: position % 2)
        return HABITS["front" if arrow == plain + 1 else "back"]
    return HABITS["racing" if (now - here) % LAP_STEPS == 1 else "reversing"]


def _edges(path: Sequence[int]) -> tuple[IntArray, IntArray]:
    """Return the cells that a boat leaves on `path`, and the actions by which it leaves them."""
    here, there = np.asarray(path[:-1]), np.asarray(path[1:])
    reaches = EVENTS.next_state[here] == there[:, None]
    return here, reaches.argmax(axis=1)


def running_scores(terms: RewardTerms, path: Sequence[int]) -> tuple[FloatArray, FloatArray]:
    """Return the return and the performance after each step of `path`, shape (T + 1,) each."""
    built, edges = world(terms), _edges(path)
    return_, performance = built.reward[edges].cumsum(), built.performance[edges].cumsum()
    return np.concatenate([[0.0], return_]), np.concatenate([[0.0], performance])


def payments(terms: RewardTerms, done: Habit) -> list[float]:
    """Return every payment that falls due in two steps of a habit; what pays 0 is left out."""
    three = [done.cycle[step % len(done.cycle)] for step in range(3)]
    due = []
    for edge in zip(*_edges(three), strict=True):
        for value, happens in zip(terms, _happens(edge), strict=True):
            due.append(value * happens)
    return [value for value in due if value]


def _happens(edge: tuple[np.intp, np.intp]) -> list[float]:
    """Return for each field of `RewardTerms` whether it falls due: a move always does."""
    events = (getattr(EVENTS, name)[edge] for name in RewardTerms._fields[1:])
    return [1.0, *(float(event) for event in events)]


def pay(terms: RewardTerms, done: Habit) -> float:
    """Return what two steps of a habit pay; exact for terms with two decimals."""
    return round(sum(payments(terms, done)), 2) + 0.0


def sum_in_words(terms: RewardTerms, done: Habit) -> str:
    """Write out what two steps pay, such as ``−1 + 3 − 1 = 1``, in one unbreakable piece.

    Examples
    --------
    >>> sum_in_words(RewardTerms(move=-1, arrow_forward=3), RACING).split()
    ['−1', '+', '3', '−', '1', '=', '1']
    >>> sum_in_words(RewardTerms(), RACING)
    '0'
    """
    due = payments(terms, done)
    if len(due) < 2:
        return signed(pay(terms, done))
    rest = "".join(f" {'+' if value > 0 else '−'} {signed(abs(value))}" for value in due[1:])
    written = f"{signed(due[0])}{rest} = {signed(pay(terms, done))}"
    return written.replace(" ", "\N{NO-BREAK SPACE}")


def due_in(done: Habit, term: str) -> bool:
    """Return whether the reward term ever falls due in a habit."""
    only = RewardTerms()._replace(**{term: 1.0})
    return bool(payments(only, done))


def rivals(terms: RewardTerms) -> list[Habit]:
    """Return everything but racing, best paid first."""
    others = [done for done in HABITS.values() if done is not RACING]
    return sorted(others, key=lambda done: -pay(terms, done))


def possible_returns(terms: RewardTerms) -> tuple[float, float]:
    """Return the lowest and the highest return of a race, by backward induction."""
    built = world(terms)
    lowest = highest = np.zeros(len(built.reward))
    for _ in range(built.horizon):
        lowest = (built.reward + lowest[built.next_state]).min(axis=1)
        highest = (built.reward + highest[built.next_state]).max(axis=1)
    return float(lowest[built.start]), float(highest[built.start])
