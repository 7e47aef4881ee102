"""Several boxes to tick."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from proxygap.labs._controls import Option


@dataclass(frozen=True, slots=True)
class Checks:
    """Any number of answers out of a few.

    Parameters
    ----------
    id, label, hint : str
        Its name, what is asked, and a line of help.
    options : tuple of Option
        What there is to tick. Their values hold no comma.
    ticked : tuple of str
        Values of those that are ticked.
    action : str
        Type of the action that a tick sends; its value is every ticked one, joined by commas, so
        that the newest action says it all.
    """

    id: str
    label: str
    options: tuple[Option, ...]
    ticked: tuple[str, ...] = ()
    hint: str = ""
    action: str = "tick"
    kind: Literal["checks"] = field(default="checks", init=False)
