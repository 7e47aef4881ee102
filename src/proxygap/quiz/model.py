"""The item bank as data: what an author wrote, checked and typed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from proxygap.errors import UsageError, did_you_mean

Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
BLOOM_LEVELS: tuple[Bloom, ...] = (
    "remember", "understand", "apply", "analyse", "evaluate", "create",
)  # fmt: skip

Family = Literal["classify", "diagnose", "compute", "decide"]
FAMILIES: tuple[Family, ...] = ("classify", "diagnose", "compute", "decide")


def option_id(text: str) -> str:
    """Return a short name for an option that survives reordering, but not rewriting.

    It begins with a letter, since JavaScript puts keys that look like numbers before all others.
    """
    return f"o{hashlib.sha256(text.strip().encode()).hexdigest()[:7]}"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice item."""

    text: str
    feedback: str
    correct: bool = False
    second_best: bool = False  # earns half; single choice only
    misconception: str | None = None
    line: int = 1

    @property
    def id(self) -> str:
        """Return the option's stable name."""
        return option_id(self.text)


@dataclass(frozen=True, slots=True)
class Fallback:
    """What is said to an answer that nobody foresaw."""

    feedback: str
    misconception: str


@dataclass(frozen=True, slots=True)
class Single:
    """One option is right."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Multiple:
    """Any number of options may be right."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A value, the interval in which an answer counts as it, and what is said to it."""

    value: float
    low: float
    high: float
    feedback: str
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """The learner types a number."""

    answer: Band
    mistakes: tuple[Band, ...]
    otherwise: Fallback
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Texts that count as the same answer, and what is said to it."""

    accept: tuple[str, ...]
    feedback: str
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The learner types a word or two."""

    answer: Phrases
    mistakes: tuple[Phrases, ...]
    otherwise: Fallback


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an order item."""

    text: str
    feedback: str

    @property
    def id(self) -> str:
        """Return the step's stable name."""
        return option_id(self.text)


@dataclass(frozen=True, slots=True)
class Order:
    """The learner puts steps in order; they are kept in the right order."""

    steps: tuple[Step, ...]
    otherwise: Fallback


@dataclass(frozen=True, slots=True)
class Card:
    """One card of a classify item."""

    text: str
    category: str
    feedback: str
    misconception: str

    @property
    def id(self) -> str:
        """Return the card's stable name."""
        return option_id(self.text)


@dataclass(frozen=True, slots=True)
class Classify:
    """The learner sorts cards into categories."""

    categories: tuple[str, ...]
    cards: tuple[Card, ...]


Body = Single | Multiple | Number | Text | Order | Classify


@dataclass(frozen=True, slots=True)
class Item:
    """One question."""

    id: str
    type: str
    stem: str
    explanation: str
    objective: str
    bloom: Bloom
    difficulty: int
    source: str
    section: str
    body: Body
    dispute: str = ""
    family: Family | None = None
    last_reviewed: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Misconception:
    """Something that many people believe and that is not so."""

    id: str
    title: str
    people_think: str
    refutation: str
    chapter: str
    section: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Quiz:
    """The items of one chapter; all quizzes together are the item bank."""

    chapter: str
    title: str
    objectives: dict[str, str]
    items: tuple[Item, ...]
    file: Path = field(default=Path(), compare=False)

    def item(self, item_id: str) -> Item:
        """Return the item called `item_id`.

        Raises
        ------
        UsageError
            If there is none; the message suggests the nearest name.
        """
        found = {item.id: item for item in self.items}
        if item_id not in found:
            raise UsageError(
                f"Unknown item '{item_id}' in the quiz '{self.chapter}'."
                f"{did_you_mean(item_id, found)} Its items: {', '.join(found)}."
            )
        return found[item_id]

    def of_family(self, family: str | None) -> list[Item]:
        """Return the items of `family`, or all of them for None.

        Raises
        ------
        UsageError
            If no item belongs to it; the message says which families there are.
        """
        found = [item for item in self.items if family in (None, item.family)]
        if not found:
            known = [name for name in FAMILIES if any(i.family == name for i in self.items)]
            raise UsageError(
                f"No item of the quiz '{self.chapter}' belongs to the family '{family}'."
                f"{did_you_mean(str(family), known)} "
                f"Its families: {', '.join(known) or 'none; leave --family out'}."
            )
        return found
