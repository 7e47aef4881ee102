"""A vote of a room on one card: hidden, revealed, taken again. Made to be projected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BallotMark = Literal["", "key", "second"]


@dataclass(frozen=True, slots=True)
class Stand:
    """A pile and the votes for it.

    Parameters
    ----------
    value, name, question : str
        What is sent, what the pile is called, and what is asked.
    first, second : int or None
        Votes before and after the talk; None for a vote that was not taken or is not on show.
    mark : str
        Once told: whether the card belongs here, or might.
    """

    value: str
    name: str
    question: str
    first: int | None
    second: int | None
    mark: BallotMark = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Where a press leads: what it says, and the stage or the card that it sends."""

    label: str
    action: str
    id: str
    value: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """One card before a room.

    Parameters
    ----------
    id : str
        Unique in the view. It stays the same from card to card.
    place, label, title, text : str
        Where the card lies in its deal, what kind it is, its heading, and what it tells.
    stands : tuple of Stand
        The piles, in the order in which their questions are asked.
    counting : str
        What the ids of the votes that are counted now begin with; empty while none are counted.
        A new count sends ``{"type": "count", "id": counting + pile, "value": "7"}``.
    counts : tuple of int
        The votes so far in the vote that is counted, one number a pile. They are not on show.
    status : str
        What the room is to do now.
    notes : tuple of (str, str)
        What there is to say once the card is told, each with a few words before it in bold.
    steps : tuple of Step
        What can be pressed; the first one moves on.
    action : str
        Type of the action that a new count sends.
    """

    id: str
    place: str
    label: str
    title: str
    text: str
    stands: tuple[Stand, ...]
    counting: str
    counts: tuple[int, ...]
    status: str
    notes: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    action: str = "count"
    primary: bool = field(default=True, init=False)
    kind: Literal["ballot"] = field(default="ballot", init=False)
