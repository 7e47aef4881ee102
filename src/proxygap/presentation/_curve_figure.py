"""Lines in a figure, labelled where they end."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes

from proxygap.presentation._style import MUTED, ROLES, RULE
from proxygap.simulations import Curve, FloatArray, Line, Result

LABEL_LETTERS = 20  # in a line of a label
LINE_SHARE = 0.065  # of the axis' height, taken by a line of a label
LIFT = 9  # points between a line and the label above or below it


class End(NamedTuple):
    """The last number of a line."""

    line: Line
    x: float
    y: float


def draw_curve(axes: Axes, view: Curve, result: Result, *, narrow: bool) -> None:
    """Draw the lines of `view`; on narrow paper their labels stand inside the picture."""
    x = result[view.x]
    axes.axhline(0, color=MUTED, linewidth=0.8)
    for line in view.lines:
        axes.plot(x, result[line.series], **ROLES[line.role].line)
    axes.set(xlim=(x[0], x[-1]), ylim=view.y_range, xlabel=view.x_label, ylabel=view.y_label)
    axes.grid(axis="y", color=RULE, linewidth=0.7)
    axes.spines[["top", "right", "left"]].set_visible(False)
    ends = [end for line in view.lines if (end := _end(line, x, result[line.series]))]
    for line, end_x, end_y in ends:
        axes.plot(end_x, end_y, "o", ms=5, color=ROLES[line.role].color, zorder=3, clip_on=False)
    if narrow:
        _label_inside(axes, ends)
    else:
        _label_beside(axes, ends, view.y_range)


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


def _label_inside(axes: Axes, ends: list[End]) -> None:
    """Write the label of the uppermost end above its line, the others below theirs."""
    highest = max(ends, key=lambda end: end.y, default=None)
    for end in ends:
        text = textwrap.fill(end.line.label, LABEL_LETTERS)
        lift, side = (LIFT, "bottom") if end is highest else (-LIFT, "top")
        axes.annotate(text, (end.x, end.y), (0, lift), textcoords="offset points", ha="right",
                      va=side, ma="right", color=ROLES[end.line.role].ink,
                      fontweight="bold")  # fmt: skip


def _spread(wanted: list[float], heights: list[float]) -> list[float]:
    """Return positions near `wanted`, in that order, at which labels do not overlap."""
    placed = list(wanted)
    for lower, upper in pairwise(np.argsort(wanted, kind="stable")):
        room = (heights[lower] + heights[upper]) / 2
        placed[upper] = max(placed[upper], placed[lower] + room)
    return placed
