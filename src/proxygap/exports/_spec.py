"""What an export format declares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from proxygap.quiz import Item, Quiz


@dataclass(frozen=True)
class Exporter:
    """One format.

    Attributes
    ----------
    slug : str
        Its name on the command line, and of its module.
    title : str
        Its name in a sentence.
    suffix : str
        How its files end: ".xml".
    build : callable
        Turns quizzes into the bytes of a file.
    losses : callable
        Says what of an item the format cannot carry, a sentence each; the sentence is the same for
        every item that it concerns.
    """

    slug: str
    title: str
    suffix: str
    build: Callable[[Sequence[Quiz]], bytes]
    losses: Callable[[Item], list[str]]

    def lost(self, quizzes: Sequence[Quiz]) -> dict[str, list[str]]:
        """Return what is not carried, each with the ids of the items that it concerns."""
        found: dict[str, list[str]] = {}
        for quiz in quizzes:
            for item in quiz.items:
                for loss in self.losses(item):
                    found.setdefault(loss, []).append(item.id)
        return found

    def report(self, quizzes: Sequence[Quiz]) -> list[str]:
        """Return what is not carried, as lines of text."""
        lost = self.lost(quizzes)
        if not lost:
            return [f"{self.title} carries everything."]
        total = sum(len(quiz.items) for quiz in quizzes)
        lines = [f"- {loss} ({'every item' if len(items) == total else ', '.join(items)})"
                 for loss, items in lost.items()]  # fmt: skip
        return [f"What {self.title} does not carry:", *lines]
