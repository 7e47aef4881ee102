"""``{claims}``: the claims ledger, every number that a simulation claims with what was measured."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from proxygap.content import content_root
from proxygap.presentation import served
from proxygap.presentation.claims import measured
from proxygap.quiz.sources import days_looked_up
from proxygap.site.directives.quiz import tag, text
from proxygap.site.places import FOLDER, reading_order, title_of
from proxygap.site.prepare import SHOWN

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from proxygap.simulations import Simulation

HEADINGS = ("Claim and source", "Claimed", "Measured")


class ShownPlace(nodes.General, nodes.Element):
    """Stands where the link to a chapter goes until all chapters have been read."""


class ClaimsDirective(SphinxDirective):
    """List what each simulation claims, in the order in which the chapters show them."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return a section for each simulation."""
        from proxygap.simulations import get, slugs

        for path in content_root().glob("book/chapters/*.md"):
            self.env.note_dependency(str(path))
        self.env.note_dependency(str(content_root() / "book" / "references.bib"))
        shown = shown_by()
        order = list(shown)
        names = sorted(slugs(), key=lambda slug: (slug not in shown, (*order, slug).index(slug)))
        simulations = [get(name) for name in names]
        cited = {claim.source for one in simulations for claim in one.claims}
        lead = nodes.paragraph("", looked_up(cited), classes=["pg-belief-facts"])
        return [lead, *(self._section(one, shown.get(one.slug, "")) for one in simulations)]

    def _section(self, simulation: Simulation, chapter: str) -> nodes.section:
        title = nodes.title("", simulation.title)
        section = nodes.section("", title, ids=[simulation.slug], names=[simulation.slug])
        section += ShownPlace(chapter=chapter, slug=simulation.slug)
        try:
            claims = measured(simulation, served.kept())
        except ValueError as error:
            raise self.error(str(error)) from error
        rows = [self._row(claim) for claim in claims]
        head = tag("tr", *(tag("th", text(words), scope="col") for words in HEADINGS))
        table = tag("table", tag("thead", head), tag("tbody", *rows))
        section += tag("div", table, class_="pst-scrollable-table-container pg-ledger")
        return section

    def _row(self, claim: dict[str, str]) -> nodes.Node:
        day = days_looked_up().get(claim["source"])
        source = f"{{cite}}`{claim['source']}`, "
        source += f"looked up on {in_words(day)}" if day else "not looked up"
        facts = tag("div", *self._markdown(source), class_="pg-belief-facts")
        return tag(
            "tr",
            tag("td", nodes.paragraph("", claim["text"]), facts),
            tag("td", text(claim["expected"])),
            tag("td", text(claim["measured"])),
        )

    def _markdown(self, source: str) -> list[nodes.Node]:
        parsed = nodes.Element()
        self.state.nested_parse(StringList(source.splitlines(), source=""), 0, parsed)
        return list(parsed.children)


def shown_by() -> dict[str, str]:
    """Return the chapter that shows each simulation first, in reading order."""
    found: dict[str, str] = {}
    for chapter in reading_order():
        path = content_root() / "book" / f"{FOLDER}{chapter}.md"
        if path.is_file():
            for slug in re.findall(SHOWN, path.read_text(encoding="utf-8")):
                found.setdefault(slug, chapter)
    return found


def looked_up(cited: Collection[str]) -> str:
    """Say how many of the works that are cited were compared with their source.

    >>> looked_up({"leike2017", "nobody1900"})
    'Of the 2 works that these claims cite, 1 was not looked up.'
    """
    missing = len(set(cited) - set(days_looked_up()))
    if not missing:
        return f"Each of the {len(cited)} works that these claims cite was looked up."
    were = "was" if missing == 1 else "were"
    return f"Of the {len(cited)} works that these claims cite, {missing} {were} not looked up."


def in_words(day: str) -> str:
    """Return a date as it is written in a sentence.

    >>> in_words("2026-11-03")
    '3 November 2026'
    """
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(ShownPlace)):
        place.replace_self(_shown_line(app, place["chapter"], place["slug"], docname))


def _shown_line(app: Sphinx, chapter: str, slug: str, here: str) -> nodes.Node:
    command = nodes.literal("", f"proxygap run {slug}")
    shown: list[nodes.Node] = []
    if f"{FOLDER}{chapter}" in app.env.found_docs:
        address = app.builder.get_relative_uri(here, f"{FOLDER}{chapter}")
        link = nodes.reference("", title_of(chapter), refuri=address, internal=True)
        shown = [text("Shown in "), link, text(". ")]
    return nodes.paragraph("", "", *shown, text("Measure again: "), command,
                           classes=["pg-belief-facts"])  # fmt: skip


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_node(ShownPlace)
    app.add_directive("claims", ClaimsDirective)
    app.connect("doctree-resolved", _fill)
