r"""How often an alarm is right, and how often several filters err together. Exact.

A filter stops a share TPR of the harmful requests and a share FPR of the harmless ones. Of all that
it stops, the positive predictive value is harmful:

.. math:: PPV = \frac{P \cdot TPR}{P \cdot TPR + (1 - P) \cdot FPR}

with the prevalence P. Layers err together as far as their scores correlate. The scores are joined
by a Gaussian copula with one common factor, whose share in every score is the correlation. Given
the factor they are independent, so that one integral is left:

.. math:: \int \varphi(z) \prod_l \Phi\!\left(
    \frac{\Phi^{-1}(m_l) - \sqrt\rho\, z}{\sqrt{1 - \rho}}\right) dz
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import erfc, pi, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from proxygap.errors import UsageError
from proxygap.simulations._spec import FloatArray

STANDARD = NormalDist()
NEARLY_ONE = 1 - 1e-6  # a correlation between this and 1 counts as this; errs by less than 2e-4
REACH = 9.0  # standard deviations of the factor; beyond them lies less than 1e-18
_below = np.frompyfunc(lambda z: 0.5 * erfc(-z / sqrt(2)), 1, 1)


def normal_cdf(z: ArrayLike) -> FloatArray:
    """Return the share of a standard normal variable below each z."""
    return np.asarray(_below(np.asarray(z, dtype=float)), dtype=float)


def precision(prevalence: ArrayLike, caught: ArrayLike, false_alarms: ArrayLike) -> FloatArray:
    """Return the positive predictive value: the share of the alarms that are right.

    Parameters
    ----------
    prevalence : array
        Share of the requests that are harmful.
    caught : array
        TPR, the share of the harmful ones that raise an alarm.
    false_alarms : array
        FPR, the share of the harmless ones that raise an alarm.

    Returns
    -------
    array
        NaN where nothing raises an alarm.

    Examples
    --------
    >>> round(float(precision(0.001, 0.95, 0.01)), 4)
    0.0868
    """
    right = np.asarray(prevalence, dtype=float) * np.asarray(caught, dtype=float)
    alarms = right + (1 - np.asarray(prevalence, dtype=float)) * np.asarray(false_alarms)
    return np.asarray(
        np.divide(right, alarms, out=np.full(np.shape(alarms), np.nan), where=alarms > 0)
    )


def accuracy(prevalence: ArrayLike, caught: ArrayLike, false_alarms: ArrayLike) -> FloatArray:
    """Return the share of all requests that are judged rightly."""
    share = np.asarray(prevalence, dtype=float)
    return np.asarray(share * np.asarray(caught) + (1 - share) * (1 - np.asarray(false_alarms)))


def joint_miss(misses: Sequence[float], correlation: float) -> float:
    """Return the chance that every layer misses the same harmful request.

    Parameters
    ----------
    misses : sequence of float
        m, the share of the harmful requests that each layer misses.
    correlation : float
        Of the layers' scores, from 0 to 1.

    Raises
    ------
    UsageError
        If a share or the correlation is not between 0 and 1.

    Examples
    --------
    >>> [round(joint_miss((0.1, 0.1, 0.1), rho), 3) for rho in (0.0, 0.6, 0.9)]
    [0.001, 0.022, 0.056]
    """
    for name, share in (*(("A miss", miss) for miss in misses), ("The correlation", correlation)):
        if not 0 <= share <= 1:
            raise UsageError(f"{name} is {share}, and must lie between 0 and 1.")
    rho = 1.0 if correlation == 1 else min(float(correlation), NEARLY_ONE)
    return _joint(tuple(sorted(map(float, misses))), rho)


@lru_cache(maxsize=4096)
def _joint(misses: tuple[float, ...], correlation: float) -> float:
    if not misses or min(misses) == 0:
        return float(not misses)
    if correlation == 1:
        return min(misses)
    if correlation == 0:
        return float(np.prod(misses))
    # The trapezoid rule is as good as exact for so smooth a function, if its steps are finer than
    # the width in which Φ rises.
    width = sqrt((1 - correlation) / correlation)
    factor, step = np.linspace(
        -REACH, REACH, int(2 * REACH / min(0.05, width / 5)) + 1, retstep=True
    )
    weight = np.exp(-(factor**2) / 2) / sqrt(2 * pi) * step
    product = weight
    for miss in misses:
        if miss < 1:
            edge = STANDARD.inv_cdf(miss)
            shifted = (edge - sqrt(correlation) * factor) / sqrt(1 - correlation)
            product = product * normal_cdf(shifted)
    return float(product.sum())


def benign_pass(false_alarms: Sequence[float], correlation: float) -> float:
    """Return the share of the harmless requests that no layer stops.

    Examples
    --------
    >>> round(benign_pass((0.02, 0.02, 0.02), 0.0), 4)
    0.9412
    """
    return joint_miss([1 - share for share in false_alarms], correlation)


def separation(caught: float, false_alarms: float) -> float:
    """Return the distance d′ of two normal scores, of spread 1, that has these two rates.

    Examples
    --------
    >>> round(separation(0.95, 0.01), 2)
    3.97
    """
    return STANDARD.inv_cdf(caught) - STANDARD.inv_cdf(false_alarms)


def area_under_roc(apart: float) -> float:
    """Return the chance that a harmful request scores higher than a harmless one, Φ(d′/√2)."""
    return float(normal_cdf(apart / sqrt(2)))


def area_under_precision(prevalence: float, apart: float) -> float:
    """Return the mean precision over all recalls, known as AUPRC or average precision."""
    thresholds = np.linspace(-10, apart + 10, 4001)
    recall, false_alarms = normal_cdf(apart - thresholds), normal_cdf(-thresholds)
    right = precision(prevalence, recall, false_alarms)
    return float(-np.sum((right[1:] + right[:-1]) / 2 * np.diff(recall)))
