"""Numbers with their intervals on one axis: what was measured, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Interval:
    """One row of `Intervals`.

    Parameters
    ----------
    label : str
        What was measured.
    value, low, high : float
        The estimate and the ends of its interval; for an anchor all three are the same.
    text : str
        The numbers as they are read: "6 of 40: 15 %, 7 to 29 %".
    anchor : bool
        Whether it is no measurement but a fixed point to compare with.
    faded : bool
        Whether it is out of the running.
    """

    label: str
    value: float
    low: float
    high: float
    text: str
    anchor: bool = False
    faded: bool = False


@dataclass(frozen=True, slots=True)
class Intervals:
    """Estimates one below the other, each with its interval.

    Parameters
    ----------
    id, title : str
        Its name and what is measured.
    rows : tuple of Interval
        In the order shown.
    low, high : float
        The ends of the axis.
    ends : (str, str)
        What stands at the ends of the axis.
    limit : float or None
        A limit that is drawn across all rows.
    limit_label : str
        What the limit is.
    """

    id: str
    title: str
    rows: tuple[Interval, ...]
    low: float
    high: float
    ends: tuple[str, str]
    limit: float | None = None
    limit_label: str = ""
    kind: Literal["intervals"] = field(default="intervals", init=False)
