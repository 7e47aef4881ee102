"""``{review}``: the questions of all chapters that a learner missed, when they are due.

What is due is known to the learner's browser alone. The page brings the list of chapters; the items
of a chapter are fetched when one of them is due.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from proxygap.content import content_root
from proxygap.quiz import load_quiz, quiz_slugs
from proxygap.site import items
from proxygap.site.directives.essays import chapters
from proxygap.site.directives.quiz import script

if TYPE_CHECKING:
    from sphinx.application import Sphinx

WITHOUT_SCRIPT = (
    "Which questions you missed is kept by your browser. This page needs JavaScript to read it "
    "from there; nothing of it is sent anywhere. The questions of a chapter stand at its end."
)


class ReviewPlace(nodes.General, nodes.Element):
    """Stands where the page's element goes until all chapters have been read."""


class ReviewDirective(SphinxDirective):
    """Ask again what was missed."""

    def run(self) -> list[nodes.Node]:
        """Return a place for the element; the page follows every file that items are made from."""
        if "/" in self.env.docname:
            raise self.error("review: this directive belongs on a page at the root of the book.")
        root = content_root()
        for pattern in ("quizzes/*.yml", "book/chapters/*.md", "book/references.bib"):
            for path in root.glob(pattern):
                self.env.note_dependency(str(path))
        return [ReviewPlace()]


def _slugs(app: Sphinx) -> list[str]:
    names = [name.rpartition("/")[2] for name in chapters(app.env)]
    return [name for name in names if name in quiz_slugs()]


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(ReviewPlace)):
        data = {"chapters": [_chapter(app, slug, docname) for slug in _slugs(app)]}
        fallback = f"<noscript><p>{WITHOUT_SCRIPT}</p></noscript>"
        html = f"<pg-review>{script(data)}{fallback}</pg-review>"
        place.replace_self(nodes.raw("", html, format="html"))


def _chapter(app: Sphinx, slug: str, here: str) -> dict[str, Any]:
    name = f"chapters/{slug}"
    return {
        "slug": slug,
        "title": app.env.titles[name].astext(),
        "href": app.builder.get_relative_uri(here, name),
        "file": items.file_name(slug),
        "items": [item.id for item in load_quiz(slug).items],
    }


def _publish(app: Sphinx, exception: Exception | None) -> None:
    """Write the chapters' items beside what else the pages load."""
    if exception is not None or app.builder.name != "html":
        return
    outdir = Path(app.outdir)
    items.publish(outdir, _slugs(app), outdir / "_static" / "proxygap")


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_node(ReviewPlace)
    app.add_directive("review", ReviewDirective)
    app.connect("doctree-resolved", _fill)
    app.connect("build-finished", _publish, priority=950)  # after the folder was written anew
