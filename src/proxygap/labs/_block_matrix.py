"""Counts by two properties with the same names, such as what was right and what was said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Matrix:
    """A square table of counts. Its diagonal is where both properties agree.

    Parameters
    ----------
    id, caption : str
        Its name, and what the learner reads above it.
    names : tuple of str
        Heads of the rows and of the columns.
    rows, columns : str
        What the rows and the columns are: "belongs in", "you put it in".
    counts : tuple of tuple of int
        One row for each name.
    """

    id: str
    caption: str
    names: tuple[str, ...]
    rows: str
    columns: str
    counts: tuple[tuple[int, ...], ...]
    kind: Literal["matrix"] = field(default="matrix", init=False)
