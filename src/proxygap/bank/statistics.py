"""Classical item statistics over a table of learners and items. Pure: numbers in, numbers out.

A table has a row for each learner, a column for each item, and NaN where an item was not answered.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float64]


class Reliability(NamedTuple):
    """How far a score would repeat itself.

    Attributes
    ----------
    items, learners : int
        Size of the table, after learners who left an item out were dropped.
    alpha : float or None
        Cronbach's alpha; None where it is not defined.
    """

    items: int
    learners: int
    alpha: float | None


def means(table: Table) -> list[float | None]:
    """Return the mean of each column over the learners who answered it."""
    answered = ~np.isnan(table)
    totals, counts = np.where(answered, table, 0.0).sum(axis=0), answered.sum(axis=0)
    return [float(total / n) if n else None for total, n in zip(totals, counts, strict=True)]


def discriminations(scores: Table, credit: Table) -> list[float | None]:
    """Return the correlation of each item's score with the learner's mean on all other items.

    The item is left out of its own yardstick (a *corrected* item-total correlation). With scores of
    0 and 1 this is the point-biserial correlation. None where it is not defined: fewer than three
    learners, or no spread on one side.

    Parameters
    ----------
    scores : array
        The items' scores, usually 0 or 1 for wrong and right.
    credit : array
        What each answer earned; the yardstick is made of these.
    """
    answered = ~np.isnan(credit)
    earned = np.where(answered, credit, 0.0)
    totals, counts = earned.sum(axis=1), answered.sum(axis=1)
    others = np.maximum(counts - 1, 1)
    found = []
    for column in range(scores.shape[1]):
        rows = answered[:, column] & (counts > 1)
        rest = (totals[rows] - earned[rows, column]) / others[rows]
        found.append(correlation(scores[rows, column], rest))
    return found


def correlation(x: Table, y: Table) -> float | None:
    """Return Pearson's correlation, or None where it is not defined."""
    if len(x) < 3:
        return None
    dx, dy = x - x.mean(), y - y.mean()
    spread = math.sqrt(float(dx @ dx) * float(dy @ dy))
    # Rounding leaves a spread of about 1e-16 in a column of equal numbers.
    return float(dx @ dy) / spread if spread > 1e-9 * len(x) else None


def alpha(table: Table) -> Reliability:
    """Return Cronbach's alpha over the learners who answered every item.

    With scores of 0 and 1 this is Kuder and Richardson's formula 20.
    """
    complete = table[~np.isnan(table).any(axis=1)]
    learners, items = complete.shape
    if learners < 2 or items < 2:
        return Reliability(items, learners, None)
    total = float(complete.sum(axis=1).var())
    if total < 1e-12:
        return Reliability(items, learners, None)
    within = float(complete.var(axis=0).sum())
    return Reliability(items, learners, items / (items - 1) * (1 - within / total))
