"""``{form}``: the questions before and after the course; ``{form-match}``: how parallel they are.

A form is asked on one page, rendered like a quiz. ``<pg-form>`` asks its questions one at a time
and judges them at the end.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from proxygap.bank.form_words import verdict
from proxygap.bank.kept_forms import KeptForms, edition, read
from proxygap.content import content_root
from proxygap.errors import CourseError, UsageError
from proxygap.quiz import Item, Quiz, load_bank
from proxygap.quiz.sources import chapter_sections
from proxygap.site.directives.quiz import QuizDirective, payload_of, script, tag, text

if TYPE_CHECKING:
    from sphinx.application import Sphinx

NAMES = ("before", "after")
WITHOUT_SCRIPT = (
    "Without JavaScript the questions can be read and printed. To have them judged, turn it on; "
    "nothing is sent anywhere."
)


def kept_forms() -> KeptForms:
    """Return the forms in ``quizzes/forms.json``."""
    bank = [item for quiz in load_bank() for item in quiz.items]
    return read(content_root() / "quizzes" / "forms.json", bank)


def _follow(env: Any) -> None:
    root = content_root()
    for path in [*(root / "quizzes").glob("*.*"), root / "book" / "_toc.yml"]:
        env.note_dependency(str(path))


class FormDirective(QuizDirective):
    """Ask the questions of one form."""

    def run(self) -> list[nodes.Node]:
        """Return the form; forms that do not fit the bank become a warning that says what to do."""
        name = self.arguments[0]
        try:
            if name not in NAMES:
                raise UsageError(f"there is no form '{name}'. Write {' or '.join(NAMES)}.")
            kept = kept_forms()
        except CourseError as error:
            raise self.error(f"form: {error}") from error
        _follow(self.env)
        items = list(kept.forms.before if name == "before" else kept.forms.after)
        shown = [tag("li", *self._item(item), data_item=item.id) for item in items]
        payload = nodes.raw("", script(self._payload(name, items)), format="html")
        note = tag("noscript", tag("p", text(WITHOUT_SCRIPT)))
        return [tag("pg-form", payload, note, tag("ol", *shown, class_="pg-quiz-list"))]

    @cached_property
    def _bank(self) -> list[Quiz]:
        """The chapters with items, in reading order."""
        toc = (content_root() / "book" / "_toc.yml").read_text(encoding="utf-8")
        order = re.findall(r"chapters/([\w-]+)", toc)
        return sorted(load_bank(), key=lambda quiz: (*order, quiz.chapter).index(quiz.chapter))

    def _payload(self, name: str, items: list[Item]) -> dict[str, Any]:
        rules = payload_of(replace(self._bank[0], chapter=name), items, "form")
        chapters = [
            {"title": quiz.title, "href": self._address(quiz.chapter, ""),
             "items": [item.id for item in items if item in quiz.items]}
            for quiz in self._bank
        ]  # fmt: skip
        return {
            "form": name,
            "edition": edition(items),
            "items": rules["items"],
            "beliefs": rules["beliefs"],
            "chapters": [chapter for chapter in chapters if chapter["items"]],
        }

    def _address(self, chapter: str, section: str) -> str:
        """Return where a chapter, or one of its sections, is found from this page."""
        builder = self.env.app.builder
        page = builder.get_relative_uri(self.env.docname, f"chapters/{chapter}")
        return f"{page}#{section}" if section else page

    def _way_back(self, item: Item) -> list[nodes.Node]:
        """Point at the section of the chapter that teaches the item."""
        slug = next(quiz.chapter for quiz in self._bank if item in quiz.items)
        titles = chapter_sections(slug) or {}
        if item.section not in titles:
            return []
        address = self._address(slug, item.section)
        link = nodes.reference("", titles[item.section], refuri=address, internal=True)
        return [nodes.paragraph("", "", text("Read again: "), link)]


class MatchDirective(SphinxDirective):
    """Say how far the two forms are parallel, in words and in a table."""

    def run(self) -> list[nodes.Node]:
        """Return the report of the forms' match."""
        try:
            forms = kept_forms().forms
        except CourseError as error:
            raise self.error(f"form-match: {error}") from error
        _follow(self.env)
        rows = [(f"{row}: {name}", *map(str, numbers)) for row, name, *numbers in forms.table()
                if row != "objective"]  # fmt: skip
        table = _table([("", "blueprint", "before", "after"), *rows])
        return [nodes.paragraph("", " ".join(verdict(forms))), table]


def _table(rows: list[tuple[str, ...]]) -> nodes.table:
    """Return a table of plain texts; the first row is its head."""
    columns = [nodes.colspec(colwidth=1) for _ in rows[0]]
    lines = [nodes.row("", *[nodes.entry("", nodes.paragraph("", cell)) for cell in row])
             for row in rows]  # fmt: skip
    group = nodes.tgroup("", *columns, nodes.thead("", lines[0]), nodes.tbody("", *lines[1:]),
                         cols=len(columns))  # fmt: skip
    return nodes.table("", group)


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("form", FormDirective)
    app.add_directive("form-match", MatchDirective)
