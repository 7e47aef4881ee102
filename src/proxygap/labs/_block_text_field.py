"""A field for plain text of several lines, such as a memo."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class TextField:
    """Plain text that the learner writes. It is kept on every pause, and never read as HTML.

    Parameters
    ----------
    id, label, hint : str
        Its name, what the learner reads, and a few words of help.
    value : str
        The text as the learner wrote it.
    rows : int
        Lines that are in sight at first; the field grows with its text.
    longest : int
        How many characters fit.
    words : int
        How many words to aim at; 0 counts without an aim.
    action : str
        Type of the action that a new text sends.
    """

    id: str
    label: str
    value: str
    rows: int = 4
    hint: str = ""
    longest: int = 2000
    words: int = 0
    action: str = "write"
    kind: Literal["textfield"] = field(default="textfield", init=False)
