"""Links to sections of chapters, for pages that are made from data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from proxygap.content import content_root
from proxygap.quiz.sources import chapter_sections

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "chapters/"


def reading_order() -> list[str]:
    """Return the chapters' slugs as the table of contents lists them."""
    contents = (content_root() / "book" / "_toc.yml").read_text(encoding="utf-8")
    return re.findall(rf"\b{FOLDER}([a-z0-9-]+)", contents)


def title_of(chapter: str) -> str:
    """Return a chapter's title, or its slug where the chapter has not been written yet."""
    return typeset(next(iter((chapter_sections(chapter) or {}).values()), chapter))


def typeset(words: str) -> str:
    """Return words with the apostrophes that pages show.

    >>> typeset("Goodhart's law")
    'Goodhart’s law'
    """
    return re.sub(r"(?<=\w)'", "’", words)


def section_link(
    app: Sphinx, here: str, chapter: str, section: str, *, short: bool = False
) -> nodes.Node | None:
    """Return a link to a section, or None where the book has no such place.

    Parameters
    ----------
    app : Sphinx
        Knows how pages refer to one another.
    here : str
        The page that holds the link.
    chapter, section : str
        A chapter's slug and the anchor of one of its headings.
    short : bool
        Name the section alone.
    """
    headings = chapter_sections(chapter) or {}
    if f"{FOLDER}{chapter}" not in app.env.found_docs or section not in headings:
        return None
    address = app.builder.get_relative_uri(here, f"{FOLDER}{chapter}")
    words = typeset(headings[section])
    if not short and section != next(iter(headings)):  # which is the chapter's own title
        words = f"{title_of(chapter)}: {words}"
    return nodes.reference("", words, refuri=f"{address}#{section}", internal=True)
