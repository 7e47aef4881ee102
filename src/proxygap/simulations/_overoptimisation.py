r"""The curve of overoptimisation, d(α − βd) with :math:`d = \sqrt{\mathrm{KL}}`.

gao2023 found that the gold reward of best-of-n follows it, and that α and β say how good a proxy
is. It is exact for a normal proxy and a gold reward quadratic in it, under exponential tilting.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from proxygap.simulations._order_statistics import best_of_n
from proxygap.simulations._spec import FloatArray

GAIN, HARM = 1.0, 0.2  # a and c of the exact case: gold = a · proxy − c · (proxy² − 1)


class Fit(NamedTuple):
    """A fitted curve d(α − βd).

    Attributes
    ----------
    alpha : float
        Gold gained per unit of distance at the start.
    beta : float
        How fast the gain fades.
    r2 : float
        Share of the variance that the curve explains, at most 1.
    """

    alpha: float
    beta: float
    r2: float


def curve(distance: FloatArray, alpha: float, beta: float) -> FloatArray:
    """Return d(α − βd)."""
    return distance * (alpha - beta * distance)


def fit_curve(distance: FloatArray, reward: FloatArray) -> Fit:
    """Fit d(α − βd) by least squares.

    Parameters
    ----------
    distance : (M,) array
        d, the square root of the divergence from the base.
    reward : (M,) array
        Gold reward there, less that of the base.

    Examples
    --------
    >>> d = np.array([1.0, 2.0, 3.0])
    >>> fit = fit_curve(d, curve(d, alpha=1.5, beta=0.25))
    >>> round(fit.alpha, 9), round(fit.beta, 9), round(fit.r2, 9)
    (1.5, 0.25, 1.0)
    """
    terms = np.stack([distance, -(distance**2)], axis=1)
    (alpha, beta), *_ = np.linalg.lstsq(terms, reward, rcond=None)
    missed = reward - curve(distance, alpha, beta)
    scatter = ((reward - reward.mean()) ** 2).sum()
    r2 = 1 - (missed @ missed) / scatter if scatter > 0 else 1.0
    return Fit(float(alpha), float(beta), float(r2))


def tilt(base: FloatArray, score: FloatArray, strength: float) -> FloatArray:
    """Return the policy proportional to base · exp(strength · score).

    Of all policies as far from the base it has the highest mean score.

    Parameters
    ----------
    base : (…, K) array
        Probabilities, one policy in each row; only their ratios matter.
    score : (…, K) array
        What the policy is trained on.
    strength : float
        Nats for each unit of score.
    """
    exponent = np.where(base > 0, strength * score, -np.inf)
    weight = base * np.exp(exponent - exponent.max(axis=-1, keepdims=True))
    return np.asarray(weight / weight.sum(axis=-1, keepdims=True))


def exact_rewards(distance: FloatArray) -> dict[str, FloatArray]:
    """Tilt a normal proxy until it is `distance` away, and look at a gold reward quadratic in it.

    Parameters
    ----------
    distance : (M,) array
        d, the square root of the divergence, at most 4.

    Returns
    -------
    dict
        ``tilted_proxy`` and ``tilted_gold``, (M,) each.
    """
    proxy, base, worth = _quadratic_world()
    policies = [tilt(base, proxy, np.sqrt(2) * d) for d in distance]
    return {
        "tilted_proxy": np.array([policy @ proxy for policy in policies]),
        "tilted_gold": np.array([policy @ worth for policy in policies]),
    }


def exact_best_of_n(sizes: FloatArray) -> FloatArray:
    """Return the gold reward of best-of-n in the same world, (M,)."""
    proxy, base, worth = _quadratic_world()
    return np.array([best_of_n(base, proxy, n) @ worth for n in sizes])


def _quadratic_world() -> tuple[FloatArray, FloatArray, FloatArray]:
    proxy = np.arange(-12, 12.001, 0.01)
    base = np.exp(-(proxy**2) / 2)
    return proxy, base / base.sum(), GAIN * proxy - HARM * (proxy**2 - 1)
