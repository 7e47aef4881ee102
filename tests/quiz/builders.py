"""The smallest valid pieces of an item bank, to be changed in one place by a test."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from proxygap.quiz.model import Item
from proxygap.quiz.session import shuffled

SHARED = {
    "stem": "Why?",
    "explanation": "Because.",
    "objective": "know-why",
    "bloom": "understand",
    "difficulty": 1,
    "source": "leike2017",
    "section": "why-it-happens",
}
BELIEF = "more-training-helps"
OTHERWISE = {"feedback": "Not yet.", "misconception": BELIEF}


def option(text: str, *, correct: bool = False, **more: Any) -> dict[str, Any]:
    """Return an option; a wrong one has a misconception."""
    right = {"correct": True} if correct else {"misconception": BELIEF}
    return {"text": text, "feedback": f"About {text}.", **right, **more}


def item(kind: str = "single", **changes: Any) -> dict[str, Any]:
    """Return a valid item of one type."""
    bodies: dict[str, dict[str, Any]] = {
        "single": {"options": [option("yes", correct=True), option("no"), option("maybe")]},
        "multiple": {
            "options": [
                option("red", correct=True),
                option("green", correct=True),
                option("sour"),
                option("loud"),
            ]
        },
        "number": {
            "answer": {"value": 2, "abs": 0.1, "feedback": "Yes."},
            "otherwise": dict(OTHERWISE),
        },
        "text": {"answer": {"accept": ["proxy"], "feedback": "Yes."}, "otherwise": dict(OTHERWISE)},
        "order": {
            "steps": [{"text": t, "feedback": f"{t}."} for t in ("one", "two", "three")],
            "otherwise": dict(OTHERWISE),
        },
        "classify": {
            "categories": ["fruit", "tool"],
            "cards": [
                {"text": t, "category": c, "feedback": f"{t}.", "misconception": BELIEF}
                for t, c in (("plum", "fruit"), ("saw", "tool"), ("pear", "fruit"))
            ],
        },
    }
    return {"id": f"t-{kind}", "type": kind, **SHARED, **bodies[kind], **changes}


def quiz_file(folder: Path, *items: dict[str, Any], **changes: Any) -> Path:
    """Write a quiz with `items` and return its path; a line of the file holds one key."""
    data = {
        "title": "A test",
        "chapter": "a-test",
        "objectives": {"know-why": "Know why."},
        "items": list(items) or [item()],
        **changes,
    }
    path = folder / "a-test.yml"
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=10_000)
    path.write_text(text, encoding="utf-8")
    return path


def orders(items: Iterable[Item], seed: int) -> list[list[str]]:
    """Return the order in which a game with `seed` shows the options of each item."""
    rng = random.Random(seed)  # noqa: S311  (an order of options, not a secret)
    return [shuffled(one, rng) for one in items]


def line_of(path: Path, part: str) -> int:
    """Return the line of the first occurrence of `part`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if part in line)
