r"""How sure a share is: intervals, comparisons of two shares, and the power to tell them apart.

All of it is exact or a closed form, on NumPy and the standard library alone:

- the interval of Wilson (wilson1927) and the exact one of Clopper and Pearson (clopper1934);
- Fisher's exact test for two models that answered *different* items, McNemar's exact test for two
  models that answered the *same* items (mcnemar1947);
- the power of both, summed over every table that can come out.

>>> low, high = wilson_interval(0, 60)
>>> print(f"{low:.1%} to {high:.1%}")
0.0% to 6.0%

Not modelled: items that resemble each other, or one item asked many times. They are fewer items
than they look, and every interval here is then too narrow.
"""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from proxygap.simulations._binomial import binomial, log_choose
from proxygap.simulations._checked_counts import counts, open_unit, shares
from proxygap.simulations._spec import FloatArray

SAME = 1 + 1e-9
"""Tables whose probabilities differ by rounding alone count as equally likely."""

HALVINGS = 60  # of [0, 1]: an interval's end is known to 10⁻¹⁸


def wilson_interval(
    successes: ArrayLike, trials: ArrayLike, confidence: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Return Wilson's interval for a share.

    Parameters
    ----------
    successes : array-like of int
        How often it happened.
    trials : array-like of int
        How often it could have happened. Of 0 trials the interval is 0 to 1.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    low, high : array of float
        A number each where both inputs are numbers.

    Examples
    --------
    >>> low, high = wilson_interval([2, 6], 40)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.014, 0.071], [0.165, 0.291])
    """
    k, n = counts(successes, trials)
    z = NormalDist().inv_cdf(0.5 + open_unit(confidence, "confidence") / 2)
    centre = (k + z**2 / 2) / (n + z**2)
    spread = k * (n - k) / np.maximum(n, 1) + z**2 / 4
    half = z * np.sqrt(spread) / (n + z**2)
    low = np.where(k == 0, 0.0, centre - half)
    high = np.where(k == n, 1.0, centre + half)
    return low[()], high[()]


def exact_interval(
    successes: ArrayLike, trials: ArrayLike, confidence: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Return the exact interval of Clopper and Pearson: never too narrow, often a little wide.

    Parameters and result are those of `wilson_interval`.

    Examples
    --------
    >>> low, high = exact_interval(0, 60)
    >>> float(low), round(float(high), 4) == round(1 - 0.025 ** (1 / 60), 4)
    (0.0, True)
    """
    k, n = counts(successes, trials)
    tail = (1 - open_unit(confidence, "confidence")) / 2
    upper = np.vectorize(_upper_end, otypes=[float])
    return (1 - upper(n - k, n, tail))[()], upper(k, n, tail)[()]


def upper_limit(successes: ArrayLike, trials: ArrayLike, confidence: float = 0.95) -> FloatArray:
    """Return the highest share that so few successes do not refute: exact, one-sided.

    At 97.5 % it is the upper end of the two-sided exact interval at 95 %.

    Parameters are those of `wilson_interval`.

    Examples
    --------
    >>> round(float(upper_limit(0, 60)), 4) == round(1 - 0.05 ** (1 / 60), 4)
    True
    """
    k, n = counts(successes, trials)
    tail = 1 - open_unit(confidence, "confidence")
    return np.asarray(np.vectorize(_upper_end, otypes=[float])(k, n, tail))[()]


def _upper_end(k: float, n: float, tail: float) -> float:
    """Return the share at which `k` successes or fewer have the chance `tail`; 1 if k is n."""
    if k == n:
        return 1.0
    low, high = k / n, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        too_likely = binomial(int(n), middle, up_to=int(k)).sum() > tail
        low, high = (middle, high) if too_likely else (low, middle)
    return high


def rule_of_three(trials: ArrayLike) -> FloatArray:
    """Return 3/n: what none of n still allows, one-sided with 95 % confidence.

    The exact bound is ``1 - 0.05 ** (1 / n)``; log 20 is 2.996.

    >>> float(rule_of_three(60))
    0.05
    """
    _, n = counts(0, trials)
    return np.asarray(np.minimum(3 / np.maximum(n, 3), 1.0))[()]


def mcnemar_p(only_first: ArrayLike, only_second: ArrayLike) -> FloatArray:
    """Return the exact two-sided p-value of McNemar's test, for two models on the same items.

    Items on which both do the same say nothing about which is worse. Among the others, each
    model is as likely as the other to be the one that failed, if there is no difference.

    Parameters
    ----------
    only_first, only_second : array-like of int
        Items on which the first model alone failed, and the second model alone.

    Examples
    --------
    >>> round(float(mcnemar_p(0, 6)), 5)
    0.03125
    """
    first, second = counts(only_first, np.add(only_first, only_second))
    fewer = np.minimum(first, second - first)
    one_side = np.vectorize(_fair_coin_at_most, otypes=[float])(fewer, second)
    return np.asarray(np.minimum(2 * one_side, 1.0))[()]


def _fair_coin_at_most(k: float, n: float) -> float:
    return float(binomial(int(n), 0.5, up_to=int(k)).sum())


