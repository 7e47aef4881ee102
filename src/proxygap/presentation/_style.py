"""The house style of figures: the light half of ``web/src/styles/tokens.css``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

import matplotlib as mpl

from proxygap.presentation.prose import number
from proxygap.simulations import Role

INK = "#1d1b18"
MUTED = "#5f5a52"
RULE = "#ddd7cb"
PAPER = "#fdfcf9"

# Any: matplotlib's own names for these keys differ between versions.
_STYLE: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["Source Sans 3", "Source Sans Pro", "DejaVu Sans"],
    "font.size": 9.5,
    "svg.fonttype": "none",  # text stays text: selectable, and in the reader's own font
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "axes.titlecolor": MUTED,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.axisbelow": True,
    "figure.titlesize": 12,
    "figure.titleweight": "bold",
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "ytick.major.size": 0,
}


@dataclass(frozen=True, slots=True)
class RoleStyle:
    """How a role is drawn: always a colour and a line style, so that neither carries it alone."""

    color: str
    ink: str  # for text: contrast of at least 4.5 on paper
    dash: str | tuple[float, tuple[float, ...]]

    @property
    def line(self) -> dict[str, Any]:
        """Arguments of ``Axes.plot``; where lines coincide, both stay visible."""
        return {"color": self.color, "linestyle": self.dash, "linewidth": 2,
                "zorder": 2.5 if self.dash != "-" else 2}  # fmt: skip

    @property
    def point(self) -> dict[str, Any]:
        """Arguments of ``Axes.plot`` for single points: hollow where the line is dashed."""
        hollow = self is ROLES["proxy"]
        face, edge = (PAPER, self.color) if hollow else (self.color, PAPER)
        return {"color": self.color, "mfc": face, "mec": edge, "mew": 1.5 if hollow else 0.8}

    @property
    def bar(self) -> dict[str, Any]:
        """Arguments of ``Axes.barh``."""
        if self is not ROLES["proxy"]:
            return {"facecolor": self.color}
        return {"facecolor": f"{self.color}4d", "edgecolor": self.color, "linestyle": self.dash,
                "linewidth": 1.5}  # fmt: skip


ROLES: dict[Role, RoleStyle] = {
    "proxy": RoleStyle("#d55e00", "#a84300", (0, (4, 2))),
    "truth": RoleStyle("#0072b2", "#00609a", "-"),
    "neutral": RoleStyle(MUTED, INK, (0, (1, 1.5))),
}


def briefly(value: float, span: float) -> str:
    """Write a number so that it is read at a glance on an axis as long as `span`.

    >>> briefly(0.4996, 1), briefly(-0.0004, 1), briefly(-57.3, 200)
    ('0.5', '0', '−57')
    """
    digits = max(0, 2 - math.floor(math.log10(span)))
    text = number(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text


NEUTRAL_DASHES = ((0, (1, 1.5)), (0, (4, 1.5, 1, 1.5)), "-", (0, (8, 2.5)))
"""Neutral lines have no colour that tells them apart: their dashes do."""


def styles(roles: Sequence[Role]) -> list[RoleStyle]:
    """Return a style for each of several lines; no two neutral ones among four look the same."""
    found, neutral = [], 0
    for role in roles:
        style = ROLES[role]
        if role == "neutral":
            style = replace(style, dash=NEUTRAL_DASHES[neutral % len(NEUTRAL_DASHES)])
            neutral += 1
        found.append(style)
    return found


def house_style(*, svg_salt: str | None = None) -> AbstractContextManager[None]:
    """Return a context in which matplotlib draws in the house style.

    Parameters
    ----------
    svg_salt : str or None
        With one, equal figures are written as equal SVG.
    """
    return mpl.rc_context({**_STYLE, "svg.hashsalt": svg_salt})
