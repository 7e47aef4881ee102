"""What a handful of noisy timings say."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    """Return the middle value, which one slow run does not move."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` of the values do not exceed.

    This is the nearest-rank rule: the answer is always one of the values.
    """
    if not values or not 0 < share <= 1:
        raise ValueError("a percentile needs values and a share in (0, 1]")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def paired_ratio(ours: Sequence[float], reference: Sequence[float]) -> float:
    """Return the median of ours / reference over runs that were taken in turns.

    Neighbouring runs share the machine's mood, so each is compared with its own neighbour first.
    """
    pairs = list(zip(ours, reference, strict=False))
    if not pairs or any(theirs <= 0 for _, theirs in pairs):
        raise ValueError("a ratio needs pairs of runs and a positive reference")
    return median([mine / theirs for mine, theirs in pairs])


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Return the smallest and the largest value."""
    return min(values), max(values)
