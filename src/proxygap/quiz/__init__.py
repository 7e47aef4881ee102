"""The item bank: schema, loader, scoring, audit, and quizzes in a terminal or a notebook.

Imports nothing from the simulations: an item quotes numbers, it does not compute them.
"""

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
