"""Figures: a simulation's result as a picture that needs no browser.

The house style: the finding is the title, the proxy is vermillion and dashed, the truth is blue and
solid, lines are labelled where they end, and the paper is painted so that the figure reads on a
dark page too. Figures are made with matplotlib's objects; its global state is left alone.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from proxygap.presentation._map_figure import draw_grid
from proxygap.presentation._style import INK, MUTED, ROLES, RULE, house_style
from proxygap.simulations import Bars, Curve, Result, Simulation, View

Draw = Callable[[Axes, Any, Result], None]

WIDE = {"curve": 1.55, "grid": 1.0, "bars": 1.2}  # relative widths of the panels
PANEL_WIDTH, PANEL_HEIGHT = 3.2, 4.1  # inches
DPI = 160  # of pictures made of pixels
CSS_PIXELS = 96  # in an inch
LABEL_WIDTH = 20  # letters in a line of a direct label


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
    widths = [WIDE[view.kind] for view in simulation.views]
    with house_style():
        size = (PANEL_WIDTH * sum(widths), PANEL_HEIGHT)
        drawn = Figure(size, dpi=DPI, layout="constrained")
        FigureCanvasAgg(drawn)
        letters = round(28 * sum(widths))
        drawn.suptitle(textwrap.fill(title, letters), x=0.012, ha="left")
        panels = drawn.subplots(1, len(widths), width_ratios=widths, squeeze=False)[0]
        for axes, view in zip(panels, simulation.views, strict=True):
            draw_view(axes, view, shown)
    return drawn


def draw_view(axes: Axes, view: View, result: Result) -> None:
    """Draw one view into `axes`."""
    axes.set_title(view.title, loc="left")
    draw: dict[str, Draw] = {"curve": _draw_curve, "grid": draw_grid, "bars": _draw_bars}
    draw[view.kind](axes, view, result)


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


def picture(simulation: Simulation) -> Picture:
    """Return the figure of the default run for a page."""
    drawn = figure(simulation)
    written = io.BytesIO()
    with house_style(svg_salt=simulation.slug):
        drawn.savefig(written, format="svg", metadata={"Date": None, "Title": simulation.title})
    width, height = (round(CSS_PIXELS * inches) for inches in drawn.get_size_inches())
    return Picture(written.getvalue(), width, height)


def _draw_curve(axes: Axes, view: Curve, result: Result) -> None:
    x = result[view.x]
    axes.axhline(0, color=MUTED, linewidth=0.8)
    for line in view.lines:
        axes.plot(x, result[line.series], **ROLES[line.role].line)
    axes.set(xlim=(x[0], x[-1]), ylim=view.y_range, xlabel=view.x_label, ylabel=view.y_label)
    axes.grid(axis="y", color=RULE, linewidth=0.7)
    axes.spines[["top", "right", "left"]].set_visible(False)
    _label_ends(axes, view, result)


def _label_ends(axes: Axes, view: Curve, result: Result) -> None:
    """Write each label right of its line's last number, moved so that none covers another."""
    ends = [(line, _last(result[line.series])) for line in view.lines]
    drawn = [(line, end) for line, end in ends if end is not None]
    low, high = view.y_range
    rows = [1 + len(line.label) // LABEL_WIDTH for line, _ in drawn]
    heights = [0.065 * (high - low) * row for row in rows]
    places = _spread([float(result[line.series][end]) for line, end in drawn], heights)
    for (line, end), y in zip(drawn, places, strict=True):
        x = result[view.x][end]
        axes.plot(x, result[line.series][end], "o", ms=5, color=ROLES[line.role].color, zorder=3)
        axes.annotate(textwrap.fill(line.label, LABEL_WIDTH), (x, y), (8, 0),
                      textcoords="offset points", va="center", color=ROLES[line.role].ink,
                      fontweight="bold", annotation_clip=False)  # fmt: skip


def _last(values: np.ndarray[Any, np.dtype[np.float64]]) -> int | None:
    known = np.flatnonzero(np.isfinite(values))
    return int(known[-1]) if known.size else None


def _spread(wanted: list[float], heights: list[float]) -> list[float]:
    """Return positions near `wanted`, in that order, at which labels do not overlap."""
    order = np.argsort(wanted, kind="stable")
    placed: list[float] = list(wanted)
    for lower, upper in pairwise(order):
        room = (heights[lower] + heights[upper]) / 2
        placed[upper] = max(placed[upper], placed[lower] + room)
    return placed


def _draw_bars(axes: Axes, view: Bars, result: Result) -> None:
    low, high = view.value_range
    for row, line in enumerate(view.bars):
        value = float(result[line.series])
        style = ROLES[line.role]
        axes.barh(row, value, height=0.45, **style.bar)
        axes.text(low, row - 0.32, f"{line.label}: {value:.4g}", va="bottom", color=style.ink,
                  fontweight="bold")  # fmt: skip
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set(xlim=(low, high), ylim=(len(view.bars) - 0.5, -0.8), xlabel=view.value_label)
    axes.grid(axis="x", color=RULE, linewidth=0.7)
    axes.set_yticks([])
    axes.spines[["top", "right", "left"]].set_visible(False)
