"""Two replies to one message, to be compared, under a clock or without one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from proxygap.labs._controls import Option


@dataclass(frozen=True, slots=True)
class PairOfReplies:
    """A message, two replies beside each other, and what can be said about them.

    The clock runs in the page and stops nothing: when its time is over it says so and sends one
    action, and every answer counts as before.

    Parameters
    ----------
    id : str
        Unique in the view; the same from card to card.
    card : str
        Name of the comparison: the id of every action that is about it. A new one starts the clock.
    place : str
        Where it lies in its row: "Comparison 3 of 30".
    share : float
        Which part of the row lies behind it, from 0 to 1.
    note : str
        What one has to know about who answers here, such as its rules.
    asks, prompt : str
        Who writes, and the message.
    replies : (str, str)
        Reply A and reply B.
    answers : tuple of Option
        What can be said, in the order of their keys 1, 2, 3, …
    seconds : int
        How long the clock runs; 0 without a clock.
    late : bool
        Whether the time of this comparison is over already.
    action, late_action : str
        Types of the actions that an answer and the end of the time send.
    """

    id: str
    card: str
    place: str
    share: float
    note: str
    asks: str
    prompt: str
    replies: tuple[str, str]
    answers: tuple[Option, ...]
    seconds: int = 0
    late: bool = False
    action: str = "answer"
    late_action: str = "late"
    kind: Literal["pair"] = field(default="pair", init=False)
