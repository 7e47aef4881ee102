"""What lies on the bench: passages to predict, models to play against, sentences to weigh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from proxygap.simulations._linden import model, town
from proxygap.simulations._ngram import NextWord, words_of

POSITIONS = 10

OPENINGS: Mapping[str, tuple[str, str]] = {
    "tea": ("A pot of tea", "to make a pot of tea you need"),
    "gallery": ("The gallery", "the gallery opens"),
    "market": ("Market day", "on tuesday the market opens"),
}
"""Passages by name: a title, and the words of the held-out notices with which they begin."""

MODELS: Mapping[str, str] = {
    "1": "no word before",
    "2": "the last word",
    "3": "the last 2 words",
    "5": "the last 4 words",
}
"""Models by order: what they look at."""

STARTS: Mapping[str, str] = {
    "gallery": "the gallery opens at",
    "well": "people say that the well is",
    "bakery": "the bakery opens at",
    "put": "put the",
}
"""What a text may begin with."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that are shown, and ten that are to be predicted one by one."""

    title: str
    given: tuple[str, ...]
    words: tuple[str, ...]

    def before(self, at: int) -> tuple[str, ...]:
        """Return all words before position `at`."""
        return (*self.given, *self.words[:at])


@cache
def passages() -> dict[str, Passage]:
    """Return the passages by name."""
    return {name: _passage(title, opening) for name, (title, opening) in OPENINGS.items()}


def _passage(title: str, opening: str) -> Passage:
    given, text = words_of(opening), town().held_out
    start = next(i for i in range(len(text)) if text[i : i + len(given)] == given) + len(given)
    return Passage(title, given, text[start : start + POSITIONS])


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to weigh, and whether it is so in Linden."""

    text: str
    true: bool


SENTENCES: Mapping[str, Sentence] = {
    "six": Sentence("The bakery opens at six.", True),
    "nine": Sentence("The bakery opens at nine.", False),
    "turned": Sentence("At six the bakery opens.", True),
    "sixty": Sentence("The well is sixty years old.", True),
    "hundred": Sentence("The well is two hundred years old.", False),
}


def predictor(order: str) -> NextWord:
    """Return the model of this order. Whatever predicts words can be put here."""
    return model(int(order))


def pretty(words: Sequence[str]) -> str:
    """Return words as a text with capital letters after full stops.

    >>> pretty(("the", "well", "is", "old", ".", "please", "wait"))
    'The well is old. Please wait'
    """
    sentences = " ".join(words).replace(" .", ".").split(". ")
    return ". ".join(one[:1].upper() + one[1:] for one in sentences)


def named(word: str) -> str:
    """Return a word as a table shows it: a full stop by its name.

    >>> named("."), named("tea")
    ('full stop', 'tea')
    """
    return "full stop" if word == "." else word


def spoken(word: str) -> str:
    """Return a word as a sentence names it.

    >>> spoken("."), spoken("tea")
    ('a full stop', '“tea”')
    """
    return "a full stop" if word == "." else f"“{word}”"
