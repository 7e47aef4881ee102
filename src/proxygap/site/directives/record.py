"""``{record}``: the completion record, made in the browser from what is kept there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from proxygap import __version__
from proxygap.bank.completion import STATEMENT
from proxygap.site.directives.progress import follow_course, whole_catalogue
from proxygap.site.directives.quiz import script

if TYPE_CHECKING:
    from sphinx.application import Sphinx

WITHOUT_SCRIPT = (
    "The record is made from what your browser keeps. This page needs JavaScript to read it from "
    "there; nothing of it is sent anywhere."
)


class RecordPlace(nodes.General, nodes.Element):
    """Stands where the page's element goes until all chapters have been read."""


class RecordDirective(SphinxDirective):
    """Offer the learner a completion record."""

    def run(self) -> list[nodes.Node]:
        """Return a place for the element; the page follows every file that it is made from."""
        follow_course(self.env)
        return [RecordPlace()]


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(RecordPlace)):
        course = {"title": app.config.html_title, "edition": __version__}
        data = {**whole_catalogue(app, docname), "course": course, "statement": STATEMENT}
        fallback = f"<noscript><p>{WITHOUT_SCRIPT}</p></noscript>"
        html = f"<pg-record>{script(data)}{fallback}</pg-record>"
        place.replace_self(nodes.raw("", html, format="html"))


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_node(RecordPlace)
    app.add_directive("record", RecordDirective)
    app.connect("doctree-resolved", _fill)
