"""What a page, a notebook and a figure draw, described as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["proxy", "truth", "neutral"]
"""What a mark stands for: `proxy` is what is rewarded, `truth` what is wanted."""


@dataclass(frozen=True, slots=True)
class Line:
    """A named series drawn with the colour and dash of its role and labelled directly."""

    series: str
    label: str
    role: Role = "neutral"


@dataclass(frozen=True, slots=True)
class Curve:
    """Lines over a common horizontal axis.

    Parameters
    ----------
    title : str
        The view's subject in a few words.
    x : str
        Series on the horizontal axis, shape (n,).
    lines : tuple of Line
        Series of shape (n,) each.
    x_label, y_label : str
        Axis titles with units.
    y_range : tuple of float
        Fixed limits, so that a moving slider never rescales the picture.
    """

    title: str
    x: str
    lines: tuple[Line, ...]
    x_label: str
    y_label: str
    y_range: tuple[float, float]
    kind: Literal["curve"] = field(default="curve", init=False)


@dataclass(frozen=True, slots=True)
class Grid:
    """A map with a walker on it, animated along a path.

    Parameters
    ----------
    title : str
        The view's subject in a few words.
    art : tuple of str
        The map, one string a row. ``#`` is wall; ``> v < ^`` are arrow tiles that point that way;
        other characters are named in `legend`.
    path : str
        Series of shape (T + 1,): flat cell index ``row * columns + column`` after each step.
    counters : tuple of Line
        Series of shape (T + 1,) shown as running numbers while the walker moves.
    walker : str
        What the walker is called: "boat".
    legend : mapping from str to str
        What each character of `art` means, in words.
    """

    title: str
    art: tuple[str, ...]
    path: str
    counters: tuple[Line, ...]
    walker: str
    legend: Mapping[str, str]
    kind: Literal["grid"] = field(default="grid", init=False)


@dataclass(frozen=True, slots=True)
class Bars:
    """A few numbers side by side.

    Parameters
    ----------
    title : str
        The view's subject in a few words.
    bars : tuple of Line
        Scalar series, shape ().
    value_label : str
        Axis title with unit.
    value_range : tuple of float
        Fixed limits.
    """

    title: str
    bars: tuple[Line, ...]
    value_label: str
    value_range: tuple[float, float]
    kind: Literal["bars"] = field(default="bars", init=False)


View = Curve | Grid | Bars
