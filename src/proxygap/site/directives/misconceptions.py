"""``{misconceptions}``: every misconception that answers stand for, with what is true instead."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from proxygap.content import content_root
from proxygap.errors import CourseError
from proxygap.quiz import Item, Misconception, load_bank, load_misconceptions
from proxygap.quiz.rules import notes_of
from proxygap.site.directives.quiz import text
from proxygap.site.places import reading_order, section_link, title_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Asked = Counter[tuple[str, str]]
"""How many items ask about something, by chapter and section."""


class BeliefPlace(nodes.General, nodes.Element):
    """Stands where links to chapters go until all of them have been read."""


class MisconceptionsDirective(SphinxDirective):
    """List all misconceptions by the chapter that mends them, in reading order."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return a section for each chapter; the page follows the files that it is made from."""
        for pattern in ("quizzes/*.yml", "book/chapters/*.md"):
            for path in content_root().glob(pattern):
                self.env.note_dependency(str(path))
        try:
            beliefs, asked = load_misconceptions().values(), asked_about()
        except CourseError as error:
            raise self.error(f"misconceptions: {error}") from error
        order = reading_order()
        chapters = dict.fromkeys(belief.chapter for belief in beliefs)
        found = sorted(chapters, key=lambda slug: (slug not in order, (*order, slug).index(slug)))
        return [
            self._chapter(slug, [b for b in beliefs if b.chapter == slug], asked) for slug in found
        ]

    def _chapter(
        self, slug: str, beliefs: list[Misconception], asked: dict[str, Asked]
    ) -> nodes.section:
        title = title_of(slug)
        shown = nodes.section("", nodes.title("", title), ids=[f"chapter-{slug}"], names=[title])
        shown.extend(self._entry(belief, asked.get(belief.id, Counter())) for belief in beliefs)
        return shown

    def _entry(self, belief: Misconception, asked: Asked) -> nodes.section:
        title = nodes.title("", f"“{belief.title}”")
        here = sorted(asked.items(), key=lambda place: _from(belief.chapter, place[0][0]))
        place = BeliefPlace(mended=(belief.chapter, belief.section), asked=here)
        entry = nodes.section("", title, ids=[belief.id], names=[belief.id])
        entry["classes"].append("pg-belief")
        entry += self._markdown(f"**What people think.** {belief.people_think}")
        entry += self._markdown(f"**What is so.** {belief.refutation}")
        entry += place
        return entry

    def _markdown(self, source: str) -> list[nodes.Node]:
        parsed = nodes.Element()
        self.state.nested_parse(StringList(source.splitlines(), source=""), 0, parsed)
        return list(parsed.children)


def _from(home: str, chapter: str) -> tuple[bool, int]:
    """Sort a belief's own chapter first, then the others in reading order."""
    order = [*reading_order(), chapter]
    return chapter != home, order.index(chapter)


def asked_about() -> dict[str, Asked]:
    """Return for each misconception where items have an answer that stands for it."""
    found: dict[str, Asked] = {}
    for quiz in load_bank():
        for item in quiz.items:
            for name in beliefs_of(item):
                found.setdefault(name, Counter())[quiz.chapter, item.section] += 1
    return found


def beliefs_of(item: Item) -> set[str]:
    """Return the misconceptions that answers to an item stand for."""
    return {note.misconception for note in notes_of(item).values() if note.misconception}


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(BeliefPlace)):
        mended = section_link(app, docname, *place["mended"], short=True)
        shown: list[nodes.Node] = [text("Shown in: "), mended, text(". ")] if mended else []
        if questions := _questions(app, docname, place):
            shown += [text("Questions about it: "), *questions, text(".")]
        line = nodes.paragraph("", "", *shown, classes=["pg-belief-facts"])
        place.replace_self([line] if shown else [])


def _questions(app: Sphinx, here: str, place: BeliefPlace) -> list[nodes.Node]:
    found: list[nodes.Node] = []
    home = place["mended"][0]
    for (chapter, section), count in place["asked"]:
        if link := section_link(app, here, chapter, section, short=chapter == home):
            times = f" ({count})" if count > 1 else ""
            found += [text("; "), link, text(times)] if found else [link, text(times)]
    return found


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_node(BeliefPlace)
    app.add_directive("misconceptions", MisconceptionsDirective)
    app.connect("doctree-resolved", _fill)
