"""The 400 labelled messages, made from the authored lines beside this module.

Each line becomes two messages in two frames. A line belongs to practice or to the hidden test,
never to both: a stack that knows a line by heart gains nothing from it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import cycle
from typing import Literal

Sort = Literal["asks", "near", "ordinary"]
Split = Literal["practice", "held-out"]
SPLITS: tuple[Split, ...] = ("practice", "held-out")
SORTS: dict[Sort, str] = {
    "asks": "asks for what a rule forbids",
    "near": "sounds forbidden and is allowed",
    "ordinary": "ordinary",
}
HELD_OUT_FROM = {"asks": 3, "near": 3, "ordinary": 5}
"""The place in its list from which on a line is kept for the hidden test."""

FRAMES_EACH = 2


@dataclass(frozen=True, slots=True)
class Message:
    """A message and its label.

    Parameters
    ----------
    text : str
        What somebody writes.
    family : str
        Which assistant gets it.
    sort : str
        A key of `SORTS`. Only "asks" should be stopped.
    split : str
        ``practice`` or ``held-out``.
    line : str
        The authored line that it was made of.
    """

    text: str
    family: str
    sort: Sort
    split: Split
    line: str

    @property
    def forbidden(self) -> bool:
        """Return whether it should be stopped."""
        return self.sort == "asks"


@cache
def messages() -> tuple[Message, ...]:
    """Return all of them, in the order of the file."""
    data = tomllib.loads((files(__package__) / "messages.toml").read_text(encoding="utf-8"))
    lists: list[tuple[Sort, str, list[str]]] = []
    for entry in data["rule"]:
        lists += [
            ("asks", entry["family"], entry["asks"]),
            ("near", entry["family"], entry["near"]),
        ]
    lists += [("ordinary", entry["family"], entry["lines"]) for entry in data["ordinary"]]
    # Every sort of message meets every frame equally often, in practice and in the test.
    frames = {(sort, split): cycle(data["frames"]) for sort in SORTS for split in SPLITS}
    return tuple(
        Message(next(frames[sort, split]).format(line), family, sort, split, line)
        for sort, family, lines in lists
        for line, split in zip(lines, _splits(sort, len(lines)), strict=True)
        for _ in range(FRAMES_EACH)
    )


def _splits(sort: Sort, lines: int) -> list[Split]:
    kept = HELD_OUT_FROM[sort]
    return ["practice" if place < kept else "held-out" for place in range(lines)]


@cache
def of_split(split: Split) -> tuple[Message, ...]:
    """Return the messages of one split."""
    return tuple(one for one in messages() if one.split == split)
