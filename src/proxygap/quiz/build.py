"""Turn a checked document into a `Quiz`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from proxygap.quiz.checks import half_width
from proxygap.quiz.model import (
    Band,
    Body,
    Card,
    Classify,
    Fallback,
    Item,
    Multiple,
    Number,
    Option,
    Order,
    Phrases,
    Quiz,
    Single,
    Step,
    Text,
)
from proxygap.quiz.yaml_lines import Document

# Room for the last bit: 0.3 is right for 0.1 + 0.2, and 2.25 for one that rounds to 2.3.
ROUNDING = 1e-9


def build_quiz(document: Document) -> Quiz:
    """Return the quiz that a document without mistakes describes."""
    data = document.data
    return Quiz(
        chapter=data["chapter"],
        title=data["title"],
        objectives=data["objectives"],
        items=tuple(_item(document, i, raw) for i, raw in enumerate(data["items"])),
        file=document.file,
    )


def _item(document: Document, index: int, raw: dict[str, Any]) -> Item:
    shared = ("id", "type", "objective", "bloom", "difficulty", "source", "section")
    prose = ("stem", "explanation", "dispute")
    optional = ("family", "last_reviewed")
    options = range(len(raw.get("options", ())))
    lines = [document.line("items", index, "options", i) for i in options]
    return Item(
        **{name: raw[name] for name in shared},
        **{name: raw[name].strip() for name in prose if name in raw},
        **{name: raw[name] for name in optional if name in raw},
        body=_BODIES[raw["type"]](raw, lines),
        line=document.line("items", index),
    )


def _options(raw: dict[str, Any], lines: list[int]) -> tuple[Option, ...]:
    return tuple(Option(**o, line=line) for o, line in zip(raw["options"], lines, strict=True))


def _band(raw: dict[str, Any], half: float) -> Band:
    value = float(raw["value"])
    slack = half + ROUNDING * max(1.0, abs(value))
    return Band(value, value - slack, value + slack, raw["feedback"], raw.get("misconception"))


def _number(raw: dict[str, Any], _: list[int]) -> Number:
    answer = raw["answer"]
    mistakes = (_band(m, half_width(m["value"], answer)) for m in raw.get("mistakes", ()))
    return Number(
        answer=_band(answer, half_width(answer["value"], answer)),
        mistakes=tuple(mistakes),
        otherwise=Fallback(**raw["otherwise"]),
        unit=raw.get("unit", ""),
    )


def _phrases(raw: dict[str, Any]) -> Phrases:
    return Phrases(tuple(raw["accept"]), raw["feedback"], raw.get("misconception"))


def _text(raw: dict[str, Any], _: list[int]) -> Text:
    mistakes = tuple(_phrases(mistake) for mistake in raw.get("mistakes", ()))
    return Text(_phrases(raw["answer"]), mistakes, Fallback(**raw["otherwise"]))


def _order(raw: dict[str, Any], _: list[int]) -> Order:
    return Order(tuple(Step(**step) for step in raw["steps"]), Fallback(**raw["otherwise"]))


def _classify(raw: dict[str, Any], _: list[int]) -> Classify:
    return Classify(tuple(raw["categories"]), tuple(Card(**card) for card in raw["cards"]))


_BODIES: dict[str, Callable[[dict[str, Any], list[int]], Body]] = {
    "single": lambda raw, lines: Single(_options(raw, lines)),
    "multiple": lambda raw, lines: Multiple(_options(raw, lines)),
    "number": _number,
    "text": _text,
    "order": _order,
    "classify": _classify,
}
