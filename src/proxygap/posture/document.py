"""A document as parts: written as Markdown here, shown and printed by the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

Kind = Literal["heading", "text", "list", "table", "lines"]
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


class Part(NamedTuple):
    """One part of a document.

    Attributes
    ----------
    kind : str
        ``heading``, ``text``, ``list``, ``table``, or ``lines`` to write on by hand.
    rows : tuple of tuple of str
        A heading and a text have one cell; a list has one a row; a table's first row is its head.
    """

    kind: Kind
    rows: tuple[tuple[str, ...], ...]


class Document(NamedTuple):
    """A title, a line under it, and parts."""

    title: str
    note: str
    parts: tuple[Part, ...]


def heading(text: str) -> Part:
    """Return a heading."""
    return Part("heading", ((text,),))


def text(words: str) -> Part:
    """Return a paragraph."""
    return Part("text", ((words,),))


def points(items: Iterable[str]) -> Part:
    """Return a list."""
    return Part("list", tuple((item,) for item in items))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Part:
    """Return a table."""
    return Part("table", (tuple(head), *(tuple(row) for row in rows)))


def lines(*under: str) -> Part:
    """Return lines to write on, with what stands under each."""
    return Part("lines", tuple((words,) for words in under))


def markdown(document: Document) -> str:
    """Write a document as Markdown. What a person typed stays text, whatever it looks like."""
    blocks = [f"# {plain(document.title)}", plain(document.note)]
    blocks += [_MARKDOWN[part.kind](part.rows) for part in document.parts]
    return "\n\n".join(block for block in blocks if block) + "\n"


def plain(words: str) -> str:
    """Escape what Markdown or HTML would read as markup, and join lines."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    head, *others = ([plain(cell) for cell in row] for row in rows)
    written = [head, ["---"] * len(head), *others]
    return "\n".join("| " + " | ".join(row) + " |" for row in written)


_MARKDOWN: dict[Kind, Callable[[tuple[tuple[str, ...], ...]], str]] = {
    "heading": lambda rows: f"## {plain(rows[0][0])}",
    "text": lambda rows: plain(rows[0][0]),
    "list": lambda rows: "\n".join(f"- {plain(row[0])}" for row in rows),
    "table": _table,
    "lines": lambda rows: "\n\n".join(f"{plain(row[0])}: ____________________" for row in rows),
}
