"""``{terms}``: the glossary; and links to it from every term that a page sets in bold.

Terms are entries of Sphinx's own glossary, so that ``{term}`` finds them, the index lists them and
the search shows them. A link carries its definition, which ``web/src/terms`` shows on a card.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.domains.std import make_glossary_term
from sphinx.util.docutils import SphinxDirective

from proxygap.content import content_root
from proxygap.errors import ContentError
from proxygap.glossary import Term, glossary_file, load_glossary
from proxygap.site.directives.quiz import Tag, tag, text
from proxygap.site.places import FOLDER, reading_order, section_link

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

USES = "proxygap_uses"
OWN = "A term of this course."
QUIET = (nodes.title, nodes.reference, nodes.rubric, Tag)
"""What is not searched for terms: headings, links, and answers that are chosen by a click."""


class UsesPlace(nodes.General, nodes.Element):
    """Stands where a term's uses go until all chapters have been read."""


class TermsDirective(SphinxDirective):
    """List all terms in alphabetical order."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the letters and the list; the page follows every chapter that uses a term."""
        for path in (glossary_file(), *content_root().glob("book/chapters/*.md")):
            self.env.note_dependency(str(path))
        try:
            terms = sorted(load_glossary().terms.values(), key=lambda term: term.name.lower())
        except ContentError as error:
            raise self.error(str(error)) from error
        entries = nodes.definition_list(classes=["pg-glossary"])
        entries.extend(self._entry(term) for term in terms)
        return [_letters(terms), addnodes.glossary("", entries, sorted=False)]

    def _entry(self, term: Term) -> nodes.definition_list_item:
        source, line = self.get_source_info()
        name = make_glossary_term(
            self.env, [nodes.Text(term.name)], None, source, line, anchor(term), self.state.document
        )
        if term.also:
            name += nodes.inline("", f" {', '.join(term.also)}", classes=["pg-term-also"])
        return nodes.definition_list_item("", name, nodes.definition("", *self._body(term)))

    def _body(self, term: Term) -> list[nodes.Node]:
        origin = f"Source: {{cite}}`{term.source}`" if term.source else OWN
        return [
            nodes.paragraph("", term.definition),
            *self._markdown(f"**For your business.** {term.business}"),
            UsesPlace(term=term.id),
            *_classed(self._markdown(origin), "pg-term-facts"),
            *_see_also(term),
        ]

    def _markdown(self, source: str) -> list[nodes.Node]:
        parsed = nodes.Element()
        self.state.nested_parse(StringList(source.splitlines(), source=""), 0, parsed)
        return list(parsed.children)


def anchor(term: Term) -> str:
    """Return the id of a term on the glossary's page."""
    return f"term-{term.id}"


def _letters(terms: Iterable[Term]) -> nodes.Node:
    """Return a line of links to the first term of each letter."""
    links = []
    for letter, group in groupby(terms, lambda term: term.name[0].upper()):
        links += [tag("a", text(letter), href=f"#{anchor(next(iter(group)))}"), text(" ")]
    return tag("nav", *links, class_="pg-letters", aria_label="Letters")


def _see_also(term: Term) -> list[nodes.Node]:
    others = [load_glossary().terms[name] for name in term.see]
    links: list[nodes.Node] = []
    for other in others:
        link = nodes.reference("", other.name, refuri=f"#{anchor(other)}", internal=True)
        links += [text(", "), link] if links else [link]
    return [nodes.paragraph("", "", text("See also: "), *links, text("."),
                            classes=["pg-term-facts"])] if links else []  # fmt: skip


def _classed(found: list[nodes.Node], name: str) -> list[nodes.Node]:
    for node in found:
        if isinstance(node, nodes.Element):
            node["classes"].append(name)
    return found


def _link_terms(app: Sphinx, doctree: nodes.document) -> None:
    """Turn bold terms into references and note where each term is used."""
    env, page = app.env, app.env.docname
    glossary = load_glossary()
    if not glossary.terms or any(doctree.findall(addnodes.glossary)):
        return
    env.dependencies[page].add(str(glossary_file()))
    for bold in list(doctree.findall(nodes.strong)):
        words = bold.astext()
        term = glossary.find(words)
        if term and words[-1] not in ".:!?" and not _is_quiet(bold):  # "Causal." leads a paragraph
            bold.replace_self(_reference(term, bold, page))
    found = []
    for reference in doctree.findall(addnodes.pending_xref):
        if reference.get("reftype") == "term" and (term := glossary.find(reference["reftarget"])):
            reference["reftarget"] = term.name  # whichever of its names the author wrote
            found.append((term.id, _section_of(reference)))
    uses(env)[page] = found


def _is_quiet(node: nodes.Node) -> bool:
    above = node.parent
    while above is not None:
        if isinstance(above, QUIET):
            return True
        above = above.parent
    return False


def _reference(term: Term, shown: nodes.Element, page: str) -> addnodes.pending_xref:
    content = nodes.inline("", "", shown.deepcopy(), classes=["xref", "std", "std-term"])
    return addnodes.pending_xref(
        "", content, refdomain="std", reftype="term", reftarget=term.name, refexplicit=True,
        refwarn=True, refdoc=page,
    )  # fmt: skip


def _section_of(node: nodes.Node) -> str:
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    return str(node["ids"][0]) if node is not None and node["ids"] else ""


def uses(env: BuildEnvironment) -> dict[str, list[tuple[str, str]]]:
    """Return which terms each page names and in which section, in the order of the page."""
    if not hasattr(env, USES):
        setattr(env, USES, {})
    found: dict[str, list[tuple[str, str]]] = getattr(env, USES)
    return found


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:  # noqa: ARG001
    uses(env).pop(docname, None)


def _merge(
    app: Sphinx,  # noqa: ARG001
    env: BuildEnvironment,
    docnames: list[str],  # noqa: ARG001
    other: BuildEnvironment,
) -> None:
    uses(env).update(uses(other))


def _finish(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(UsesPlace)):
        place.replace_self(_uses_line(app, place["term"], docname))
    for reference in list(doctree.findall(nodes.reference)):
        term = _term_behind(reference)
        if term:
            address = reference.get("refuri") or f"#{reference['refid']}"
            shown = reference.children[0].children
            reference.replace_self(
                tag("a", *shown, class_="pg-term", href=address, data_name=term.name,
                    data_card=term.definition)
            )  # fmt: skip


def _term_behind(reference: nodes.reference) -> Term | None:
    child = reference.children[0] if reference.children else None
    if not isinstance(child, nodes.inline) or "std-term" not in child["classes"]:
        return None
    place = str(reference.get("refuri") or reference.get("refid", ""))
    return load_glossary().terms.get(place.rpartition("term-")[2])


def _uses_line(app: Sphinx, term: str, here: str) -> list[nodes.Node]:
    """Return the first section of each chapter that names the term."""
    links: list[nodes.Node] = []
    for chapter in reading_order():
        found = uses(app.env).get(f"{FOLDER}{chapter}", ())
        section = next((section for name, section in found if name == term), None)
        link = section and section_link(app, here, chapter, section)
        if link:
            links += [text("; "), link] if links else [link]
    return [nodes.paragraph("", "", text("In the course: "), *links, text("."),
                            classes=["pg-term-facts"])] if links else []  # fmt: skip


def setup(app: Sphinx) -> None:
    """Register the directive and what links terms."""
    app.add_node(UsesPlace)
    app.add_directive("terms", TermsDirective)
    app.connect("doctree-read", _link_terms)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("doctree-resolved", _finish)
