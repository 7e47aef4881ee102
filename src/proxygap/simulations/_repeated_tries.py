"""What many tries at requests of different hardness come to: the Beta-binomial, exactly.

A request gets through in one attempt with its own chance p, and p follows a Beta distribution over
the requests, or is the same for all.

Source: skellam1948.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from proxygap.simulations._spec import FloatArray

Spread = tuple[float, float] | float
"""a and b of the Beta distribution, or the one chance that all requests share."""

_lgamma = np.vectorize(math.lgamma, otypes=[float])


def log_miss(attempts: ArrayLike, spread: Spread) -> FloatArray:
    """Return the logarithm of the share of requests that never got through.

    Parameters
    ----------
    attempts : array-like of float
        N, at least 0.
    spread : (a, b) or float
        Parameters of the Beta distribution, or the one chance that all share.
    """
    n = np.asarray(attempts, dtype=float)
    if isinstance(spread, float):
        return np.asarray(n * math.log1p(-spread))
    a, b = spread
    start = math.lgamma(a + b) - math.lgamma(b)
    return np.asarray(_lgamma(b + n) - _lgamma(a + b + n) + start)


def success_rate(attempts: ArrayLike, spread: Spread) -> FloatArray:
    """Return the share of requests that got through at least once in N attempts. Exact.

    Parameters and shapes are those of `log_miss`.

    Examples
    --------
    One attempt at chances spread evenly over 0 to 1, and two:

    >>> success_rate([1, 2], (1.0, 1.0)).round(9).tolist()
    [0.5, 0.666666667]
    """
    return np.asarray(-np.expm1(log_miss(attempts, spread)))[()]


def minus_log(attempts: ArrayLike, spread: Spread) -> FloatArray:
    """Return −log ASR in nats; precise even where next to every request got through."""
    return np.asarray(-np.log1p(-np.exp(log_miss(attempts, spread))))[()]


def slope(attempts: float, spread: Spread) -> float:
    """Return the exponent at N: by how many powers −log ASR falls for each power of N."""
    here, there = minus_log([attempts, 1.01 * attempts], spread)
    return float(-math.log(there / here) / math.log(1.01))


def fitted(spread: Spread) -> tuple[float, float]:
    """Return exponent and R² of the straight line through N = 10 to 10,000, both axes in logs."""
    tries = np.logspace(1, 4, 25)
    x, y = np.log(tries), np.log(minus_log(tries, spread))
    gradient, offset = np.polyfit(x, y, 1)
    unexplained = np.var(y - gradient * x - offset) / np.var(y)
    return float(-gradient), float(1 - unexplained)
