"""The binomial distribution, from logarithms, so that no number of trials overflows."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from proxygap.simulations._spec import FloatArray


def binomial(n: int, p: float, up_to: int | None = None) -> FloatArray:
    """Return the chance of 0, 1, … `up_to` (default: all `n`) successes in `n` trials.

    >>> binomial(2, 0.5).round(9).tolist()
    [0.25, 0.5, 0.25]
    """
    k = np.arange(n + 1 if up_to is None else up_to + 1)
    if p in (0, 1):
        return np.asarray(k == n * p, dtype=float)
    return np.asarray(np.exp(log_choose(n, k) + k * np.log(p) + (n - k) * np.log1p(-p)))


def log_choose(n: int, k: ArrayLike) -> FloatArray:
    """Return the logarithm of the number of ways to choose `k` things out of `n`.

    >>> np.exp(log_choose(4, [0, 1, 2])).round(9).tolist()
    [1.0, 4.0, 6.0]
    """
    k = np.asarray(k)
    table = _log_factorials(1 << max(n, 1).bit_length())
    return np.asarray(table[n] - table[k] - table[n - k])


@lru_cache(maxsize=32)
def _log_factorials(size: int) -> FloatArray:
    return np.append(0.0, np.cumsum(np.log(np.arange(1.0, size + 1))))
