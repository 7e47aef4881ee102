"""What a lab shows, described as data. One renderer draws every lab from these blocks.

A control names the type of the action it sends. The renderer adds the block's id and the value::

    NumberField(id="move", action="set", …)   →   {"type": "set", "id": "move", "value": "-1"}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np

from proxygap.labs._block_ballot import Ballot, Stand, Step
from proxygap.labs._block_cards import Cards, Level, Rung, Told
from proxygap.labs._block_checks import Checks
from proxygap.labs._block_files import Download, Upload
from proxygap.labs._block_intervals import Interval, Intervals
from proxygap.labs._block_matrix import Matrix
from proxygap.labs._block_page_link import PageLink
from proxygap.labs._block_pair import PairOfReplies
from proxygap.labs._block_sheet import Sheet, SheetPart
from proxygap.labs._block_slider import Slider
from proxygap.labs._block_text_field import TextField
from proxygap.labs._controls import Button, Choice, CodeField, NumberField, Option
from proxygap.simulations import FloatArray, Role
from proxygap.simulations import View as ChartView

__all__ = [
    "Ballot",
    "Block",
    "Button",
    "Cards",
    "Chart",
    "Checks",
    "Choice",
    "CodeField",
    "Column",
    "Download",
    "Interval",
    "Intervals",
    "LabView",
    "Level",
    "Link",
    "Matrix",
    "NumberField",
    "Option",
    "PageLink",
    "PairOfReplies",
    "Row",
    "Rung",
    "Score",
    "Scores",
    "Section",
    "Sheet",
    "SheetPart",
    "Slider",
    "Stand",
    "Step",
    "Table",
    "Text",
    "TextField",
    "Told",
    "Tone",
    "Upload",
]

Tone = Literal["plain", "quiet", "good", "missed", "bad"]
Place = Literal["top", "controls", "result", "below"]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph.

    Parameters
    ----------
    id : str
        Unique in the view; elements keep their identity by it.
    text : str
        Plain text.
    title : str
        Words set before the text, in bold.
    tone : str
        How it is meant: an aside, good news, something missed, something to mend.
    """

    id: str
    text: str
    title: str = ""
    tone: Tone = "plain"
    kind: Literal["text"] = field(default="text", init=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a page elsewhere, such as the source of what the lab tells.

    Parameters
    ----------
    id : str
        Unique in the view.
    title : str
        Words set before the link, in bold.
    text : str
        What the link says.
    url : str
        Where it leads; an address that starts with ``https://``.
    """

    id: str
    title: str
    text: str
    url: str
    kind: Literal["link"] = field(default="link", init=False)

    def __post_init__(self) -> None:
        """Refuse any other scheme, so that no link can run a script."""
        if not self.url.startswith("https://"):
            raise ValueError(f"The link '{self.text}' must start with https://; got {self.url}.")


@dataclass(frozen=True, slots=True)
class Score:
    """A number on the way from the worst that was possible to the best.

    Parameters
    ----------
    label : str
        What is counted, in words.
    role : str
        Proxy or truth: it decides colour and pattern.
    value, low, high : float
        The number and the two ends of its bar.
    text : str
        The number as it is read: "49 of at most 50".
    """

    label: str
    role: Role
    value: float
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Numbers to compare, usually a proxy beside a truth."""

    id: str
    title: str
    scores: tuple[Score, ...]
    kind: Literal["scores"] = field(default="scores", init=False)


@dataclass(frozen=True, slots=True)
class Chart:
    """A simulation's view (grid, curve or bars) with the series that it draws.

    Parameters
    ----------
    id : str
        Unique in the view.
    view : Grid, Curve or Bars
        What to draw.
    series : mapping from str to array
        The numbers.
    alt : str
        What the picture shows, for somebody who cannot see it.
    """

    id: str
    view: ChartView
    series: Mapping[str, FloatArray]
    alt: str
    kind: Literal["chart"] = field(default="chart", init=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a `Table`; numbers stand to the right, roles carry their colour."""

    label: str
    role: Role = "neutral"
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a `Table`.

    Parameters
    ----------
    id : str
        Unique in the table, and the value of the action that its first cell sends.
    cells : tuple of str
        One text a column.
    selected : bool
        Whether it is the row that the rest of the view is about.
    """

    id: str
    cells: tuple[str, ...]
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A real table. With an `action`, the first cell of each row is a button.

    Parameters
    ----------
    id, caption : str
        Its name, and what the learner reads above it.
    columns : tuple of Column
        The first column heads the rows.
    rows : tuple of Row
        In the order shown.
    action : str
        Type of the action that picks a row; empty when rows cannot be picked.
    row_name : str
        How the button of a row is called: "Show attempt {}".
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    action: str = ""
    row_name: str = "{}"
    kind: Literal["table"] = field(default="table", init=False)


Block = (
    Text | Link | NumberField | CodeField | TextField | Choice | Button | Scores | Chart | Table
    | Slider | Checks | Download | Upload | Sheet | Intervals
    | Cards | Ballot | Matrix | PageLink | PairOfReplies
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that belong together.

    Parameters
    ----------
    id, title : str
        Its name and heading.
    place : str
        ``controls`` and ``result`` stand side by side where there is room; ``top`` and ``below``
        span both.
    blocks : tuple of Block
        From top to bottom.
    folded : bool
        Whether it starts folded away under its heading.
    """

    id: str
    title: str
    place: Place
    blocks: tuple[Block, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class LabView:
    """Everything that is on show.

    Parameters
    ----------
    sections : tuple of Section
        In reading order.
    announce : str
        What a screen reader says when the view changes; nothing when it is the same as before.
    """

    sections: tuple[Section, ...]
    announce: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return the view as JSON-able data; NaN becomes None."""
        data: dict[str, Any] = _jsonable(asdict(self))
        return data


def _jsonable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(item) for item in value]
    if isinstance(value, np.ndarray):
        return _jsonable(value.tolist())
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value
