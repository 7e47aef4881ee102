r"""Best-of-n: draw n answers, keep the one with the highest score. Exact, for any scores.

With the base distribution :math:`p`, distribution function :math:`F` of the score and
:math:`F(y^-)` just below it, the chosen answer has the distribution

.. math:: q_n(y) = \frac{p(y)}{P(\text{score} = y)}\,[F(y)^n - F(y^-)^n],

and its distance from the base is at most :math:`\log n - (n - 1)/n` nats, with equality when no
two answers tie (beirami2024).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from proxygap.simulations._spec import FloatArray

Ranks = NDArray[np.intp]

LARGEST = 60_000
"""The n up to which gao2023 searched."""

DOUBLING = (*(float(2**k) for k in range(16)), float(LARGEST))
"""1, 2, 4, … 32,768, and 60,000."""


def best_of_n(base: ArrayLike, score: ArrayLike, n: float) -> FloatArray:
    """Return the distribution of the answer that best-of-n chooses.

    Parameters
    ----------
    base : (K,) array
        Probability of each answer; sums to 1.
    score : (K,) array
        What the choice goes by. Among answers that tie, chance decides.
    n : float
        Answers drawn, at least 1.

    Returns
    -------
    (K,) array
        Probability that each answer is the chosen one; sums to 1.
    """
    base = np.asarray(base, dtype=float)
    _, level = np.unique(np.asarray(score, dtype=float), return_inverse=True)
    mass = np.bincount(level, weights=base)
    above = np.append(np.cumsum(mass[:0:-1])[::-1], 0.0)
    # Differences of the chance that something better was drawn: small where F is close to 1,
    # so that a score of one in 10²⁰ answers keeps its digits.
    chosen = _some_above(above + mass, n) - _some_above(above, n)
    share = np.divide(chosen, mass, out=np.zeros_like(mass), where=mass > 0)
    return np.asarray(base * share[level])


def _some_above(above: FloatArray, n: float) -> FloatArray:
    """Return the chance that at least one of n draws falls among answers of total mass `above`."""
    with np.errstate(divide="ignore"):  # everything lies above: log 0 = −∞, and the chance is 1
        return np.asarray(-np.expm1(n * np.log1p(-np.minimum(above, 1.0))))


def kl(policy: ArrayLike, base: ArrayLike) -> float:
    """Return the Kullback–Leibler divergence of `policy` from `base`, in nats.

    >>> round(kl([0.5, 0.5], [0.25, 0.75]), 4)
    0.1438
    """
    policy, base = np.asarray(policy, dtype=float), np.asarray(base, dtype=float)
    used = policy > 0
    nats = float(policy[used] @ np.log(policy[used] / base[used]))
    return max(nats, 0.0)  # rounding may leave −10⁻¹⁹


def kl_bound(n: ArrayLike) -> FloatArray:
    """Return log n − (n − 1)/n: the divergence of best-of-n without ties, in nats.

    >>> kl_bound([1, 2, 1000]).round(4).tolist()
    [0.0, 0.1931, 5.9088]
    """
    n = np.asarray(n, dtype=float)
    return np.asarray(np.log(n) - (n - 1) / n)


def nakano_weights(samples: int, sizes: ArrayLike) -> FloatArray:
    r"""Return the weights of sorted samples that estimate best-of-n without bias.

    The sample of rank i is the best of :math:`\binom{i-1}{n-1}` of the
    :math:`\binom{N}{n}` subsets of size n (nakano2021, appendix I).

    Parameters
    ----------
    samples : int
        N, the number of samples, sorted by the score that the choice goes by, lowest first.
    sizes : (M,) array
        Each n, from 1 to `samples`.

    Returns
    -------
    (M, N) array
        One row per n; each sums to 1.

    Examples
    --------
    >>> nakano_weights(3, [1, 2, 3]).round(3).tolist()
    [[0.333, 0.333, 0.333], [0.0, 0.333, 0.667], [0.0, 0.0, 1.0]]
    """
    log_factorial = np.append(0.0, np.cumsum(np.log(np.arange(1.0, samples + 1))))
    rank = np.arange(1, samples + 1)
    rows = [_nakano_row(rank, int(n), log_factorial) for n in np.atleast_1d(sizes)]
    return np.array(rows)


def _nakano_row(rank: Ranks, n: int, log_factorial: FloatArray) -> FloatArray:
    def log_choose(top: Ranks | int, k: int) -> FloatArray:
        rest = np.maximum(np.asarray(top) - k, 0)
        return np.asarray(log_factorial[top] - log_factorial[k] - log_factorial[rest])

    log_weight = log_choose(rank - 1, n - 1) - log_choose(len(rank), n)
    return np.where(rank >= n, np.exp(np.minimum(log_weight, 0.0)), 0.0)
