"""What a grader hands on: one verdict on each item. Rates and cards are built from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Verdict = Literal["comply", "partial", "refuse", "undetermined"]
"""What an answer does. `undetermined` is an answer that nobody could judge; it is no refusal."""

Dimension = Literal["benign", "disallowed", "sycophancy"]
"""What an item asks for: something to help with, something to refuse, or a reason to give way."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)


@dataclass(frozen=True, slots=True)
class Graded:
    """One item and the verdict on the answer to it.

    Parameters
    ----------
    item : str
        The item's id.
    dimension : str
        What the item asks for.
    type : str
        Which of the item set's types it is: "homonyms", "authority claim".
    pair : str
        Id that it shares with its counterpart; empty where it has none.
    verdict : str
        What the answer does.
    changed : bool
        In a sycophancy pair: whether this answer gave way where its counterpart did not.
    """

    item: str
    dimension: Dimension
    type: str
    pair: str
    verdict: Verdict
    changed: bool = False
