"""A document on paper: headings, paragraphs, lists and tables, to read and to print."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PartKind = Literal["heading", "text", "list", "table", "lines"]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One part of a `Sheet`.

    Parameters
    ----------
    part : str
        ``heading``, ``text``, ``list``, ``table``, or ``lines`` to write on by hand.
    rows : tuple of tuple of str
        A heading and a text have one cell; a list has one a row; a table's first row is its head;
        each of `lines` is what stands under it.
    """

    part: PartKind
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document that looks as it prints, with a button that prints it alone.

    Parameters
    ----------
    id, title : str
        Its name and its heading.
    note : str
        A line under the heading.
    parts : tuple of SheetPart
        From top to bottom.
    button : str
        What the button says.
    """

    id: str
    title: str
    parts: tuple[SheetPart, ...]
    note: str = ""
    button: str = "Print"
    kind: Literal["sheet"] = field(default="sheet", init=False)
