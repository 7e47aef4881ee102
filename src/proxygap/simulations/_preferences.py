r"""What comparisons can teach at most, when each is a toss that leans to the better reply.

Two replies differ in reward by a gap that is normal over all pairs, with mean 0 and a *spread*
(standard deviation). An annotator prefers the better one with probability σ(gap), the Bradley–Terry
model (bradley1952). So everything follows from the spread: how often two annotators agree, how
often the best possible predictor is right, and how much one comparison tells about the weights.

>>> round(agreement(2.4), 2), round(ceiling(2.4), 2)
(0.73, 0.81)
"""

from __future__ import annotations

from functools import cache

import numpy as np

from proxygap.simulations._noisy_scores import normal_sf
from proxygap.simulations._reward_model import sigmoid
from proxygap.simulations._spec import FloatArray

PAIR_VARIANCE = 2.0
"""Variance of each feature's difference between two replies drawn with variance 1."""

_WIDEST, _POINTS = 9.0, 601
_NEARLY_1 = -1 + 1e-12


@cache
def _half() -> tuple[FloatArray, FloatArray]:
    """Return points above 0 and weights that average an even function of a normal number."""
    points = np.linspace(0.0, _WIDEST, _POINTS)
    simpson = np.where(np.arange(_POINTS) % 2 == 1, 4.0, 2.0)
    simpson[[0, -1]] = 1.0
    weights = simpson * np.exp(-(points**2) / 2)
    return points, weights / weights.sum()


def _mean(values: FloatArray) -> float:
    return float(values @ _half()[1])


def agreement(spread: float) -> float:
    """Return how often two annotators choose alike, E[p² + (1 − p)²] with p = σ(gap)."""
    p = sigmoid(spread * _half()[0])
    return _mean(p**2 + (1 - p) ** 2)


def ceiling(spread: float) -> float:
    """Return how often somebody who knows every reward foresees an annotator's choice."""
    return _mean(sigmoid(spread * _half()[0]))


def spread_of(agreeing: float) -> float:
    """Return the spread at which two annotators agree that often.

    Parameters
    ----------
    agreeing : float
        Share of pairs, above 0.5 and below 1.
    """
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if agreement(middle) < agreeing else (low, middle)
    return (low + high) / 2


def accuracy(cosine: FloatArray, spread: float) -> FloatArray:
    """Return how often fitted weights foresee an annotator's choice. Exact for normal features.

    Parameters
    ----------
    cosine : array
        Cosine of the angle between fitted and true weights.
    spread : float
        Standard deviation of the true gap.
    """
    points, weights = _half()
    cosine = np.clip(np.asarray(cosine, dtype=float), _NEARLY_1, -_NEARLY_1)
    # Given the true gap the fitted one is normal, so that its sign has this chance to be right.
    right = normal_sf(-points * (cosine / np.sqrt(1 - cosine**2))[..., None])
    leaning = 2 * sigmoid(spread * points) - 1
    return np.asarray(right @ (weights * leaning) + 1 - ceiling(spread))


def better_found(cosine: FloatArray) -> FloatArray:
    """Return how often fitted weights find the better reply: 1 less the angle over π."""
    return np.asarray(1 - np.arccos(np.clip(cosine, -1, 1)) / np.pi)


def information(spread: float) -> tuple[float, float]:
    """Return what one comparison tells of the weights: along them, and in each other direction.

    They are the eigenvalues of the Fisher information E[p (1 − p) z zᵀ].
    """
    points, _ = _half()
    p = sigmoid(spread * points)
    along = _mean(p * (1 - p) * points**2)
    return PAIR_VARIANCE * along, PAIR_VARIANCE * _mean(p * (1 - p))


def least_squared_error(spread: float, features: int) -> float:
    """Return N times the least mean squared error of the weights: the Cramér–Rao bound.

    No unbiased estimate from N comparisons has a smaller one.
    """
    along, across = information(spread)
    return 1 / along + (features - 1) / across
