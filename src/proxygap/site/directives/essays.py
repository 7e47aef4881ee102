"""``{essays}``: the table of contents as an index of essays, from the chapters' front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FOLDER = "chapters/"


class EssaysPlace(nodes.General, nodes.Element):
    """Stands where the index goes until all chapters have been read."""


class EssaysDirective(SphinxDirective):
    """List every chapter with its title, description and length."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return a place for the index."""
        return [EssaysPlace()]


def chapters(env: BuildEnvironment) -> list[str]:
    """Return the chapters' names in reading order."""
    included = env.toctree_includes.get(env.config.root_doc, [])
    return [name for name in included if name.startswith(FOLDER)]


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(EssaysPlace)):
        index = nodes.enumerated_list(classes=["pg-essays"])
        index.extend(_entry(app, name, docname) for name in chapters(app.env))
        place.replace_self(index)


def _entry(app: Sphinx, name: str, here: str) -> nodes.list_item:
    meta = app.env.metadata[name]
    address = app.builder.get_relative_uri(here, name)
    title = nodes.reference("", app.env.titles[name].astext(), refuri=address, internal=True)
    entry = nodes.list_item("", nodes.paragraph("", "", title, classes=["pg-essay-title"]))
    if description := meta.get("description"):
        entry += nodes.paragraph("", description)
    if minutes := meta.get("minutes"):
        entry += nodes.paragraph("", f"{minutes} minutes", classes=["pg-essay-facts"])
    return entry


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_node(EssaysPlace)
    app.add_directive("essays", EssaysDirective)
    app.connect("doctree-resolved", _fill)
