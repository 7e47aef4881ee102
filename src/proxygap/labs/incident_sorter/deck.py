"""The cards, the piles and the beliefs of the incident sorter, read from the data beside them."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple


class Pile(NamedTuple):
    """A rung of the ladder: a question, and the pile of the cards whose first yes it is.

    Attributes
    ----------
    name : str
        What the pile is called.
    question : str
        What is asked.
    """

    name: str
    question: str


PILES: Mapping[str, Pile] = {
    "security": Pile("Security", "Did somebody who had no right to do so bring it about?"),
    "alignment": Pile("Alignment", "Did the system pursue something other than what was intended?"),
    "safety": Pile(
        "Safety",
        "Did it do as intended, but reliability, monitoring or deployment let harm through?",
    ),
    "ethics": Pile(
        "Ethics", "Did everything work as intended, so that the choice itself does the harm?"
    ),
}
"""The ladder, in the order in which it is walked. The first yes decides."""


class Card(NamedTuple):
    """An incident.

    Attributes
    ----------
    id, pair, title : str
        Its name in a saved state, its pair's, and the name that readers see.
    story, fact : str
        What both cards of the pair tell, and what this one adds.
    key, second : str
        The pile it belongs in, and the one that is worth half.
    why, dispute : str
        The reason for the key, and what may be said against it.
    wrong : mapping of str to str
        For each wrong pile the belief that it stands for.
    """

    id: str
    pair: str
    title: str
    story: str
    fact: str
    key: str
    second: str
    why: str
    dispute: str
    wrong: Mapping[str, str]

    @property
    def text(self) -> str:
        """Return the whole incident."""
        return f"{self.story} {self.fact}"


class Pair(NamedTuple):
    """Two cards that tell the same story up to one fact.

    Attributes
    ----------
    id, title, lesson : str
        Its name, its name for readers, and what it shows.
    round : int
        The round it is sorted in, from 1 on.
    cards : tuple of Card
        The two.
    """

    id: str
    title: str
    lesson: str
    round: int
    cards: tuple[Card, Card]


class Belief(NamedTuple):
    """A misconception and the section of the course that refutes it."""

    title: str
    chapter: str
    section: str


def _data(name: str) -> dict[str, Any]:
    file = resources.files(__package__) / name
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def pairs() -> tuple[Pair, ...]:
    """Return every pair in the order of the file."""
    return tuple(map(_pair, _data("cards.toml")["pair"]))


def _pair(given: dict[str, Any]) -> Pair:
    shared = {"pair": given["id"], "title": given["title"], "story": given["story"]}
    one, other = (Card(**shared, **card) for card in given["card"])
    return Pair(given["id"], given["title"], given["lesson"], given["round"], (one, other))


@cache
def cards() -> Mapping[str, Card]:
    """Return every card by its id."""
    return {card.id: card for pair in pairs() for card in pair.cards}


@cache
def beliefs() -> Mapping[str, Belief]:
    """Return every belief by its id."""
    return {name: Belief(**given) for name, given in _data("beliefs.toml").items()}


@cache
def rounds() -> Mapping[int, tuple[Card, ...]]:
    """Return the cards of each round in the order in which they are dealt."""
    return {number: _dealt(number) for number in sorted({pair.round for pair in pairs()})}


def _dealt(number: int) -> tuple[Card, ...]:
    """Deal one card of each pair, then the others, so that nobody sees a pair side by side."""
    mine = sorted((pair for pair in pairs() if pair.round == number), key=lambda p: _lot(p.id))
    drawn = [sorted(pair.cards, key=lambda card: _lot(card.id)) for pair in mine]
    return tuple(two[which] for which in (0, 1) for two in drawn)


def _lot(name: str) -> int:
    return zlib.crc32(name.encode())
