"""When is something mastered? Pure: what was answered in, a share and a verdict out.

``web/src/progress/mastery.ts`` is the same for the page; ``tests/bank/keeping_cases.json`` runs
against both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

MASTERY = 0.8
"""Share of the credit that counts as mastery (Bloom, *Learning for Mastery*, 1968)."""

ENOUGH = 16
"""So many answers show what somebody knows of a chapter: a large bank need not be done whole."""

ROUNDING = 1e-9

Source = Literal["first", "review", "before", "after"]
"""Where an answer was given without having just seen the key: the first try in a chapter, a spaced
review, or one of the two forms."""


class Event(NamedTuple):
    """One answer that was given without having just seen the key.

    Attributes
    ----------
    item : str
        The item.
    source : str
        Where it was given.
    at : float
        When, in seconds since 1970.
    credit : float
        What it earned, 0 to 1.
    confidence : float or None
        How sure the learner was that it is right, in percent, where that was said.
    """

    item: str
    source: Source
    at: float
    credit: float
    confidence: float | None = None


class Mastery(NamedTuple):
    """How much of some items is known.

    Attributes
    ----------
    items, answered : int
        How many there are, and to how many there is an answer.
    share : float
        Mean credit over what had to be answered.
    mastered : bool
        Whether that is enough.
    """

    items: int
    answered: int
    share: float
    mastered: bool


def judge(items: Sequence[str], credit: Mapping[str, float], enough: int | None = None) -> Mastery:
    """Return the mastery of `items`, given what the answered ones earned.

    Parameters
    ----------
    items : sequence of str
        Of a form, or of a chapter.
    credit : dict of str to float
        What each answered item earned.
    enough : int, optional
        So many answers are enough: what was not answered beyond them does not count. Without it,
        as for a form, every item that was not answered earns nothing.
    """
    earned = [credit[item] for item in items if item in credit]
    asked = len(items) if enough is None else max(len(earned), min(len(items), enough))
    share = sum(earned) / asked if asked else 0.0
    return Mastery(len(items), len(earned), share, bool(asked) and share >= MASTERY - ROUNDING)


def known(events: Iterable[Event]) -> dict[str, float]:
    """Return what the last answer to each item earned.

    The form before the course does not count: it says what was known without the course.
    """
    found: dict[str, float] = {}
    for event in sorted(events, key=lambda event: event.at):
        if event.source != "before":
            found[event.item] = event.credit
    return found
