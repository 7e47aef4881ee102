"""Cut a large bank into rounds that can be finished in a few minutes, by family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from proxygap.errors import UsageError
from proxygap.quiz.model import FAMILIES, Family, Item

ROUND = 8
"""Most items in a round: about ten minutes."""


@dataclass(frozen=True, slots=True)
class Set:
    """The items of one family.

    Attributes
    ----------
    family : str
        What the learner does in them.
    rounds : tuple of tuple of Item
        At most `ROUND` items each, as equal in number as can be, from easy to hard.
    """

    family: Family
    rounds: tuple[tuple[Item, ...], ...]

    @property
    def title(self) -> str:
        """Return the family's name for readers."""
        return self.family.capitalize()

    @property
    def items(self) -> tuple[Item, ...]:
        """Return all items, round after round."""
        return tuple(item for one in self.rounds for item in one)


def by_family(items: Iterable[Item]) -> tuple[Set, ...]:
    """Return the sets of `items`, in the order of `FAMILIES`; families without items are left out.

    Raises
    ------
    UsageError
        If an item names no family.
    """
    items = tuple(items)
    for item in items:
        if item.family is None:
            raise UsageError(
                f"Item '{item.id}' names no family, so it belongs to no set. Add 'family:' to it, "
                f"one of: {', '.join(FAMILIES)}."
            )
    found = {family: [item for item in items if item.family == family] for family in FAMILIES}
    return tuple(Set(family, _rounds(members)) for family, members in found.items() if members)


def _rounds(items: list[Item]) -> tuple[tuple[Item, ...], ...]:
    ordered = sorted(items, key=lambda item: item.difficulty)  # stable: the author's order within
    count = -(-len(ordered) // ROUND)
    ends = [round(len(ordered) * i / count) for i in range(count + 1)]
    return tuple(tuple(ordered[a:b]) for a, b in pairwise(ends))
