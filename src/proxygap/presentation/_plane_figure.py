"""Two quantities against each other in a figure: clouds, lines, areas and dots."""

from __future__ import annotations

import textwrap
from itertools import product
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from proxygap.presentation._style import MUTED, PAPER, ROLES, RULE, styles
from proxygap.simulations import FloatArray, Mark, Plane, Result, Role

LABEL_LETTERS = 20  # in a line of a label
LETTER, LINE = 5.4, 12.5  # points: width of a letter and height of a line of a label
CLEAR = 9  # points between a mark and its label
MARKERS = {"proxy": "_", "truth": ".", "neutral": ".x+"}
"""A cloud's sign is its pattern: the proxy is made of dashes here too."""
ORDER = ("dot", "line", "area", "cloud")  # the harder a label is to move, the earlier it is placed
SIDES = tuple(product((1, 0, -1), (1, 0, -1)))


class Box(NamedTuple):
    """A rectangle in points, from the lower left corner of the axes."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> float:
        """Return the area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(0.0, width) * max(0.0, height)


def draw_plane(axes: Axes, view: Plane, result: Result) -> None:
    """Draw the marks of `view`, each labelled where it is."""
    axes.set(xlim=view.x_range, ylim=view.y_range)
    axes.set_xlabel(view.x_label, color=_title_ink(view.x_role))
    axes.set_ylabel(view.y_label, color=_title_ink(view.y_role))
    axes.grid(color=RULE, linewidth=0.7)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    for draw, (low, high) in ((axes.axvline, view.x_range), (axes.axhline, view.y_range)):
        if low <= 0 <= high:
            draw(0, color=MUTED, linewidth=0.8, zorder=1)
    for mark, nth in zip(view.marks, _among_equals(view.marks), strict=True):
        _draw_mark(axes, mark, nth, result)
    _label(axes, view, result)


def _title_ink(role: Role) -> str:
    return MUTED if role == "neutral" else ROLES[role].ink


def _among_equals(marks: tuple[Mark, ...]) -> list[int]:
    """Return how many marks of its role and shape come before each one."""
    kinds = [(mark.role, mark.shape) for mark in marks]
    return [kinds[:place].count(kind) for place, kind in enumerate(kinds)]


def _draw_mark(axes: Axes, mark: Mark, nth: int, result: Result) -> None:
    x, y = result[mark.x], result[mark.y]
    style = styles([mark.role] * (nth + 1))[nth]
    match mark.shape:
        case "cloud":
            signs = MARKERS[mark.role]
            axes.scatter(x, y, 14, color=style.color, marker=signs[nth % len(signs)], alpha=0.45,
                         linewidths=0 if signs[nth % len(signs)] == "." else 0.9)  # fmt: skip
        case "line":
            axes.plot(x, y, **style.line)
        case "area":
            known = np.isfinite(x) & np.isfinite(y)
            axes.fill(x[known], y[known], facecolor=f"{style.color}24", edgecolor=style.color,
                      linestyle=style.dash, linewidth=1.2)  # fmt: skip
        case "dot":
            axes.plot(x, y, "o", ms=7, zorder=3, clip_on=False, **style.point)


def _label(axes: Axes, view: Plane, result: Result) -> None:
    """Write each label at the emptiest place beside its mark."""
    size: FloatArray = np.array(axes.get_window_extent().size) * 72 / axes.figure.dpi
    points = {mark: _in_points(view, mark, result, size) for mark in view.marks}
    obstacles = np.concatenate([_thinned(points[mark], mark) for mark in view.marks])
    taken: list[Box] = []
    for mark in sorted(view.marks, key=lambda one: ORDER.index(one.shape)):
        if mark.label and len(points[mark]):
            text = textwrap.fill(mark.label, LABEL_LETTERS)
            box = _best_place(_candidates(mark, points[mark], text), obstacles, taken, size)
            taken.append(box)
            axes.annotate(text, (box.left, box.top), xycoords="axes points", va="top",
                          color=ROLES[mark.role].ink, fontweight="bold", zorder=4,
                          path_effects=[withStroke(linewidth=3, foreground=PAPER)])  # fmt: skip


def _in_points(view: Plane, mark: Mark, result: Result, size: FloatArray) -> FloatArray:
    """Return where the points of `mark` lie, one a row; those outside the picture are left out."""
    ranges = np.array([view.x_range, view.y_range])
    data = np.stack([result[mark.x], result[mark.y]], axis=-1).reshape(-1, 2)
    shares = (data - ranges[:, 0]) / (ranges[:, 1] - ranges[:, 0])
    inside = ((shares >= 0) & (shares <= 1)).all(axis=1)  # False where a number is missing
    placed: FloatArray = shares[inside] * size
    return placed


def _thinned(points: FloatArray, mark: Mark) -> FloatArray:
    """Return the points that a label should not cover; a dot counts more than one of a cloud."""
    if mark.shape == "cloud":
        return points[:: max(1, len(points) // 300)]
    if mark.shape == "dot":
        return np.repeat(points, 20, axis=0)
    return np.repeat(points, 5, axis=0)


def _candidates(mark: Mark, points: FloatArray, text: str) -> list[Box]:
    """Return boxes for `text` beside the mark, the best first."""
    lines = text.split("\n")
    width, height = LETTER * max(map(len, lines)), LINE * len(lines)
    if mark.shape in {"dot", "line"}:
        stops = points[:: max(1, len(points) // 12)][::-1]
        anchors, reach = [points[-1], *stops], (CLEAR, CLEAR)
    else:
        low, high = np.quantile(points, [0.04, 0.96], axis=0)
        anchors, reach = [(low + high) / 2], tuple((high - low) / 2 + 4)
    return [_beside(anchor, side, reach, width, height) for anchor in anchors for side in SIDES]


def _beside(
    anchor: FloatArray,
    side: tuple[int, int],
    reach: tuple[float, float],
    width: float,
    height: float,
) -> Box:
    middle = anchor[0] + side[0] * (reach[0] + width / 2)
    level = anchor[1] + side[1] * (reach[1] + height / 2)
    return Box(middle - width / 2, level - height / 2, middle + width / 2, level + height / 2)


def _best_place(
    candidates: list[Box], obstacles: FloatArray, taken: list[Box], size: FloatArray
) -> Box:
    def cost(rank: int) -> float:
        box = candidates[rank]
        inside = (obstacles > [box.left, box.bottom]) & (obstacles < [box.right, box.top])
        page = Box(0, 0, size[0], size[1])
        area = (box.right - box.left) * (box.top - box.bottom)
        outside = area - box.overlap(page)
        crowd = sum(box.overlap(other) for other in taken)
        return 0.5 * rank + float(inside.all(axis=1).sum()) + outside + crowd

    return candidates[min(range(len(candidates)), key=cost)]
