"""What a kept answer says: which choices were made, what it earned, which beliefs it shows."""

from __future__ import annotations

from typing import Any, NamedTuple

from proxygap.quiz import Item, rule_of, score
from proxygap.quiz.model import Classify, Multiple, Number, Order, Single, Text, option_id
from proxygap.quiz.rules import OTHERWISE, RIGHT, notes_of
from proxygap.quiz.scoring import Response, Score

POSSIBLE = {"correct": (1.0, 1.0), "partly": (1e-9, 1 - 1e-9), "wrong": (0.0, 0.0)}
NUMBERS = {int, float}


class Choice(NamedTuple):
    """Something that can be answered to an item.

    Attributes
    ----------
    name : str
        Its stable name within the item.
    text : str
        What it says.
    right : bool
        Whether it is (part of) the right answer.
    """

    name: str
    text: str
    right: bool


class Answer(NamedTuple):
    """What a first answer to an item is worth; learners who answered alike share one.

    Attributes
    ----------
    credit : float
        What the answer earned, 0 to 1.
    chosen : tuple of str or None
        Names of the choices; None where the file does not say what the first answer was.
    beliefs : frozenset of str
        Misconceptions that the answer shows.
    """

    credit: float
    chosen: tuple[str, ...] | None
    beliefs: frozenset[str]


class UnusableError(Exception):
    """An answer that says nothing about its item; the message ends "…: item 'x' …"."""


def choices_of(item: Item) -> list[Choice]:
    """Return everything that can be answered to `item`, in the order of its author."""
    match item.body:
        case Single(options) | Multiple(options):
            return [Choice(option.id, option.text, option.correct) for option in options]
        case Number(answer, mistakes):
            return _typed(f"{answer.value:g}", [f"{band.value:g}" for band in mistakes])
        case Text(phrases, wrong):
            return _typed(phrases.accept[0], [group.accept[0] for group in wrong])
        case Order():
            return [Choice(RIGHT, "the right order", right=True),
                    Choice(OTHERWISE, "any other order", right=False)]  # fmt: skip
        case Classify(categories, cards):
            return [Choice(f"{card.id}>{option_id(category)}", f"{card.text} → {category}",
                           right=category == card.category)
                    for card in cards for category in categories]  # fmt: skip


def _typed(key: str, mistakes: list[str]) -> list[Choice]:
    foreseen = [Choice(f"mistake-{i}", text, right=False) for i, text in enumerate(mistakes)]
    return [Choice(RIGHT, key, right=True), *foreseen,
            Choice(OTHERWISE, "anything else", right=False)]  # fmt: skip


class Judge:
    """Scores answers to one item; an answer that was seen before is looked up."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self._rule = rule_of(item)
        self._notes = notes_of(item)
        self._seen: dict[object, Answer] = {}

    def answer(self, value: Any) -> tuple[Answer, bool]:
        """Return the first answer that a record's value holds, and whether its score was altered.

        Raises
        ------
        UnusableError
            If the value is damaged, or answers a wording that the item no longer has.
        """
        if not isinstance(value, dict):
            raise UnusableError("holds no answer")
        stored = stored_credit(value.get("first"))
        response = first_response(value)
        if response is None:
            return Answer(stored, None, frozenset()), False
        answer = self._look_up(response)
        return answer, abs(answer.credit - stored) > 1e-9

    def credit(self, response: Any) -> float:
        """Return what `response` earns.

        Raises
        ------
        UnusableError
            If it is damaged, or answers a wording that the item no longer has.
        """
        return self._look_up(sound_response(response)).credit

    def _look_up(self, response: Response) -> Answer:
        key = response if type(response) is str else _key(response)
        if key not in self._seen:
            self._seen[key] = self._read(response)
        return self._seen[key]

    def _read(self, response: Response) -> Answer:
        scored = score(self._rule, response)
        if scored.outcome in {"unanswered", "not a number"}:
            raise UnusableError("answers a wording that the item no longer has")
        return Answer(scored.credit, self._chosen(response, scored), self._beliefs(scored))

    def _chosen(self, response: Response, scored: Score) -> tuple[str, ...]:
        if isinstance(response, dict):
            return tuple(f"{card}>{category}" for card, category in response.items())
        if self.item.type == "order":
            return (RIGHT if scored.outcome == "correct" else OTHERWISE,)
        return tuple(response) if isinstance(response, list) else scored.notes

    def _beliefs(self, scored: Score) -> frozenset[str]:
        if scored.outcome == "correct":
            return frozenset()
        behind = (self._notes[name].misconception for name in scored.notes)
        return frozenset(belief for belief in behind if belief)


def _key(response: Response) -> object:
    """Return what tells `response` from every other one, a dictionary from a list as well."""
    names = tuple(response)
    return (names, *response.values()) if isinstance(response, dict) else names


def stored_credit(first: Any) -> float:
    """Return the credit of a first try, once it is sure that it can be one."""
    try:
        outcome, credit = first["outcome"], first["credit"]
        least, most = POSSIBLE[outcome]
    except (TypeError, KeyError) as error:
        raise UnusableError("has no score") from error
    if type(credit) not in NUMBERS or not least <= credit <= most:
        raise UnusableError("has a score that no answer can have")
    return float(credit)


def first_response(value: dict[str, Any]) -> Response | None:
    """Return the first answer; None where only a later one was kept."""
    tries, first = value.get("tries"), value["first"]
    if type(tries) is not int or tries < 1:
        raise UnusableError("does not say how often the item was answered")
    # The oldest records have the first answer only as the last one.
    holder = first if tries > 1 or "response" in first else value
    given = holder.get("response")
    return None if given is None and tries > 1 else sound_response(given)


def sound_response(given: Any) -> Response:
    """Return `given`, once it is sure that it can be an answer."""
    if type(given) is str:
        return given
    parts = given if isinstance(given, list) else given.values() if isinstance(given, dict) else [0]
    if not all(isinstance(part, str) for part in parts):
        raise UnusableError("holds no answer")
    found: Response = given
    return found
