"""``{progress}``: what there is to do in the course, for ``<pg-progress>`` to compare with.

What the learner did never leaves the browser; the page brings the other half.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from proxygap.content import content_root
from proxygap.quiz import load_misconceptions, load_quiz, quiz_slugs
from proxygap.simulations import get
from proxygap.site.directives.essays import chapters
from proxygap.site.directives.quiz import script
from proxygap.slices import exercise_slugs

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

EXPLORED = re.compile(r"explore\(\s*\"([^\"]+)\"")
WITHOUT_SCRIPT = (
    "Your progress is kept by your browser. This page needs JavaScript to read it from there; "
    "nothing of it is sent anywhere."
)


PAGES = ("review", "before", "after", "record")
"""The other pages that belong to the learner."""


class ProgressPlace(nodes.General, nodes.Element):
    """Stands where the page's element goes until all chapters have been read."""


class ProgressDirective(SphinxDirective):
    """Show the learner's progress in every chapter."""

    def run(self) -> list[nodes.Node]:
        """Return a place for the element; the page follows every file that it is made from."""
        follow_course(self.env)
        return [ProgressPlace()]


def follow_course(env: BuildEnvironment) -> None:
    """Build the page again when anything changes that `whole_catalogue` tells of."""
    for pattern in ("quizzes/*.yml", "book/chapters/*.md", "exercises/*/*/README.md"):
        for path in content_root().glob(pattern):
            env.note_dependency(str(path))


def whole_catalogue(app: Sphinx, here: str) -> dict[str, Any]:
    """Return what there is to do in the course, with addresses as the page `here` needs them."""
    return {
        "chapters": [_chapter(app, name, here) for name in chapters(app.env)],
        "beliefs": _beliefs(app, here),
        "pages": {name: app.builder.get_relative_uri(here, name) for name in PAGES},
    }


def catalogue(slug: str) -> dict[str, Any]:
    """Return what there is to do in a chapter: items, exercises and predictions."""
    page = content_root() / "book" / "chapters" / f"{slug}.md"
    simulations = [get(name) for name in EXPLORED.findall(page.read_text(encoding="utf-8"))]
    items = load_quiz(slug).items if slug in quiz_slugs() else ()
    return {
        "slug": slug,
        "items": [item.id for item in items],
        "exercises": [
            {"id": name, "title": _exercise_title(name)}
            for name in exercise_slugs()
            if name.startswith(f"{slug}/")
        ],
        "predictions": [
            {"id": one.prediction.id, "title": one.title} for one in simulations if one.prediction
        ],
    }


def _exercise_title(slug: str) -> str:
    readme = (content_root() / "exercises" / slug / "README.md").read_text(encoding="utf-8")
    heading = re.search(r"^# +(.+?)\s*$", readme, re.MULTILINE)
    return heading[1] if heading else slug.rpartition("/")[2]


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(ProgressPlace)):
        data = whole_catalogue(app, docname)
        fallback = f"<noscript><p>{WITHOUT_SCRIPT}</p></noscript>"
        html = f"<pg-progress>{script(data)}{fallback}</pg-progress>"
        place.replace_self(nodes.raw("", html, format="html"))


def _chapter(app: Sphinx, name: str, here: str) -> dict[str, Any]:
    place = {
        "title": app.env.titles[name].astext(),
        "href": app.builder.get_relative_uri(here, name),
    }
    return catalogue(name.rpartition("/")[2]) | place


def _beliefs(app: Sphinx, here: str) -> dict[str, dict[str, str]]:
    known = set(chapters(app.env))
    found = {}
    for belief in load_misconceptions().values():
        name = f"chapters/{belief.chapter}"
        address = app.builder.get_relative_uri(here, name) if name in known else ""
        href = f"{address}#{belief.section}" if address else ""
        found[belief.id] = {"title": belief.title, "href": href}
    return found


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_node(ProgressPlace)
    app.add_directive("progress", ProgressDirective)
    app.connect("doctree-resolved", _fill)
