"""Who gave which answer: a table of learners and items, in which equal answers are kept once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from proxygap.bank.answers import Answer
from proxygap.bank.learners import Learner
from proxygap.bank.statistics import Table
from proxygap.quiz import Item

Flags = npt.NDArray[np.bool_]
NOTHING = -1
"""The place of an answer that was not given; what is looked up ends with an entry for it."""


class Given(NamedTuple):
    """The first answers of a cohort.

    Attributes
    ----------
    answers : list of Answer
        Every different one.
    places : array of int
        For each learner (row) and item (column) where theirs is in `answers`, or `NOTHING`.
    """

    answers: list[Answer]
    places: npt.NDArray[np.intp]

    def credit(self) -> Table:
        """Return what was earned; NaN where an item was not answered."""
        return np.array([*(answer.credit for answer in self.answers), np.nan])[self.places]

    def known(self) -> Flags:
        """Return which answers are known in full; older files keep only the score."""
        full = [answer.chosen is not None for answer in self.answers]
        return np.array([*full, False])[self.places]

    def choices(self, column: int) -> Counter[str]:
        """Return how often each choice of an item was made."""
        made: Counter[str] = Counter()
        places = self.places[:, column]
        for place, learners in Counter(places[places != NOTHING].tolist()).items():
            made.update(dict.fromkeys(self.answers[place].chosen or (), learners))
        return made

    def showing(self, beliefs: Sequence[str]) -> list[int]:
        """Return for each of `beliefs` how many learners showed it, in whatever item."""
        shows = np.zeros((len(self.answers) + 1, len(beliefs)), dtype=bool)
        for row, answer in zip(shows, self.answers, strict=False):
            row[:] = [belief in answer.beliefs for belief in beliefs]
        counts = np.zeros(len(beliefs), dtype=int)
        for places in self.places:
            counts += shows[places].any(axis=0)
        return [int(count) for count in counts]


def given(items: Sequence[Item], cohort: Sequence[Learner]) -> Given:
    """Return what the learners of `cohort` answered to `items`."""
    column = {item.id: i for i, item in enumerate(items)}
    places = np.full((len(cohort), len(items)), NOTHING)
    seen: dict[Answer, int] = {}
    for row, learner in zip(places, cohort, strict=True):
        row[[column[name] for name in learner.answers]] = [
            seen.setdefault(answer, len(seen)) for answer in learner.answers.values()
        ]
    return Given(list(seen), places)
