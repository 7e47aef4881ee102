"""Lines in a figure, labelled where they end."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from proxygap.presentation._labels_figure import LABEL_LETTERS, Named
from proxygap.presentation._style import INK, MUTED, PAPER, ROLES, RULE, RoleStyle, briefly, styles
from proxygap.simulations import Curve, FloatArray, Line, Result

LINE_SHARE = 0.065  # of the axis' height, taken by a line of a label
WIDE_SPAN = 100  # from this ratio of the axis' ends on, its ticks are powers of ten
MOST_TICKS = 8


class End(NamedTuple):
    """The last number of a line."""

    line: Line
    x: float
    y: float


def draw_curve(axes: Axes, view: Curve, result: Result, *, narrow: bool) -> list[Named]:
    """Draw the lines of `view` and return what is to be labelled inside the picture.

    On wide paper the lines are labelled beside it.
    """
    x = result[view.x]
    axes.axhline(0, color=MUTED, linewidth=0.8)
    for line, style in zip(view.lines, styles([one.role for one in view.lines]), strict=True):
        _draw_line(axes, line, style, result, x)
    axes.set(xlim=(x[0], x[-1]), ylim=view.y_range, xlabel=view.x_label, ylabel=view.y_label)
    if view.x_scale == "log":
        _log_axis(axes, float(x[0]), float(x[-1]))
    axes.grid(axis="y", color=RULE, linewidth=0.7)
    axes.spines[["top", "right", "left"]].set_visible(False)
    ends = [end for line in view.lines if (end := _end(line, x, result[line.series]))]
    dots = _at_marker(axes, view, result) if view.marker else []
    _dot(axes, dots or [end for end in ends if not end.line.dots])
    if not narrow:
        _label_beside(axes, ends, view.y_range)
    named = [Named(x, result[line.series], line.label if narrow else "", line.role, "line")
             for line in view.lines]  # fmt: skip
    span = view.y_range[1] - view.y_range[0]
    return [*named, *(_value(dot, span) for dot in dots)]


def _draw_line(axes: Axes, line: Line, style: RoleStyle, result: Result, x: FloatArray) -> None:
    if line.low and line.high:
        axes.fill_between(x, result[line.low], result[line.high], color=style.color,
                          alpha=0.16, linewidth=0)  # fmt: skip
    if line.dots:
        axes.plot(x, result[line.series], "o", ms=4.5, zorder=3, clip_on=False, **style.point)
    else:
        axes.plot(x, result[line.series], **style.line)


def _log_axis(axes: Axes, low: float, high: float) -> None:
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator(powers(low, high)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))


def powers(low: float, high: float, most: int = MOST_TICKS) -> list[float]:
    """Return powers of ten, or of two on a short axis, at most `most` of them.

    >>> powers(1, 64), powers(1, 30_000)
    ([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0], [1.0, 10.0, 100.0, 1000.0, 10000.0])
    """
    base = 10.0 if high / low >= WIDE_SPAN else 2.0
    first, last = (np.log(end) / np.log(base) for end in (low, high))
    exponents = np.arange(np.ceil(first - 1e-9), np.floor(last + 1e-9) + 1)
    stride = max(1, -(-len(exponents) // most))
    return [float(base**power) for power in exponents if power % stride == 0]


def short(value: float) -> str:
    """Write a power of ten or two as briefly as it reads.

    >>> [short(value) for value in (0.01, 64, 1024, 10_000, 1e6)]
    ['0.01', '64', '1,024', '10k', '1M']
    """
    if value < 1e-3:
        return f"$10^{{{round(np.log10(value))}}}$"
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if value % size == 0:
            return f"{value / size:g}{letter}"
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def _at_marker(axes: Axes, view: Curve, result: Result) -> list[End]:
    """Draw where the setting stands and return where each line is there."""
    here = float(result[view.marker])
    if not np.isfinite(here):
        return []
    x = result[view.x]
    axes.axvline(here, color=INK, linewidth=0.9, zorder=1.5)
    scale = np.log if view.x_scale == "log" else np.asarray
    at = int(np.abs(scale(x) - scale(here)).argmin())
    found = [End(line, float(x[at]), float(result[line.series][at])) for line in view.lines]
    return [end for end in found if np.isfinite(end.y)]


def _value(end: End, span: float) -> Named:
    """Return the number of a dot as its label."""
    point = np.array([end.x]), np.array([end.y])
    return Named(*point, briefly(end.y, span), end.line.role, "dot")


def _dot(axes: Axes, ends: list[End]) -> None:
    for line, x, y in ends:
        axes.plot(x, y, "o", ms=5, color=ROLES[line.role].color, mec=PAPER, mew=0.8, zorder=3.5,
                  clip_on=False)  # fmt: skip


def _end(line: Line, x: FloatArray, y: FloatArray) -> End | None:
    known = np.flatnonzero(np.isfinite(y))
    return End(line, float(x[known[-1]]), float(y[known[-1]])) if known.size else None


def _label_beside(axes: Axes, ends: list[End], y_range: tuple[float, float]) -> None:
    """Write each label right of its line's end, moved so that none covers another."""
    texts = [textwrap.fill(end.line.label, LABEL_LETTERS) for end in ends]
    height = LINE_SHARE * (y_range[1] - y_range[0])
    heights = [height * (1 + text.count("\n")) for text in texts]
    places = _spread([end.y for end in ends], heights)
    for end, text, y in zip(ends, texts, places, strict=True):
        axes.annotate(text, (end.x, y), (8, 0), textcoords="offset points", va="center",
                      color=ROLES[end.line.role].ink, fontweight="bold",
                      annotation_clip=False)  # fmt: skip


def _spread(wanted: list[float], heights: list[float]) -> list[float]:
    """Return positions near `wanted`, in that order, at which labels do not overlap."""
    placed = list(wanted)
    for lower, upper in pairwise(np.argsort(wanted, kind="stable")):
        room = (heights[lower] + heights[upper]) / 2
        placed[upper] = max(placed[upper], placed[lower] + room)
    return placed
