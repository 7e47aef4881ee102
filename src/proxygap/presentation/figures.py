"""Figures: a simulation's result as a picture that needs no browser.

The house style: the finding is the title, the proxy is vermillion and dashed, the truth is blue and
solid, lines are labelled where they end, and the paper is painted so that the figure reads on a
dark page too. Figures are made with matplotlib's objects; its global state is left alone.
"""

from __future__ import annotations

import io
import textwrap
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from proxygap.presentation._curve_figure import draw_curve
from proxygap.presentation._labels_figure import Named, write_labels
from proxygap.presentation._map_figure import draw_grid
from proxygap.presentation._plane_figure import draw_plane
from proxygap.presentation._style import INK, ROLES, RULE, briefly, house_style
from proxygap.simulations import Bars, Result, Simulation, View

WIDE = {
    "curve": 1.55,
    "plane": 1.45,
    "grid": 0.85,
    "bars": 1.2,
}  # relative widths of panels side by side
TALL = {
    "curve": 1.0,
    "plane": 1.1,
    "grid": 1.25,
    "bars": 0.7,
}  # relative heights of panels in a column
PANEL_WIDTH, PANEL_HEIGHT = 3.2, 4.1  # inches
COLUMN_WIDTH, COLUMN_PANEL = 3.5, 3.0  # inches: a phone's width
MOST_IN_A_ROW = 3
DPI = 160  # of pictures made of pixels
CSS_PIXELS = 96  # in an inch
NARROW_TITLE = 32  # letters in a line of a view's title on a phone


def figure(simulation: Simulation, result: Result | None = None) -> Figure:
    """Return the figure of `result`, its views side by side.

    Parameters
    ----------
    simulation : Simulation
        What is drawn.
    result : Result or None
        A run of it; the default run if None. Only the default run carries the finding as title.
    """
    title = simulation.finding if result is None else simulation.title
    shown = simulation.run_at() if result is None else result
    drawn = _side_by_side(simulation, shown)
    with house_style():
        letters = round(28 * drawn.get_figwidth() / PANEL_WIDTH)
        drawn.suptitle(textwrap.fill(title, letters), x=0.012, ha="left")
    return drawn


def _side_by_side(simulation: Simulation, result: Result) -> Figure:
    if len(simulation.views) > MOST_IN_A_ROW:
        return _in_rows(simulation, result)
    widths = [WIDE[view.kind] for view in simulation.views]
    size = (PANEL_WIDTH * sum(widths), PANEL_HEIGHT)
    return _panels(simulation, result, size, ncols=len(widths), width_ratios=widths)


def _in_rows(simulation: Simulation, result: Result) -> Figure:
    rows = -(-len(simulation.views) // MOST_IN_A_ROW)
    size = (PANEL_WIDTH * 1.4 * MOST_IN_A_ROW, PANEL_HEIGHT * 0.8 * rows)
    return _panels(simulation, result, size, nrows=rows, ncols=MOST_IN_A_ROW)


def _in_a_column(simulation: Simulation, result: Result) -> Figure:
    heights = [_tall(view) for view in simulation.views]
    size = (COLUMN_WIDTH, COLUMN_PANEL * sum(heights))
    return _panels(simulation, result, size, nrows=len(heights), height_ratios=heights)


def _tall(view: View) -> float:
    """Return a panel's height in a column, relative to others; bars need it one by one."""
    return TALL[view.kind] * (max(1.0, len(view.bars) / 3) if view.kind == "bars" else 1)


def _panels(
    simulation: Simulation, result: Result, size: tuple[float, float], **grid: Any
) -> Figure:
    with house_style():
        drawn = Figure(size, dpi=DPI, layout="constrained")
        FigureCanvasAgg(drawn)
        panels = drawn.subfigures(**grid, squeeze=False).ravel()
        narrow = "ncols" not in grid or "nrows" in grid
        named = [(axes := panel.subplots(), draw_view(axes, view, result, narrow=narrow))
                 for panel, view in zip(panels, simulation.views, strict=False)]  # fmt: skip
        drawn.draw_without_rendering()  # settles where the axes are
        for axes, names in named:
            write_labels(axes, names)
    return drawn


def draw_view(axes: Axes, view: View, result: Result, *, narrow: bool = False) -> list[Named]:
    """Draw one view into `axes`, which may be as narrow as a phone; return what to label in it."""
    axes.set_title(textwrap.fill(view.title, NARROW_TITLE) if narrow else view.title, loc="left")
    match view.kind:
        case "curve":
            return draw_curve(axes, view, result, narrow=narrow)
        case "plane":
            return draw_plane(axes, view, result)
        case "grid":
            draw_grid(axes, view, result)
        case "bars":
            _draw_bars(axes, view, result)
    return []


class Picture(NamedTuple):
    """A figure as a page shows it.

    Attributes
    ----------
    svg : bytes
        The figure; the same simulation gives the same bytes.
    width, height : int
        CSS pixels.
    """

    svg: bytes
    width: int
    height: int


def picture(simulation: Simulation, *, narrow: bool = False) -> Picture:
    """Return the figure of the default run for a page, which writes the finding itself.

    Parameters
    ----------
    simulation : Simulation
        What is drawn.
    narrow : bool
        Whether the views stand one below the other, for a phone.
    """
    lay_out = _in_a_column if narrow else _side_by_side
    drawn = lay_out(simulation, simulation.run_at())
    written = io.BytesIO()
    with house_style(svg_salt=simulation.slug):
        drawn.savefig(written, format="svg", metadata={"Date": None, "Title": simulation.title})
    width, height = (round(CSS_PIXELS * inches) for inches in drawn.get_size_inches())
    return Picture(written.getvalue(), width, height)


def _draw_bars(axes: Axes, view: Bars, result: Result) -> None:
    low, high = view.value_range
    for row, line in enumerate(view.bars):
        value = float(result[line.series])
        style = ROLES[line.role]
        axes.barh(row, value, height=0.45, **style.bar)
        text = f"{line.label}: {briefly(value, high - low)}"
        axes.text(low, row - 0.32, text, va="bottom", color=style.ink, fontweight="bold")
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set(xlim=(low, high), ylim=(len(view.bars) - 0.5, -0.8), xlabel=view.value_label)
    axes.grid(axis="x", color=RULE, linewidth=0.7)
    axes.set_yticks([])
    axes.spines[["top", "right", "left"]].set_visible(False)
