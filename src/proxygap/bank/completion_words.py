"""Completion records as plain text, a line for each learner."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def lines(found: Mapping[Path, Mapping[str, Any]]) -> list[str]:
    """Return a table with a line for each file."""
    width = max(len(str(file)) for file in found)
    head = f"{'file':<{width}}  before  after  chapters mastered  Brier score (statements)"
    return [head, *(f"{file!s:<{width}}  {_row(record)}" for file, record in found.items())]


def _row(record: Mapping[str, Any]) -> str:
    before, after = record["forms"]["before"], record["forms"]["after"]
    chapters = record["chapters"]
    mastered = f"{sum(chapter['mastered'] for chapter in chapters)} of {len(chapters)}"
    return f"{_share(before):>6}  {_share(after):>5}  {mastered:>17}  {_brier(record)}"


def _share(form: Mapping[str, Any] | None) -> str:
    """Write a share in percent; what is just short of a goal is not rounded up to it."""
    return "–" if form is None else f"{math.floor(100 * form['share'] + 1e-6)} %"


def _brier(record: Mapping[str, Any]) -> str:
    found = record["calibration"]
    return "–" if found is None else f"{found['brier']:.2f} ({found['made']})"
