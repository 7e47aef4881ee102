"""The item bank: schema, loader, scoring, audit, and quizzes in a terminal or a notebook.

``from proxygap import quiz`` gives this package, which can be called: ``quiz("goodhart")``.

Imports nothing from the simulations: an item quotes numbers, it does not compute them.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from proxygap.quiz.loader import load_bank, load_misconceptions, load_quiz, problems, quiz_slugs
from proxygap.quiz.model import Item, Misconception, Quiz
from proxygap.quiz.rules import rule_of
from proxygap.quiz.scoring import Score, score

__all__ = [
    "Item",
    "Misconception",
    "Quiz",
    "Score",
    "load_bank",
    "load_misconceptions",
    "load_quiz",
    "problems",
    "quiz_slugs",
    "rule_of",
    "score",
]


class _CallablePackage(ModuleType):
    """The learner's `quiz` and this package share a name, and Python lets a package win."""

    def __call__(self, slug: str) -> Any:
        """Answer the quiz of the chapter `slug`; see `proxygap.quiz.terminal.quiz`."""
        from proxygap.quiz.terminal import quiz

        return quiz(slug)


sys.modules[__name__].__class__ = _CallablePackage
