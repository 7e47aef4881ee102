"""A slider with a few stops, such as a number of items."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Slider:
    """One of a few stops on a line. It sends each stop that it reaches.

    Parameters
    ----------
    id, label, hint : str
        Its name, what the learner reads, and a line of help.
    stops : tuple of str
        The values, in order; the one at the handle is read out as it is written here.
    value : str
        The present one of `stops`.
    unit : str
        Written after the value: "items".
    action : str
        Type of the action that a new stop sends.
    """

    id: str
    label: str
    stops: tuple[str, ...]
    value: str
    unit: str = ""
    hint: str = ""
    action: str = "slide"
    kind: Literal["slider"] = field(default="slider", init=False)

    def __post_init__(self) -> None:
        """Refuse a value that the slider cannot stand at."""
        if self.value not in self.stops:
            raise ValueError(f"{self.label} is {self.value}. Allowed: {', '.join(self.stops)}.")
