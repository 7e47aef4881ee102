"""Linden, a small town that does not exist: its notices, and what is so in it.

The n-gram models of the chapter on language models read one part of the notices and are measured
on the other. Hours and days are written down beside the text, so that what a model writes can be
held against the truth, which the model never sees.

>>> [(one.what, one.true) for one in statements(("the", "bakery", "opens", "at", "nine", "."))]
[('the bakery opens at nine', False)]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from proxygap.simulations._ngram import DISCOUNT, NextWord, NGram, chance, words_of

FORMS: Mapping[str, str] = {"opens": "opens at", "closes": "closes at", "closed": "is closed on"}
"""How each kind of fact is put."""

UNTOLD = ("gallery", "workshop", "boathouse", "clinic")
"""Places whose hours stand in the held-out part alone."""


@dataclass(frozen=True)
class Town:
    """The text and the facts.

    Parameters
    ----------
    read, held_out : tuple of str
        The words that models learn from, and those that they are measured on.
    facts : mapping
        For each kind in `FORMS` and each place, every value that is true.
    """

    read: tuple[str, ...]
    held_out: tuple[str, ...]
    facts: Mapping[str, Mapping[str, tuple[str, ...]]]

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word that occurs; models know them all beforehand."""
        return frozenset({*self.read, *self.held_out})

    @property
    def told(self) -> tuple[str, ...]:
        """The places whose opening hours the models have read."""
        return tuple(place for place in self.facts["opens"] if place not in UNTOLD)


@cache
def town() -> Town:
    """Return the town."""
    text = files(__package__).joinpath("_linden.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    facts = {kind: {place: tuple(values) for place, values in data[kind].items()} for kind in FORMS}
    return Town(words_of(data["read"]), words_of(data["held_out"]), facts)


_SPELLED = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


def spelled(number: int) -> str:
    """Return a number as a sentence says it: in a word up to twelve, in figures from there on.

    >>> spelled(11), spelled(1610)
    ('eleven', '1,610')
    """
    return _SPELLED[number] if number < len(_SPELLED) else f"{number:,}"


WORDS_READ = spelled(len(town().read))
WORDS_KNOWN = spelled(len(town().vocabulary))
PLACES_TOLD = spelled(len(town().told))
"""The size of the notices, for sentences: nobody types these numbers."""


@lru_cache(maxsize=64)
def model(order: int, read: int | None = None, discount: float = DISCOUNT) -> NGram:
    """Return an n-gram model that has read the first `read` words of the notices, or all."""
    return NGram(town().read[:read], order, town().vocabulary, discount)


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a text says of an hour or a day, and whether it is so."""

    what: str
    true: bool


def statements(words: Sequence[str]) -> tuple[Statement, ...]:
    """Return what a text states about hours and days that can be checked, in its order."""
    text = " ".join(words)
    found = [(match.start(), one) for match in _pattern().finditer(text) for one in _said(match)]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _said(match: re.Match[str]) -> list[Statement]:
    place, said = match["place"], []
    for kind, form in FORMS.items():
        value, truth = match[kind], town().facts[kind].get(place)
        if value and truth is not None:
            said.append(Statement(f"the {place} {form} {value}", value in truth))
    return said


@cache
def _pattern() -> re.Pattern[str]:
    facts = town().facts
    places = "|".join(sorted(facts["closed"], key=len, reverse=True))
    hours = "one|two|three|four|five|six|seven|eight|nine|ten"
    days = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    return re.compile(
        rf"\bthe (?P<place>{places}) (?:opens at (?P<opens>{hours})\b"
        rf"(?: and closes at (?P<closes>{hours})\b)?|is closed on (?P<closed>{days})\b)"
    )


def opening(place: str) -> tuple[str, ...]:
    """Return the words that ask for the hour at which a place opens."""
    return words_of(f". The {place} opens at")


def right_hours(predicts: NextWord, places: Sequence[str]) -> float:
    """Return the chance that the model tells the right opening hour, mean over these places."""
    hours = town().facts["opens"]
    return float(np.mean([chance(predicts, opening(p), hours[p][0]) for p in places]))
