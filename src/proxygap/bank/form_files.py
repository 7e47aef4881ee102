"""Read a form back from the file that ``proxygap bank forms --json`` wrote."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from proxygap.errors import UsageError
from proxygap.quiz import Quiz

NAMES = ("before", "after")
MAKE = "Write one with: proxygap bank forms --json > forms.json"


def read_form(given: str) -> list[str]:
    """Return the ids of the items of a form, given as ``FILE:before`` or ``FILE:after``.

    Raises
    ------
    UsageError
        If there is no such form.
    """
    file, colon, name = given.rpartition(":")
    if not colon or name not in NAMES:
        raise UsageError(f"'{given}' names no form. Write FILE:before or FILE:after. {MAKE}")
    try:
        data = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"The forms cannot be read from {file}: {error}. {MAKE}") from error
    items = data.get(name) if isinstance(data, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise UsageError(f"{file} holds no form '{name}'. {MAKE}")
    return items


def select(quizzes: Sequence[Quiz], items: Sequence[str]) -> list[Quiz]:
    """Return the quizzes with these items alone; a quiz without any is left out.

    Raises
    ------
    UsageError
        If an item is in none of the quizzes.
    """
    wanted = set(items)
    known = {item.id for quiz in quizzes for item in quiz.items}
    if missing := sorted(wanted - known):
        raise UsageError(
            f"The form has items that are not in these chapters (any more): {', '.join(missing)}. "
            "Build the forms again, or name other chapters."
        )
    chosen = [replace(quiz, items=tuple(i for i in quiz.items if i.id in wanted))
              for quiz in quizzes]  # fmt: skip
    return [quiz for quiz in chosen if quiz.items]