def difference_p(k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike) -> FloatArray:
    """Return the two-sided p-value of Fisher's exact test, for two models on different items.

    Parameters
    ----------
    k1, n1 : array-like of int
        Failures and items of the first model.
    k2, n2 : array-like of int
        Those of the second.

    Examples
    --------
    Fisher's tea-tasting lady, three of four cups right: 34/70.

    >>> round(float(difference_p(3, 4, 1, 4)), 4)
    0.4857
    """
    k1, n1 = counts(k1, n1)
    k2, n2 = counts(k2, n2)
    p = np.vectorize(_fisher, otypes=[float])(k1, n1, k2, n2)
    return np.asarray(p)[()]


def _fisher(k1: float, n1: float, k2: float, n2: float) -> float:
    first, p = fisher_margin(int(n1), int(n2), int(k1 + k2))
    return float(p[int(k1) - first])


def fisher_margin(n1: int, n2: int, total: int) -> tuple[int, FloatArray]:
    """Return Fisher's p-value for every way in which `total` failures can fall on two models.

    Returns
    -------
    first : int
        The fewest failures that the first model can have.
    p : array
        P-value with ``first``, ``first + 1``, … failures of the first model.
    """
    first, last = max(0, total - n2), min(n1, total)
    ways = np.arange(first, last + 1)
    chance = np.exp(log_choose(n1, ways) + log_choose(n2, total - ways)
                    - log_choose(n1 + n2, total))  # fmt: skip
    order = np.argsort(chance)
    rising = np.append(0.0, np.cumsum(chance[order]))
    as_likely = np.searchsorted(chance[order], chance * SAME, side="right")
    return first, np.minimum(rising[as_likely], 1.0)


def power_of_comparison(
    p1: ArrayLike, p2: ArrayLike, n: ArrayLike, alpha: float = 0.05, paired: float | None = None
) -> FloatArray:
    """Return the chance that a comparison of two models finds their difference. Exact.

    Parameters
    ----------
    p1, p2 : array-like of float
        True failure rates of the two models.
    n : array-like of int
        Items that each model answers.
    alpha : float
        The difference counts as found where the p-value is at most this.
    paired : float or None
        None: each model answers items of its own; Fisher's exact test. A number: both answer the
        same items; McNemar's exact test. At 0 their failures are independent of each other; at 1
        the better model fails only where the other one fails too; in between, the share of items
        on which both fail lies in between.

    Examples
    --------
    >>> round(float(power_of_comparison(0.05, 0.15, 140)), 2)
    0.76
    >>> round(float(power_of_comparison(0.05, 0.15, 80, paired=1)), 2)
    0.82
    """
    p1, p2, n = np.broadcast_arrays(shares(p1), shares(p2), counts(0, n)[1])
    if paired is not None and not 0 <= paired <= 1:
        raise ValueError(f"paired is {paired}. Allowed: None for different items, or 0 to 1.")
    alpha = open_unit(alpha, "alpha")
    values = [
        _power_of_own_items(a, b, int(m), alpha)
        if paired is None
        else _power_on_shared_items(a, b, int(m), alpha, paired)
        for a, b, m in zip(p1.flat, p2.flat, n.flat, strict=True)
    ]
    return np.reshape(np.array(values), p1.shape)[()]


def power_of_rule(found: NDArray[np.bool_], p1: float, p2: float) -> float:
    """Return the chance that a rule says "different" for two models on items of their own.

    Parameters
    ----------
    found : (n + 1, n + 1) bool
        Whether the rule says so after k1 (row) and k2 (column) failures.
    p1, p2 : float
        True failure rates.
    """
    n = len(found) - 1
    return min(float(binomial(n, p1) @ found @ binomial(n, p2)), 1.0)  # but for rounding


def _power_of_own_items(p1: float, p2: float, n: int, alpha: float) -> float:
    return power_of_rule(_fisher_rejects(n, alpha), p1, p2)


@lru_cache(maxsize=256)
def _fisher_rejects(n: int, alpha: float) -> NDArray[np.bool_]:
    found = np.zeros((n + 1, n + 1), dtype=bool)
    for total in range(2 * n + 1):
        first, p = fisher_margin(n, n, total)
        k1 = np.arange(first, first + len(p))
        found[k1, total - k1] = p <= alpha * SAME
    return found


def _power_on_shared_items(p1: float, p2: float, n: int, alpha: float, paired: float) -> float:
    both = p1 * p2 + paired * (min(p1, p2) - p1 * p2)
    only_first, only_second = p1 - both, p2 - both
    differ = only_first + only_second
    if differ <= 0:
        return 0.0
    found = [_found_among(m, only_first / differ, alpha) for m in range(n + 1)]
    return min(float(binomial(n, min(differ, 1.0)) @ found), 1.0)


def _found_among(items: int, share: float, alpha: float) -> float:
    """Return the chance of p ≤ alpha where the models differ on `items` items."""
    tail = np.cumsum(binomial(items, 0.5))
    fewer = np.minimum(np.arange(items + 1), np.arange(items, -1, -1))
    return float(binomial(items, share) @ (2 * tail[fewer] <= alpha * SAME))
