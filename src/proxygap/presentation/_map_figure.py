"""A map in a figure: water, land, arrow tiles and the trail of a walker."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Rectangle

from proxygap.presentation._style import INK, MUTED, ROLES
from proxygap.simulations import Grid, Result

WATER, LAND, TILE, BOAT = "#cfd9d4", "#e9e3d3", "#f4f6f1", "#fffdf8"
POINTS = {">": (1, 0), "<": (-1, 0), "v": (0, 1), "^": (0, -1)}
WALL = "#"
SHORE = 0.2  # the outer wall is drawn as a shore, not as a whole row of land
HEAD = 0.7  # share of the way at which the arrow head stands, clear of the walker
LANE = 0.09  # of a cell, to the right of the direction of travel: there and back stay apart

Cell = tuple[int, int]


def draw_grid(axes: Axes, view: Grid, result: Result) -> None:
    """Draw the map of `view` with the whole path as a trail and the counters' last numbers."""
    rows, columns = len(view.art), len(view.art[0])
    axes.add_patch(Rectangle((-0.5, -0.5), columns, rows, facecolor=LAND))
    for row, cells in enumerate(view.art):
        for column, cell in enumerate(cells):
            if cell != WALL:
                _draw_cell(axes, cell, (column, row))
    path = [(int(cell) % columns, int(cell) // columns) for cell in result[view.path]]
    _draw_trail(axes, path)
    axes.add_patch(Circle(path[-1], 0.2, facecolor=BOAT, edgecolor=INK, linewidth=1.5, zorder=4))
    axes.set(
        xlim=(SHORE, columns - 1 - SHORE),
        ylim=(rows - 1 - SHORE, SHORE),
        aspect="equal",
        anchor="NW",
    )
    axes.set_axis_off()
    _write_counters(axes, view, result, rows)


def _draw_cell(axes: Axes, cell: str, at: Cell) -> None:
    x, y = at
    axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=WATER, edgecolor=WATER))
    if cell in POINTS:
        axes.add_patch(FancyBboxPatch((x - 0.24, y - 0.24), 0.48, 0.48, facecolor=TILE,
                                      edgecolor="none", boxstyle="round,pad=0.06"))  # fmt: skip
        dx, dy = POINTS[cell]
        axes.annotate("", (x + 0.2 * dx, y + 0.2 * dy), (x - 0.2 * dx, y - 0.2 * dy),
                      arrowprops={"arrowstyle": "->", "color": MUTED, "lw": 1.2})  # fmt: skip
    elif cell != " ":
        axes.add_patch(Circle(at, 0.3, fill=False, edgecolor=MUTED, linestyle=":", linewidth=1.5))


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
    steps = len(result[view.path]) - 1
    for place, line in enumerate(view.counters):
        text = f"{line.label} {result[line.series][-1]:.4g} after {steps} steps"
        axes.annotate(text.replace("-", "\N{MINUS SIGN}"), (SHORE, rows - 1 - SHORE),
                      (0, -5 - 14 * place), textcoords="offset points", va="top",
                      color=ROLES[line.role].ink, fontweight="bold",
                      annotation_clip=False)  # fmt: skip
