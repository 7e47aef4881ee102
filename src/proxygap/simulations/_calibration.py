"""Does confidence fit what happens? Pure: numbers in, numbers out.

``web/src/progress/calibration.ts`` is the same for the page; ``tests/bank/keeping_cases.json`` runs
against both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

LEVELS = (0, 40, 55, 70, 85, 95)
"""Where the groups of stated confidence begin, in percent; the last one includes 100."""


class Statement(NamedTuple):
    """A claim that somebody was sure of to some degree, and whether it came true.

    Attributes
    ----------
    confidence : float
        In percent.
    right : bool
        Whether it came true.
    """

    confidence: float
    right: bool


class Level(NamedTuple):
    """Statements of about the same confidence."""

    confidence: float
    made: int
    hits: int


class Calibration(NamedTuple):
    """How well somebody knows what they know.

    Attributes
    ----------
    made, hits : int
        Statements, and how many came true.
    confidence : float
        Mean confidence in percent.
    brier : float
        Mean squared distance between confidence and what happened: 0 is best, 1 is worst, and
        whoever always says 50 % gets 0.25 (Brier, 1950).
    levels : tuple of Level
        The statements grouped by confidence, the least sure first; groups without any left out.
    """

    made: int
    hits: int
    confidence: float
    brier: float
    levels: tuple[Level, ...]


def calibrate(statements: Sequence[Statement]) -> Calibration | None:
    """Return the calibration of `statements`; None where nothing was stated.

    >>> calibrate([Statement(90, True), Statement(50, False)]).brier
    0.13
    """
    if not statements:
        return None
    made = len(statements)
    return Calibration(
        made=made,
        hits=sum(one.right for one in statements),
        confidence=sum(one.confidence for one in statements) / made,
        brier=sum((one.confidence / 100 - one.right) ** 2 for one in statements) / made,
        levels=tuple(_levels(statements)),
    )


def _levels(statements: Sequence[Statement]) -> list[Level]:
    ends = (*LEVELS[1:], float("inf"))
    groups = [[one for one in statements if low <= one.confidence < high]
              for low, high in zip(LEVELS, ends, strict=True)]  # fmt: skip
    return [Level(sum(one.confidence for one in group) / len(group), len(group),
                  sum(one.right for one in group))
            for group in groups if group]  # fmt: skip
