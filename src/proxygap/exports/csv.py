"""A table for spreadsheets and scripts: a row for each thing that can be answered."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from proxygap.exports._parts import plain_number, tolerance
from proxygap.exports._spec import Exporter
from proxygap.quiz import Item, Quiz
from proxygap.quiz.model import Classify, Multiple, Number, Order, Single, Text
from proxygap.quiz.rules import OTHERWISE, RIGHT, notes_of

COLUMNS = (
    "item", "chapter", "family", "type", "objective", "bloom", "difficulty", "source", "section",
    "last_reviewed", "stem", "unit", "explanation", "dispute", "answer", "verdict", "place",
    "tolerance", "feedback", "misconception",
)  # fmt: skip
"""Texts are Markdown, with maths in dollars, as their author wrote them."""


def build(quizzes: Sequence[Quiz]) -> bytes:
    """Return the quizzes as a table; spreadsheets need the mark at its head to read UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, restval="")
    writer.writeheader()
    for quiz in quizzes:
        for item in quiz.items:
            shared = _shared(quiz, item)
            writer.writerows(shared | row for row in _rows(item))
    return file.getvalue().encode("utf-8-sig")


def _shared(quiz: Quiz, item: Item) -> dict[str, Any]:
    same = ("type", "objective", "bloom", "difficulty", "source", "section", "last_reviewed",
            "stem", "explanation", "dispute")  # fmt: skip
    unit = item.body.unit if isinstance(item.body, Number) else ""
    shared = {name: getattr(item, name) for name in same}
    family = item.family or ""
    return {"item": item.id, "chapter": quiz.chapter, "family": family, "unit": unit, **shared}


def _rows(item: Item) -> Iterator[dict[str, Any]]:
    notes = notes_of(item)

    def row(name: str, answer: str, verdict: str, **more: Any) -> dict[str, Any]:
        feedback, misconception = notes[name]
        return {"answer": answer, "verdict": verdict, "feedback": feedback,
                "misconception": misconception or "", **more}  # fmt: skip

    match item.body:
        case Single(options) | Multiple(options):
            for o in options:
                verdict = "right" if o.correct else "second best" if o.second_best else "wrong"
                yield row(o.id, o.text, verdict)
        case Number(answer, mistakes):
            for name, verdict, band in _foreseen(answer, mistakes):
                yield row(name, plain_number(band.value), verdict,
                          tolerance=plain_number(tolerance(band)))  # fmt: skip
        case Text(phrases, wrong):
            for name, verdict, group in _foreseen(phrases, wrong):
                yield from (row(name, phrase, verdict) for phrase in group.accept)
        case Order(steps):
            for place, step in enumerate(steps, start=1):
                yield row(step.id, step.text, "right", place=place)
        case Classify(_, cards):
            yield from (row(card.id, card.text, "right", place=card.category) for card in cards)
    if OTHERWISE in notes:
        yield row(OTHERWISE, "*", "wrong")


def _foreseen(right: Any, wrong: Sequence[Any]) -> Iterator[tuple[str, str, Any]]:
    yield RIGHT, "right", right
    for index, mistake in enumerate(wrong):
        yield f"mistake-{index}", "wrong", mistake


def losses(_: Item) -> list[str]:
    """Return nothing: the table holds what the author wrote."""
    return []


EXPORTER = Exporter("csv", "CSV", ".csv", build, losses)
