"""Direct labels in a figure: each takes the emptiest place beside what it names."""

from __future__ import annotations

import textwrap
from itertools import product
from typing import Literal, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from proxygap.presentation._style import PAPER, ROLES
from proxygap.simulations import FloatArray, Role

LABEL_LETTERS = 20  # in a line of a label
LETTER, LINE = 5.6, 12.5  # points: width of a letter and height of a line of a label
CLEAR = 8  # points between a mark and its label
WEIGHT = {"cloud": 1, "line": 5, "area": 5, "dot": 25}  # what it costs to cover a point
ORDER = ("dot", "line", "area", "cloud")  # the harder a label is to move, the earlier it is placed
STOPS = 12  # places along a line at which its label may stand
SIDES = tuple(sorted(product((1, 0, -1), (1, 0, -1)), key=lambda side: side == (0, 0)))

Shape = Literal["cloud", "line", "area", "dot"]


class Named(NamedTuple):
    """Points that are drawn and what they are called; an empty text names nothing.

    Attributes
    ----------
    x, y : array
        Where they lie, in the units of the axes.
    text : str
        The label.
    role : str
        Colour of the label.
    shape : str
        How the points are drawn.
    """

    x: FloatArray
    y: FloatArray
    text: str
    role: Role
    shape: Shape


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


def write_labels(axes: Axes, named: list[Named]) -> None:
    """Write the labels of `named` into `axes`, whose size on the paper is settled."""
    size: FloatArray = np.array(axes.get_window_extent().size) * 72 / axes.figure.dpi
    points = [_in_points(axes, one, size) for one in named]
    drawn = [np.repeat(_inked(at, one), WEIGHT[one.shape], axis=0)
             for at, one in zip(points, named, strict=True)]  # fmt: skip
    obstacles = np.concatenate([np.empty((0, 2)), *drawn])
    taken: list[Box] = []
    for at, one in sorted(zip(points, named, strict=True), key=lambda p: ORDER.index(p[1].shape)):
        if one.text and len(at):
            text = textwrap.fill(one.text, LABEL_LETTERS)
            box = _best_place(_candidates(at, one.shape, text), obstacles, taken, size)
            taken.append(box)
            label = axes.annotate(
                text, (box.left / size[0], box.top / size[1]), xycoords="axes fraction", va="top",
                color=ROLES[one.role].ink, fontweight="bold", zorder=4, annotation_clip=False,
                path_effects=[withStroke(linewidth=3, foreground=PAPER)],
            )  # fmt: skip
            label.set_in_layout(False)  # the room that it needs is there already


def _in_points(axes: Axes, one: Named, size: FloatArray) -> FloatArray:
    """Return where points lie on the paper; those outside the axes are left out."""
    known = np.isfinite(one.x) & np.isfinite(one.y)
    data = np.stack([one.x[known], one.y[known]], axis=-1).reshape(-1, 2)
    shares = (axes.transScale + axes.transLimits).transform(data) if len(data) else data
    inside = ((shares >= -1e-9) & (shares <= 1 + 1e-9)).all(axis=1)
    placed: FloatArray = shares[inside] * size
    return placed


def _inked(points: FloatArray, one: Named) -> FloatArray:
    """Return points that stand for what is drawn: some of a cloud, more of a line."""
    if one.shape == "cloud":
        return points[:: max(1, len(points) // 300)]
    if one.shape == "dot" or len(points) < 2:
        return points
    along = np.linspace(0, len(points) - 1, 150)
    steps = np.arange(len(points))
    return np.stack([np.interp(along, steps, points[:, axis]) for axis in (0, 1)], axis=-1)


def _candidates(points: FloatArray, shape: Shape, text: str) -> list[Box]:
    """Return boxes for `text` beside the mark, the best first."""
    lines = text.split("\n")
    width, height = LETTER * max(map(len, lines)), LINE * len(lines)
    if shape in {"dot", "line"}:
        anchors = points[:: max(1, len(points) // STOPS)][::-1]
        anchors, reach = np.concatenate([points[-1:], anchors]), np.array([CLEAR, CLEAR])
    else:
        low, high = np.quantile(points, [0.04, 0.96], axis=0)
        anchors, reach = ((low + high) / 2)[None, :], (high - low) / 2 + 4
    return [_beside(anchor, side, reach, (width, height)) for anchor in anchors for side in SIDES]


def _beside(
    anchor: FloatArray, side: tuple[int, int], reach: FloatArray, room: tuple[float, float]
) -> Box:
    width, height = room
    middle = anchor[0] + side[0] * (reach[0] + width / 2)
    level = anchor[1] + side[1] * (reach[1] + height / 2)
    return Box(middle - width / 2, level - height / 2, middle + width / 2, level + height / 2)


def _best_place(
    candidates: list[Box], obstacles: FloatArray, taken: list[Box], size: FloatArray
) -> Box:
    page = Box(0, 0, size[0], size[1])

    def cost(rank: int) -> float:
        box = candidates[rank]
        inside = (obstacles > [box.left, box.bottom]) & (obstacles < [box.right, box.top])
        outside = (box.right - box.left) * (box.top - box.bottom) - box.overlap(page)
        crowd = sum(box.overlap(other) for other in taken)
        return 0.5 * rank + float(inside.all(axis=1).sum()) + 2 * outside + 2 * crowd

    return candidates[min(range(len(candidates)), key=cost)]
