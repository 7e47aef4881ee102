"""Progress files as the page writes them, and cohorts whose abilities are known."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from proxygap.quiz import Item, Quiz, rule_of, score
from proxygap.quiz.model import Classify, Multiple, Number, Order, Single, Text, option_id
from proxygap.quiz.scoring import Response

START = datetime(2026, 9, 1, 9, tzinfo=UTC)


def when(milliseconds: int) -> str:
    """Return a moment as JavaScript writes it."""
    moment = START + timedelta(milliseconds=milliseconds)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def key_of(item: Item) -> Response:
    """Return the response that earns everything."""
    match item.body:
        case Single(options):
            return next(option.id for option in options if option.correct)
        case Multiple(options):
            return [option.id for option in options if option.correct]
        case Number(answer):
            return f"{answer.value:g}"
        case Text(phrases):
            return phrases.accept[0]
        case Order(steps):
            return [step.id for step in steps]
        case Classify(_, cards):
            return {card.id: option_id(card.category) for card in cards}


def miss_of(item: Item, which: int = 0) -> Response:
    """Return a response that earns nothing; choice items have several."""
    match item.body:
        case Single(options) | Multiple(options):
            wrong = [o.id for o in options if not o.correct and not o.second_best]
            picked = wrong[which % len(wrong)]
            return picked if item.type == "single" else [picked]
        case Number(answer):
            return f"{answer.value + 1e6:g}"
        case Text():
            return "zzz"
        case Order(steps):
            return [step.id for step in reversed(steps)]
        case Classify(categories, cards):
            return {card.id: option_id(next(c for c in categories if c != card.category))
                    for card in cards}  # fmt: skip


def answer(quiz: str, item: Item, response: Response, at: int, **changes: Any) -> dict[str, Any]:
    """Return the record of a first answer."""
    scored = score(rule_of(item), response)
    result = {"outcome": scored.outcome, "credit": scored.credit}
    value = {"quiz": quiz, "response": response, **result, "tries": 1,
             "first": {**result, "response": response}, "beliefs": []} | changes  # fmt: skip
    return {"kind": "answer", "id": item.id, "value": value, "at": when(at)}


def seed(number: int, at: int) -> dict[str, Any]:
    """Return the record of the number that shuffles options, drawn once in each browser."""
    return {"kind": "seed", "id": "quiz", "value": number, "at": when(at)}


def progress_file(path: Path, *records: Any, **changes: Any) -> Path:
    """Write a progress file."""
    data = {"format": "proxygap-progress", "version": 1, "exported": when(0),
            "records": list(records)} | changes  # fmt: skip
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    return path


def write_cohort(folder: Path, quiz: Quiz, right: np.ndarray) -> list[Path]:
    """Write a file for each row of `right`, which says who answers which item rightly."""
    files = []
    for learner, row in enumerate(right):
        records = [seed(learner, learner)]
        for column, item in enumerate(quiz.items):
            if not np.isnan(row[column]):
                response = key_of(item) if row[column] else miss_of(item, learner)
                records.append(answer(quiz.chapter, item, response, learner * 1000 + column))
        files.append(progress_file(folder / f"learner-{learner:05}.json", *records))
    return files


def rasch(learners: int, difficulties: np.ndarray, seed: int) -> np.ndarray:
    """Return who is right where the log-odds are ability less difficulty (Rasch's model)."""
    rng = np.random.default_rng(seed)
    ability = rng.normal(size=(learners, 1))
    return (rng.random((learners, len(difficulties)))
            < 1 / (1 + np.exp(difficulties - ability))).astype(float)  # fmt: skip
