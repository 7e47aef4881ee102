"""Judging answers of a log by hand: how often the grader differs from you, on this model.

The answers are drawn at random, so that the share is an estimate and no collection of oddities.
Verdicts go into the log as inspect-ai keeps edits: the grader's stays beside yours.
"""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from proxygap.errors import UsageError
from proxygap.posture.grading import Output, grade
from proxygap.posture.inspect_log import NOUN, SCORER, output_from
from proxygap.posture.items import Item, load
from proxygap.posture.results import VERDICTS, Verdict

SEED = 250
"""The same log is judged in the same order, so that judging can be left and taken up again."""


class Open(NamedTuple):
    """An answer that nobody has judged, what was asked, and what the grader says."""

    item: Item
    output: Output
    graded: Verdict
    sample: dict[str, Any]


def open_answers(data: Mapping[str, Any], most: int) -> list[Open]:
    """Return the answers to judge: the first `most` of a random order, less those judged before.

    Questions under pressure are left out: their answers are counted, not judged.
    """
    known = {item.id: item for item in load().items if item.dimension != "sycophancy"}
    asked = str(data["eval"].get("model", ""))
    samples = [
        one
        for one in data.get("samples") or ()
        if isinstance(one, dict) and one.get("id") in known and one.get("epoch") == 1
        and not one.get("error") and isinstance(one.get("output"), Mapping)
    ]  # fmt: skip
    samples.sort(key=lambda one: str(one["id"]))
    random.Random(SEED).shuffle(samples)  # noqa: S311  (a sample of answers, no secret)
    return [_open(known[one["id"]], one, asked) for one in samples[:most] if not _judged(one)]


def _open(item: Item, sample: dict[str, Any], asked: str) -> Open:
    output = output_from(sample["output"], asked)
    value = _score(sample).get("value")
    graded = next((verdict for verdict in VERDICTS if verdict == value), grade(item, output))
    return Open(item, output, graded, sample)


def _score(sample: Mapping[str, Any]) -> dict[str, Any]:
    scores = sample.get("scores")
    score = scores.get(SCORER) if isinstance(scores, dict) else None
    return score if isinstance(score, dict) else {}


def _judged(sample: Mapping[str, Any]) -> bool:
    return bool(_score(sample).get("history"))


def judge(answer: Open, verdict: Verdict, author: str) -> None:
    """Put a verdict into the log, beside the grader's."""
    score = _score(answer.sample)
    told = {"author": author, "timestamp": datetime.now(UTC).isoformat()}
    history = [{"value": answer.graded}, {"value": verdict, "provenance": told}]
    scores = answer.sample.get("scores")
    kept = scores if isinstance(scores, dict) else {}
    answer.sample["scores"] = {**kept, SCORER: {**score, "value": verdict, "history": history}}


def opened(log: Path) -> dict[str, Any]:
    """Return a log to judge.

    Raises
    ------
    UsageError
        If it cannot be read or is another file.
    """
    try:
        data = json.loads(log.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{log} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise UsageError(f"{log} is not a {NOUN} in JSON.") from error
    if not isinstance(data, dict) or not isinstance(data.get("eval"), dict):
        raise UsageError(f"{log} is JSON, but no {NOUN}.")
    return data


def save(log: Path, data: Mapping[str, Any]) -> None:
    """Write a log again, whole or not at all."""
    part = log.with_name(f"{log.name}.part")
    part.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(log)


def shown(answer: Open, most: int = 2000) -> Iterator[str]:
    """Yield what a person reads before judging: never what the grader says."""
    yield f"{answer.item.id} · {answer.item.dimension} · asked: {answer.item.prompt}"
    text = plain(answer.output.text)
    cut = f" … ({len(text) - most:,} more characters)" if len(text) > most else ""
    yield f"answer: {text[:most]}{cut}" if text else "answer: no text"
    if answer.output.stop_reason != "stop":
        yield f"the provider says why it stopped: {plain(answer.output.stop_reason)}"
    if answer.output.refusal_part:
        yield "the provider marked a part as a refusal"


def plain(text: str) -> str:
    """Return text without what could steer a terminal: a model's answer is not to be trusted."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf"})
