"""The landing page's boat race as HTML: complete without a script, played by ``<pg-hero>``.

The race is drawn here once, at build time, in the colours and shapes of the explorers. The script
only moves the boat and uncovers the lines. Which reward's race is shown is decided by the style
sheet, from the radio button that is checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from proxygap.presentation.prose import number
from proxygap.simulations import Result, Simulation
from proxygap.simulations._boat_track import ARROWS, COLUMNS, LAP_STEPS, RING, START, TRACK

TEMPLATES = Path(__file__).resolve().parent / "templates"

CELL = 100
CROP = 68  # of the outer walls, a shore of 32 is drawn; as in web/src/charts/map.ts
WIDTH = COLUMNS * CELL - 2 * CROP
LANE = 9  # how far each lane of a trail runs to the right of the middle
PLOT = (32, 10, 278, 150)  # left, top, right, bottom of the chart's plane
HEIGHT = 172
SCORES = (-6, 106)  # points at the bottom and at the top of the plane
RULES = (0, 50, 100)
LABELS_APART = 18


@dataclass(frozen=True, slots=True)
class Choice:
    """One reward that the visitor may pay the boat with.

    Attributes
    ----------
    reward : str
        Value of the simulation's parameter ``reward``.
    label : str
        What the visitor reads beside the button.
    finding : str
        Sentence with ``{paid}``, ``{wanted}`` and ``{laps}``, filled from the race.
    """

    reward: str
    label: str
    finding: str


@dataclass(frozen=True, slots=True)
class Race:
    """The race of the typical boat, move by move."""

    path: list[int]
    paid: list[float]
    wanted: list[float]

    @classmethod
    def of(cls, result: Result) -> Race:
        """Take the race from a result."""
        return cls(
            [int(cell) for cell in result["path"]],
            [float(score) for score in result["path_return"]],
            [float(score) for score in result["path_performance"]],
        )

    def tell(self, sentence: str) -> str:
        """Return `sentence` with the final scores, in the course's typography."""
        laps = number(self.wanted[-1] / LAP_STEPS, 1).removesuffix(".0")
        return sentence.format(
            paid=number(self.paid[-1]), wanted=number(self.wanted[-1]), laps=laps
        )


@dataclass(frozen=True, slots=True)
class Words:
    """What the visitor reads besides the choices.

    Attributes
    ----------
    question, control : str
        The one question, and the name of the one control.
    begin, address : str
        Text and address of the link to where the question is answered.
    """

    question: str
    control: str
    begin: str
    address: str


def hero(simulation: Simulation, words: Words, choices: Sequence[Choice]) -> str:
    """Return the HTML of the race for each choice; the first is the one that is shown."""
    races = {c.reward: Race.of(simulation.run_at(reward=c.reward)) for c in choices}
    told = [Choice(c.reward, c.label, races[c.reward].tell(c.finding)) for c in choices]
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("hero.html").render(
        data=_data(races),
        words=words,
        choices=told,
        track=_track(),
        chart=_chart(races),
        pictures=[_picture(reward, race) for reward, race in races.items()],
    )


def _data(races: dict[str, Race]) -> Markup:
    """Return what the script needs, safe inside ``<script>``."""
    data = {
        "track": TRACK,
        "plot": PLOT,
        "scores": SCORES,
        "races": {
            reward: {"path": race.path, "paid": race.paid, "wanted": race.wanted}
            for reward, race in races.items()
        },
    }
    # No other character could end the script element early.
    return Markup(json.dumps(data, separators=(",", ":")).replace("<", "\\u003c"))  # noqa: S704


def _track() -> dict[str, Any]:
    turns = dict(zip(ARROWS, (0, 90, 180, 270), strict=True))
    tiles = [(_centre(i), turns[cell]) for i, cell in enumerate("".join(TRACK)) if cell in turns]
    return {
        "width": WIDTH,
        "ring": f"M{_points(map(_centre, RING))}Z",
        "start": _centre(START),
        "island": (WIDTH / 2, WIDTH / 2),
        "tiles": [{"x": x, "y": y, "turn": turn} for (x, y), turn in tiles],
    }


def _centre(cell: int) -> tuple[float, float]:
    row, column = divmod(cell, COLUMNS)
    return (column + 0.5) * CELL - CROP, (row + 0.5) * CELL - CROP


def _chart(races: dict[str, Race]) -> dict[str, Any]:
    left, _, right, bottom = PLOT
    moves = len(next(iter(races.values())).path) - 1
    rules = [{"score": score, "y": _height(score)} for score in RULES]
    return {"width": WIDTH, "height": HEIGHT, "left": left, "right": right, "bottom": bottom,
            "moves": moves, "rules": rules}  # fmt: skip


def _picture(reward: str, race: Race) -> dict[str, Any]:
    paid, wanted = (_curve(scores) for scores in (race.paid, race.wanted))
    return {
        "reward": reward,
        "trail": "".join(_lanes(race.path)),
        "boat": _centre(race.path[-1]),
        "paid": _points(paid),
        "wanted": _points(wanted),
        "gap": _points([*paid, *reversed(wanted)]),
        "ends": _ends(race),
    }


def _lanes(path: list[int]) -> Iterator[str]:
    for start, end in sorted({(a, b) for a, b in pairwise(path) if a != b}):
        (ax, ay), (bx, by) = _centre(start), _centre(end)
        right = (-(by - ay) * LANE / CELL, (bx - ax) * LANE / CELL)
        lane = [(x + right[0], y + right[1]) for x, y in ((ax, ay), (bx, by))]
        yield f"M{_points(lane)}"


def _ends(race: Race) -> list[dict[str, Any]]:
    """Return the two labels; where the lines meet, the labels stand one above the other."""
    y = [_height(race.paid[-1]), _height(race.wanted[-1])]
    shift = LABELS_APART / 2 if abs(y[0] - y[1]) < LABELS_APART else 0.0
    proxy = {"role": "proxy", "word": "we pay", "score": number(race.paid[-1]), "y": y[0]}
    truth = {"role": "truth", "word": "we get", "score": number(race.wanted[-1]), "y": y[1]}
    return [{**proxy, "label_y": y[0] - shift + 5}, {**truth, "label_y": y[1] + shift + 5}]


def _curve(scores: list[float]) -> list[tuple[float, float]]:
    left, _, right, _ = PLOT
    xs = np.linspace(left, right, len(scores))
    return [(float(x), _height(score)) for x, score in zip(xs, scores, strict=True)]


def _height(score: float) -> float:
    _, top, _, bottom = PLOT
    low, high = SCORES
    return round(bottom - (score - low) / (high - low) * (bottom - top), 1)


def _points(points: Any) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
