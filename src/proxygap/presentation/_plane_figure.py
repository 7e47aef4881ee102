"""Two quantities against each other in a figure: clouds, lines, areas and dots."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from proxygap.presentation._labels_figure import Named
from proxygap.presentation._style import MUTED, ROLES, RULE, styles
from proxygap.simulations import Mark, Plane, Result, Role

MARKERS = {"proxy": "_", "truth": ".", "neutral": ".x+"}
"""A cloud's sign is its pattern: the proxy is made of dashes here too."""


def draw_plane(axes: Axes, view: Plane, result: Result) -> list[Named]:
    """Draw the marks of `view` and return what is to be labelled."""
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
    return [Named(result[mark.x], result[mark.y], mark.label, mark.role, mark.shape)
            for mark in view.marks]  # fmt: skip


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
