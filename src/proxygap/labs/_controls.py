"""What a learner can set, write, choose and press in a lab, described as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class NumberField:
    """A number that the learner writes.

    Parameters
    ----------
    id, label, hint, unit : str
        Its name, what the learner reads, one line of help, and the unit in words.
    value : str
        The text as the learner wrote it, number or not.
    low, high, step : float
        What is allowed, and how far one press of an arrow key goes.
    problem : str
        What is wrong with `value`; empty when nothing is.
    action : str
        Type of the action that a new value sends.
    """

    id: str
    label: str
    value: str
    low: float
    high: float
    step: float
    unit: str
    hint: str = ""
    problem: str = ""
    action: str = "set"
    kind: Literal["number"] = field(default="number", init=False)


@dataclass(frozen=True, slots=True)
class CodeField:
    """A Python function that the learner writes.

    Parameters
    ----------
    id, label, hint : str
        Its name, what the learner reads, and a few words of help.
    value : str
        The text as the learner wrote it.
    rows : int
        Lines that are in sight at first.
    problem : str
        What is wrong with it; empty when nothing is known to be.
    action : str
        Type of the action that a new text sends.
    run : str
        Type of the action that Ctrl or Cmd with Enter sends.
    """

    id: str
    label: str
    value: str
    rows: int = 6
    hint: str = ""
    problem: str = ""
    action: str = "write"
    run: str = ""
    kind: Literal["code"] = field(default="code", init=False)


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers of a `Choice`.

    Parameters
    ----------
    value, label : str
        What is sent, and what the learner reads.
    note : str
        A few words more, under the label.
    """

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer out of a few.

    Parameters
    ----------
    id, label, hint : str
        Its name, what is asked, and a line of help.
    options : tuple of Option
        What there is to choose from.
    selected : str
        Value of the chosen option; empty when none is.
    action : str
        Type of the action that a choice sends.
    look : str
        ``list`` for answers one below the other, ``tabs`` for a row of a few, ``menu`` for a
        drop-down.
    """

    id: str
    label: str
    options: tuple[Option, ...]
    selected: str = ""
    hint: str = ""
    action: str = "choose"
    look: Literal["list", "tabs", "menu"] = "list"
    kind: Literal["choice"] = field(default="choice", init=False)


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press.

    Parameters
    ----------
    id, label : str
        Its name and what it says.
    action : str
        Type of the action that it sends.
    value : str
        Value of the action.
    primary : bool
        Whether it is the one button that moves the lab on.
    busy : str
        What is said while its action is under way: "Training 20 boats".
    """

    id: str
    label: str
    action: str
    value: str = ""
    primary: bool = False
    busy: str = ""
    kind: Literal["button"] = field(default="button", init=False)
