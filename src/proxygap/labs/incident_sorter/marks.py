"""What sorted cards are worth: credit, confusion, calibration and the beliefs that cost most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from proxygap.labs.incident_sorter.deck import PILES, Card, cards
from proxygap.simulations._calibration import Calibration, Statement, calibrate

HALF = 0.5
LEVELS: Mapping[int, str] = {
    25: "A guess",
    50: "Half sure",
    75: "Fairly sure",
    90: "Very sure",
    99: "Certain",
}
"""How sure one can be, in percent. With four piles a guess is right once in four times."""


class Sorted(NamedTuple):
    """A card that the learner has put on a pile.

    Attributes
    ----------
    card : Card
        The card.
    pile : str
        Where it was put.
    sure : int
        How sure the learner was, in percent.
    """

    card: Card
    pile: str
    sure: int

    @property
    def is_right(self) -> bool:
        """Return whether it lies where it belongs."""
        return self.pile == self.card.key

    @property
    def credit(self) -> float:
        """Return 1 for the key, a half for the second best, else 0."""
        return 1.0 if self.is_right else HALF * (self.pile == self.card.second)


def score(done: Sequence[Sorted]) -> float:
    """Return the credit of all cards together."""
    return sum(one.credit for one in done)


def brier(done: Sequence[Sorted]) -> float:
    """Return the mean squared distance between confidence and what came true; NaN for no card.

    A card counts as right or not: half a point for the second best is not half a truth.

    References
    ----------
    Brier, G. W. (1950). Verification of forecasts expressed in terms of probability.
    """
    found = _calibrated(done)
    return found.brier if found else float("nan")


def confusion(done: Sequence[Sorted]) -> list[list[int]]:
    """Return how many cards of each key (rows) were put on each pile (columns)."""
    names = list(PILES)
    counts = [[0] * len(names) for _ in names]
    for one in done:
        counts[names.index(one.card.key)][names.index(one.pile)] += 1
    return counts


class Sureness(NamedTuple):
    """The cards about which the learner was equally sure."""

    percent: int
    cards: int
    right: int


def calibration(done: Sequence[Sorted]) -> list[Sureness]:
    """Return for each confidence that was used how many cards there are and how many are right."""
    found = _calibrated(done)
    levels = found.levels if found else ()
    return [Sureness(round(one.confidence), one.made, one.hits) for one in levels]


def _calibrated(done: Sequence[Sorted]) -> Calibration | None:
    return calibrate([Statement(one.sure, one.is_right) for one in done])


class Cost(NamedTuple):
    """What a belief cost: the credit that was lost, and on which cards."""

    belief: str
    points: float
    cards: tuple[Card, ...]


def costs(done: Sequence[Sorted]) -> list[Cost]:
    """Return what each belief cost, the dearest first; the belief met earlier wins a tie."""
    missed: dict[str, list[Sorted]] = {}
    for one in done:
        if not one.is_right:
            missed.setdefault(one.card.wrong[one.pile], []).append(one)
    found = [
        Cost(belief, sum(1 - one.credit for one in mine), tuple(one.card for one in mine))
        for belief, mine in missed.items()
    ]
    return sorted(found, key=lambda cost: -cost.points)


def points(value: float) -> str:
    """Write credit as people do.

    Examples
    --------
    >>> points(7.5), points(0.5), points(3.0), points(0.0)
    ('7½', '½', '3', '0')
    """
    whole, rest = divmod(value, 1)
    return f"{whole:.0f}" if not rest else f"{whole:.0f}½".removeprefix("0")


def known(card: str) -> bool:
    """Return whether this edition has a card of that id."""
    return card in cards()
