"""A map in a figure: ground, signs, the trail of a walker and what else moves or changes."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Polygon, Rectangle

from proxygap.presentation._style import INK, MUTED, ROLES
from proxygap.simulations import Faces, FloatArray, Grid, Result

LAND, WATER, TILE = "#e9e3d3", "#cfd9d4", "#f4f6f1"  # a sea, for a boat
WALLS, FLOOR, SIGN, SEAM = "#cbc4b5", "#f8f6f0", "#e9e4d8", "#e4dfd3"  # a room, for the others
TOKEN, CRATE = "#fffdf8", "#dccfae"
POINTS = {">": (1, 0), "<": (-1, 0), "v": (0, 1), "^": (0, -1)}
WALL = "#"
SHORE = 0.2  # the outer wall is drawn as a shore, not as a whole row of land
HEAD = 0.7  # share of the way at which the arrow head stands, clear of the walker
LANE = 0.09  # of a cell, to the right of the direction of travel: there and back stay apart
FACE = 0.27  # of a cell: radius of a tile that changes its look

Cell = tuple[int, int]


def draw_grid(axes: Axes, view: Grid, result: Result) -> None:
    """Draw the map of `view` at the end of the path, with the whole path as a trail."""
    rows, columns = len(view.art), len(view.art[0])
    at_sea = view.walker == "boat"
    axes.add_patch(Rectangle((-0.5, -0.5), columns, rows, facecolor=LAND if at_sea else WALLS))
    covered = {faces.tile for faces in view.faces}
    for row, cells in enumerate(view.art):
        for column, cell in enumerate(cells):
            if cell != WALL:
                _draw_ground(axes, (column, row), at_sea=at_sea)
                _draw_sign(axes, " " if cell in covered else cell, view, (column, row))
    path = [_place(cell, columns) for cell in result[view.path] if np.isfinite(cell)]
    for faces in view.faces:
        _draw_faces(axes, view, faces, result[faces.series], len(path) - 1)
    _draw_trail(axes, path)
    for mover in view.movers:
        _draw_mover(axes, mover.name, result[mover.path][: len(path)], columns)
    axes.add_patch(Circle(path[-1], 0.2, facecolor=TOKEN, edgecolor=INK, linewidth=1.5, zorder=4))
    axes.set(
        xlim=(SHORE, columns - 1 - SHORE),
        ylim=(rows - 1 - SHORE, SHORE),
        aspect="equal",
        anchor="NW",
    )
    axes.set_axis_off()
    _write_counters(axes, view, result, rows)


def _place(cell: float, columns: int) -> Cell:
    row, column = divmod(round(float(cell)), columns)
    return column, row


def _draw_ground(axes: Axes, at: Cell, *, at_sea: bool) -> None:
    x, y = at
    face, edge = (WATER, WATER) if at_sea else (FLOOR, SEAM)
    axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=face, edgecolor=edge,
                             linewidth=0.8))  # fmt: skip


def _draw_sign(axes: Axes, cell: str, view: Grid, at: Cell) -> None:
    x, y = at
    meaning = next((text for cells, text in view.legend.items() if cell in cells), "").lower()
    if cell in POINTS:
        _draw_tile(axes, at, TILE if view.walker == "boat" else SIGN)
        dx, dy = POINTS[cell]
        axes.annotate("", (x + 0.2 * dx, y + 0.2 * dy), (x - 0.2 * dx, y - 0.2 * dy),
                      arrowprops={"arrowstyle": "->", "color": MUTED, "lw": 1.2})  # fmt: skip
    elif meaning.startswith("start"):
        axes.add_patch(Circle(at, 0.3, fill=False, edgecolor=MUTED, linestyle=":", linewidth=1.5))
    elif meaning.startswith("goal"):
        _draw_flag(axes, at)
    elif cell != " ":
        _draw_letter(axes, cell, at, TILE if view.walker == "boat" else SIGN)


def _draw_tile(axes: Axes, at: Cell, face: str, edge: str = "none") -> None:
    x, y = at
    axes.add_patch(FancyBboxPatch((x - 0.24, y - 0.24), 0.48, 0.48, facecolor=face, edgecolor=edge,
                                  boxstyle="round,pad=0.06"))  # fmt: skip


def _draw_flag(axes: Axes, at: Cell) -> None:
    x, y = at
    _draw_tile(axes, at, SIGN)
    axes.add_patch(Polygon([(x - 0.1, y - 0.26), (x + 0.22, y - 0.14), (x - 0.1, y - 0.02)],
                           facecolor=INK))  # fmt: skip
    axes.plot([x - 0.1, x - 0.1], [y - 0.26, y + 0.25], color=MUTED, linewidth=1.2)


def _draw_letter(axes: Axes, letter: str, at: Cell, face: str, edge: str = "none") -> None:
    _draw_tile(axes, at, face, edge)
    axes.annotate(letter, at, ha="center", va="center_baseline", fontweight="bold", zorder=4)


def _draw_mover(axes: Axes, name: str, path: FloatArray, columns: int) -> None:
    if np.isfinite(path[-1]):
        _draw_letter(axes, name[:1].upper(), _place(path[-1], columns), CRATE, INK)


def _draw_faces(axes: Axes, view: Grid, faces: Faces, states: FloatArray, step: int) -> None:
    """Draw each tile as it is after `step` steps: the first state hollow, the last one filled."""
    columns = len(view.art[0])
    cells = [index for index, cell in enumerate("".join(view.art)) if cell == faces.tile]
    for cell, state in zip(cells, states[step], strict=True):
        share = state / max(1, len(faces.names) - 1)
        at = _place(cell, columns)
        axes.add_patch(Circle(at, FACE, facecolor=FLOOR, edgecolor=INK, linewidth=1.2))
        axes.add_patch(Circle(at, FACE * share, facecolor=INK, edgecolor="none"))


def _draw_trail(axes: Axes, path: list[Cell]) -> None:
    """Draw one arrow for each direction of each edge, wider the more often it was taken."""
    used = Counter(step for step in pairwise(path) if step[0] != step[1])
    busiest = max(used.values(), default=1)
    for ((x, y), (to_x, to_y)), times in used.items():
        right_x, right_y = LANE * (y - to_y), LANE * (to_x - x)
        start = (x + right_x, y + right_y)
        end = (to_x + right_x, to_y + right_y)
        head = (start[0] + HEAD * (to_x - x), start[1] + HEAD * (to_y - y))
        width = 0.8 + 1.4 * (times / busiest) ** 0.5
        for target, style in ((end, "-"), (head, "->")):
            axes.add_patch(FancyArrowPatch(start, target, arrowstyle=style, linewidth=width,
                                           mutation_scale=6 + 2 * width, color=INK, shrinkA=0,
                                           shrinkB=0, zorder=3))  # fmt: skip


def _write_counters(axes: Axes, view: Grid, result: Result, rows: int) -> None:
    steps = int(np.isfinite(result[view.path]).sum()) - 1
    for place, line in enumerate(view.counters):
        text = f"{line.label} {result[line.series][steps]:.4g} after {steps} steps"
        axes.annotate(text.replace("-", "\N{MINUS SIGN}"), (SHORE, rows - 1 - SHORE),
                      (0, -5 - 14 * place), textcoords="offset points", va="top",
                      color=ROLES[line.role].ink, fontweight="bold",
                      annotation_clip=False)  # fmt: skip
