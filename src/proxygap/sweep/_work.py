"""Do what is missing and put everything into order."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from proxygap.simulations import FloatArray
from proxygap.sweep._chunks import Chunk
from proxygap.sweep._journal import Journal
from proxygap.sweep._runners import Runner


def collect(
    chunks: list[list[Chunk]],
    *,
    runner: Runner,
    journal: Journal,
    progress: Callable[[int], None] = lambda _: None,
) -> list[dict[str, FloatArray]]:
    """Return every scalar series of each point, one number a seed, in the order of the seeds.

    Parameters
    ----------
    chunks : list of list of Chunk
        From `plan`: one list a point.
    runner : Runner
        Who computes what the journal does not hold.
    journal : Journal
        Where finished chunks are found and kept.
    progress : callable
        Told how many seeds were finished since it was last told.
    """
    everything = [chunk for point in chunks for chunk in point]
    missing = [chunk for chunk in everything if chunk.key not in journal.finished]
    progress(_seeds(everything) - _seeds(missing))
    if missing:
        for chunk, scalars in runner(missing):
            journal.add(chunk.key, scalars)
            progress(_seeds([chunk]))
    return [_in_order(point, journal) for point in chunks]


def _seeds(chunks: list[Chunk]) -> int:
    return sum(chunk.stop - chunk.first for chunk in chunks)


def _in_order(point: list[Chunk], journal: Journal) -> dict[str, FloatArray]:
    parts = [journal.finished[chunk.key] for chunk in point]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
