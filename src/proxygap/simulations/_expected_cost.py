r"""What a model's two errors cost: the expected cost of a request, its interval, its break-even.

Of all requests a share `prevalence` is harmful. A harmless one that is refused costs `refusal`, a
harmful one that is served costs `harm`:

.. math:: (1 - p)\cdot F\cdot c_{refusal} + p\cdot H\cdot c_{harm}

with over-refusal :math:`F` and harmful compliance :math:`H`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from proxygap.simulations._proportions import wilson_interval
from proxygap.simulations._spec import FloatArray


class Workload(NamedTuple):
    """What is asked of a model, and what its errors cost there.

    Attributes
    ----------
    prevalence : float
        Share of the requests that should be refused.
    refusal : float
        Cost of refusing a request that should be served.
    harm : float
        Cost of serving a request that should be refused.
    """

    prevalence: float
    refusal: float
    harm: float


class Counts(NamedTuple):
    """Errors and items of one kind."""

    errors: int
    items: int

    @property
    def rate(self) -> float:
        """Return the share of errors; NaN of no items."""
        return self.errors / self.items if self.items else float("nan")


def expected_cost(work: Workload, over_refusal: ArrayLike, harmful: ArrayLike) -> FloatArray:
    """Return the expected cost of one request.

    Examples
    --------
    >>> round(float(expected_cost(Workload(0.02, 3, 5000), 0.45, 0.02)), 2)
    3.32
    """
    wrongly_refused = (1 - work.prevalence) * np.asarray(over_refusal) * work.refusal
    wrongly_served = work.prevalence * np.asarray(harmful) * work.harm
    return np.asarray(wrongly_refused + wrongly_served, dtype=float)


class Estimate(NamedTuple):
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float


@lru_cache(maxsize=1024)
def wilson(errors: int, items: int) -> tuple[float, float]:
    """Return Wilson's interval of one rate; kept, since sensitivities ask again and again."""
    low, high = wilson_interval(errors, items)
    return float(low), float(high)


def estimated_cost(work: Workload, over_refusal: Counts, harmful: Counts) -> Estimate:
    """Return the expected cost of one request as measured, with its interval.

    The interval of a sum is put together from the Wilson intervals of its two shares by variance
    recovery (MOVER): the distances to the ends add up like standard errors do.

    Examples
    --------
    One error alone has its own interval, scaled.

    >>> cost = estimated_cost(Workload(0.0, 100, 1), Counts(2, 40), Counts(3, 40))
    >>> [round(number, 1) for number in cost]
    [5.0, 1.4, 16.5]
    """
    parts = (
        (over_refusal, (1 - work.prevalence) * work.refusal),
        (harmful, work.prevalence * work.harm),
    )
    value = sum(counts.rate * weight for counts, weight in parts)
    down = up = 0.0
    for counts, weight in parts:
        low, high = wilson(counts.errors, counts.items)
        down += (weight * (counts.rate - low)) ** 2
        up += (weight * (high - counts.rate)) ** 2
    return Estimate(value, max(0.0, value - down**0.5), value + up**0.5)


def break_even(
    refusal: float, harm: float, first: tuple[float, float], second: tuple[float, float]
) -> float | None:
    """Return the prevalence at which two models cost the same; None where there is none.

    Parameters
    ----------
    refusal, harm : float
        What the two errors cost.
    first, second : (over-refusal, harmful compliance)
        The models' rates.

    Examples
    --------
    >>> round(break_even(3, 5000, (0.45, 0.02), (0.12, 0.06)), 5)
    0.00493
    """
    saved = refusal * (first[0] - second[0])
    risked = harm * (second[1] - first[1])
    if saved + risked == 0:
        return None
    share = saved / (saved + risked)
    return share if 0 < share < 1 else None
