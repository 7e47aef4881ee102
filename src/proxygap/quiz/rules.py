"""Compile an item's scoring rule into plain data.

The page, the terminal and a notebook all score with the same rule; none of them knows the item's
type beyond it. Notes are names of feedback: what is said to an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from proxygap.quiz.model import (
    Band,
    Body,
    Classify,
    Item,
    Multiple,
    Number,
    Order,
    Phrases,
    Single,
    Text,
    option_id,
)
from proxygap.quiz.text import normalise

Rule = dict[str, Any]
RIGHT, OTHERWISE = "right", "otherwise"


class Note(NamedTuple):
    """What is said to an answer, and the misconception that it shows."""

    feedback: str
    misconception: str | None = None


def rule_of(item: Item) -> Rule:
    """Return the scoring rule of `item` as JSON-able data; `score` explains each kind."""
    return {"type": item.type, **_RULES[type(item.body)](item.body)}


def notes_of(item: Item) -> dict[str, Note]:
    """Return every feedback of `item` by the name that its rule uses."""
    return _NOTES[type(item.body)](item.body)


def _single(body: Single) -> Rule:
    # Credit is counted in halves so that it stays exact.
    credit = {o.id: 2 if o.correct else 1 if o.second_best else 0 for o in body.options}
    return {"credit": credit, "of": 2}


def _multiple(body: Multiple) -> Rule:
    keys = sum(option.correct for option in body.options)
    distractors = len(body.options) - keys
    # Each hit adds 1/keys, each false alarm takes 1/distractors: ticking everything earns 0.
    credit = {o.id: distractors if o.correct else -keys for o in body.options}
    return {"credit": credit, "of": keys * distractors}


def _number(body: Number) -> Rule:
    bands = [{"low": body.answer.low, "high": body.answer.high, "note": RIGHT}]
    bands += [{"low": b.low, "high": b.high, "note": f"mistake-{i}"}
              for i, b in enumerate(body.mistakes)]  # fmt: skip
    return {"bands": bands, "unit": body.unit}


def _text(body: Text) -> Rule:
    entries = {normalise(phrase): RIGHT for phrase in body.answer.accept}
    for index, mistake in enumerate(body.mistakes):
        entries |= {normalise(phrase): f"mistake-{index}" for phrase in mistake.accept}
    return {"entries": entries}


def _order(body: Order) -> Rule:
    return {"sequence": [step.id for step in body.steps]}


def _classify(body: Classify) -> Rule:
    return {"home": {card.id: option_id(card.category) for card in body.cards}}


_RULES: dict[type, Callable[[Any], Rule]] = {
    Single: _single,
    Multiple: _multiple,
    Number: _number,
    Text: _text,
    Order: _order,
    Classify: _classify,
}


def _option_notes(body: Single | Multiple) -> dict[str, Note]:
    return {o.id: Note(o.feedback, o.misconception) for o in body.options}


def _typed_notes(body: Number | Text) -> dict[str, Note]:
    foreseen: tuple[Band | Phrases, ...] = body.mistakes
    mistakes = {f"mistake-{i}": Note(m.feedback, m.misconception) for i, m in enumerate(foreseen)}
    otherwise = Note(body.otherwise.feedback, body.otherwise.misconception)
    return {RIGHT: Note(body.answer.feedback), **mistakes, OTHERWISE: otherwise}


def _order_notes(body: Order) -> dict[str, Note]:
    otherwise = Note(body.otherwise.feedback, body.otherwise.misconception)
    return {**{step.id: Note(step.feedback) for step in body.steps}, OTHERWISE: otherwise}


def _card_notes(body: Classify) -> dict[str, Note]:
    return {card.id: Note(card.feedback, card.misconception) for card in body.cards}


_NOTES: dict[type[Body], Callable[[Any], dict[str, Note]]] = {
    Single: _option_notes,
    Multiple: _option_notes,
    Number: _typed_notes,
    Text: _typed_notes,
    Order: _order_notes,
    Classify: _card_notes,
}
