"""What a page, a notebook and a figure draw, described as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["proxy", "truth", "neutral"]
"""What a mark stands for: `proxy` is what is rewarded, `truth` what is wanted."""


@dataclass(frozen=True, slots=True)
class Line:
    """A named series drawn with the colour and dash of its role and labelled directly.

    Parameters
    ----------
    series : str
        Its numbers.
    label : str
        What is written at its end.
    role : str
        What it stands for.
    low, high : str
        In a `Curve`: series of the lower and upper edge of a shaded band round it; empty for none.
    dots : bool
        In a `Curve`: single points, not joined. For what was measured at a few places.
    """

    series: str
    label: str
    role: Role = "neutral"
    low: str = ""
    high: str = ""
    dots: bool = False


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
    x_scale : str
        `log` where each step multiplies: 1, 2, 4, … Then every x is above 0.
    marker : str
        Scalar series: where on the x axis the current setting stands. Drawn as a vertical rule
        with a dot on every line; empty for none.
    """

    title: str
    x: str
    lines: tuple[Line, ...]
    x_label: str
    y_label: str
    y_range: tuple[float, float]
    x_scale: Literal["linear", "log"] = "linear"
    marker: str = ""
    kind: Literal["curve"] = field(default="curve", init=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """Points of a `Plane` that belong together.

    Parameters
    ----------
    x, y : str
        Series of shape (n,); NaN leaves a point out, and in a line it makes a gap.
    label : str
        Written beside it; empty for none.
    role : str
        What it stands for.
    shape : str
        `cloud` for many small points, `line` for points joined in order, `area` for a filled
        polygon, `dot` for a few large points that are each looked at.
    """

    x: str
    y: str
    label: str = ""
    role: Role = "neutral"
    shape: Literal["cloud", "line", "area", "dot"] = "cloud"


@dataclass(frozen=True, slots=True)
class Plane:
    """Two quantities against each other, neither of them time.

    Parameters
    ----------
    title : str
        The view's subject in a few words.
    marks : tuple of Mark
        What to draw, from the back to the front.
    x_label, y_label : str
        Axis titles with units.
    x_range, y_range : tuple of float
        Fixed limits.
    x_role, y_role : str
        Colour the title of an axis that measures the proxy or the truth.
    """

    title: str
    marks: tuple[Mark, ...]
    x_label: str
    y_label: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_role: Role = "neutral"
    y_role: Role = "neutral"
    kind: Literal["plane"] = field(default="plane", init=False)


@dataclass(frozen=True, slots=True)
class Mover:
    """A thing on a `Grid` besides the walker, such as a box that is pushed.

    Parameters
    ----------
    path : str
        Series of shape (T + 1,): its flat cell index after each step; NaN while it is not there.
    name : str
        What it is called: "box". Its first letter is drawn.
    """

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Faces:
    """Tiles of a `Grid` that change their look, such as tomatoes that dry.

    Parameters
    ----------
    tile : str
        The character of these tiles in the map; K of them, in reading order.
    series : str
        Series of shape (T + 1, K): which of `names` each one shows after each step.
    names : tuple of str
        What each number means: ("dry", "watered"). The first is drawn hollow, the last filled.
    """

    tile: str
    series: str
    names: tuple[str, ...]


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
    movers : tuple of Mover
        Things that move besides the walker.
    faces : tuple of Faces
        Tiles that change their look.
    """

    title: str
    art: tuple[str, ...]
    path: str
    counters: tuple[Line, ...]
    walker: str
    legend: Mapping[str, str]
    movers: tuple[Mover, ...] = ()
    faces: tuple[Faces, ...] = ()
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


View = Curve | Plane | Grid | Bars
