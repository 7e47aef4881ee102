"""Find the files of one learner, who may export twice, and keep one answer to each item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np

from proxygap.bank.answers import Answer
from proxygap.bank.progress_files import Sheet

COINCIDENCE = 1
"""In a full classroom two learners may well answer one item in the same millisecond, once."""


class Learner(NamedTuple):
    """One learner's files, and the newest record of each item in them."""

    sheets: tuple[Sheet, ...]
    answers: dict[str, Answer]


class _Groups:
    """Union-find over the positions of a list."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, one: int) -> int:
        while self._parent[one] != one:
            self._parent[one] = one = self._parent[self._parent[one]]
        return one

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


def learners(sheets: Sequence[Sheet]) -> list[Learner]:
    """Return the learners behind `sheets`, in the order of their first file.

    Files are of one learner if they hold the same seed, drawn once in each browser, or if at least
    two of their records carry the same time to the millisecond. So are files with nothing but the
    same records.
    """
    groups = _Groups(len(sheets))
    for one, other in _same(sheets):
        groups.join(one, other)
    members: dict[int, list[Sheet]] = defaultdict(list)
    for position, sheet in enumerate(sheets):
        members[groups.root(position)].append(sheet)
    return [Learner(tuple(mine), _merged(mine)) for mine in members.values()]


def _same(sheets: Sequence[Sheet]) -> Iterator[tuple[int, int]]:
    """Yield the positions of sheets that are of one learner, two by two."""
    owners: dict[object, list[int]] = defaultdict(list)
    for position, sheet in enumerate(sheets):
        owners[sheet.marks].append(position)
        if sheet.seed:
            owners[sheet.seed].append(position)
    for positions in owners.values():
        yield from pairwise(positions)
    yield from _sharing(sheets)


def _sharing(sheets: Sequence[Sheet]) -> Iterator[tuple[int, int]]:
    """Yield the positions of sheets that share more marks than chance would give them."""
    every = chain.from_iterable(sheet.marks for sheet in sheets)
    marks = np.fromiter(every, dtype=np.int64)
    owner = np.repeat(np.arange(len(sheets)), [len(sheet.marks) for sheet in sheets])
    order = np.argsort(marks, kind="stable")
    marks, owner = marks[order], owner[order]
    equal = marks[1:] == marks[:-1]
    shared = np.stack([owner[:-1][equal], owner[1:][equal]])
    pairs, counts = np.unique(shared, axis=1, return_counts=True)
    for one, other in pairs[:, counts > COINCIDENCE].T:
        yield int(one), int(other)


def _merged(sheets: Iterable[Sheet]) -> dict[str, Answer]:
    """Return the newest answer to each item, as the page does when it imports a file."""
    first, *others = sheets
    answers, times = dict(first.answers), dict(first.times)
    for sheet in others:
        newer = {item: at for item, at in sheet.times.items()
                 if item not in times or at > times[item]}  # fmt: skip
        times |= newer
        answers |= {item: sheet.answers[item] for item in newer}
    return answers
