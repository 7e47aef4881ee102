"""What a sweep came to: mean, standard error and quantiles of each scalar series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from proxygap.simulations import FloatArray, Value
from proxygap.sweep._chunks import fingerprint

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def summarise(numbers: FloatArray) -> dict[str, Any]:
    """Return mean, standard error of the mean and quantiles of `numbers`, one a seed.

    What is not a number is None, as JSON knows no NaN: the standard error of a single seed, and
    everything about a series that some seed did not reach.
    """
    count = len(numbers)
    error = numbers.std(ddof=1) / np.sqrt(count) if count > 1 else np.nan
    points = np.quantile(numbers, QUANTILES)
    return {
        "mean": _plain(numbers.mean()),
        "standard_error": _plain(error),
        "quantiles": {f"{q:g}": _plain(point) for q, point in zip(QUANTILES, points, strict=True)},
    }


def _plain(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None


def report(
    slug: str,
    seeds: int,
    points: list[dict[str, Value]],
    results: list[dict[str, FloatArray]],
) -> dict[str, Any]:
    """Return what ``proxygap sweep --json`` prints and ``--output`` writes."""
    return {
        "slug": slug,
        "code": fingerprint(slug),
        "numpy": np.__version__,
        "seeds": seeds,
        "points": [
            {"parameters": point, "series": _summaries(result)}
            for point, result in zip(points, results, strict=True)
        ],
    }


def _summaries(result: Mapping[str, FloatArray]) -> dict[str, Any]:
    return {name: summarise(numbers) for name, numbers in result.items()}
