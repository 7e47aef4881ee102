"""Can two models be told apart? McNemar's test on the items that both were asked, in a sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

from proxygap.posture.rates import failures
from proxygap.posture.results import Graded
from proxygap.simulations import proportions

ALPHA, POWER = 0.05, 0.8


class Comparison(NamedTuple):
    """Two models on the same items, for one kind of error.

    Attributes
    ----------
    items : int
        Items that both were asked.
    both, only_first, only_second : int
        On how many of them both failed, and one alone.
    p : float
        McNemar's exact two-sided p-value.
    """

    items: int
    both: int
    only_first: int
    only_second: int
    p: float

    @property
    def is_told_apart(self) -> bool:
        """Return whether the difference is more than chance would do."""
        return self.items > 0 and self.p <= ALPHA


def compare(first: Sequence[Graded], second: Sequence[Graded], measure: str) -> Comparison:
    """Compare two sets of verdicts on the items that they share."""
    one, other = failures(first, measure), failures(second, measure)
    shared = [name for name in one if name in other]
    only_first = sum(one[name] and not other[name] for name in shared)
    only_second = sum(other[name] and not one[name] for name in shared)
    both = sum(one[name] and other[name] for name in shared)
    p = float(proportions.mcnemar_p(only_first, only_second))
    return Comparison(len(shared), both, only_first, only_second, p)


def items_needed(found: Comparison) -> int | None:
    """Return about how many items would tell a difference of this size apart in 4 of 5 runs.

    The closed form for paired shares: with d the difference and s the share of items on which the
    models differ, (z₁ √s + z₂ √(s − d²))² / d². None where no difference was seen.
    """
    if found.only_first == found.only_second:
        return None
    differ = (found.only_first + found.only_second) / found.items
    gap = abs(found.only_first - found.only_second) / found.items
    alpha, power = (NormalDist().inv_cdf(p) for p in (1 - ALPHA / 2, POWER))
    root = alpha * math.sqrt(differ) + power * math.sqrt(max(differ - gap**2, 0.0))
    return math.ceil((root / gap) ** 2)


def sentence(found: Comparison, first: str, second: str) -> str:
    """Say whether two models can be told apart, and if not, how many more items it would take."""
    if found.items == 0:
        return f"Nothing to compare: no item was asked of both {first} and {second}."
    alone = (
        f"on the same {found.items} items {first} alone failed on {found.only_first}, "
        f"{second} alone on {found.only_second}"
    )
    if found.is_told_apart:
        return f"Told apart: {alone} (McNemar {p_value(found.p)})."
    unlike = f"Not distinguishable at this n: {alone} (McNemar {p_value(found.p)})."
    needed = items_needed(found)
    if needed is None:
        return f"{unlike} No difference was seen."
    more = max(10, 10 * math.ceil((needed - found.items) / 10))
    return f"{unlike} If the difference is real, about {more:,} more items would show it."


def p_value(p: float) -> str:
    """Write a p-value: ``p = 0.03``, ``p < 0.001``."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.2g}" if p < 0.1 else f"p = {p:.2f}"
