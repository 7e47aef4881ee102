"""``{quiz}``: the items of a chapter, readable without script and answerable with it.

The build renders every text once, as part of the page. ``<pg-quiz>`` moves the finished nodes into
forms, so the page never turns a string into markup. What it gets as data is the scoring rule.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from proxygap.content import content_root
from proxygap.errors import CourseError, UsageError
from proxygap.quiz import Item, Quiz, load_misconceptions, load_quiz, rule_of
from proxygap.quiz.model import Classify, Multiple, Number, Order, Single, Text, option_id
from proxygap.quiz.rules import Note, notes_of
from proxygap.quiz.schema import schema_file
from proxygap.quiz.sets import Set, by_family
from proxygap.quiz.sources import chapter_sections

if TYPE_CHECKING:
    from sphinx.application import Sphinx


INLINE = {"a", "span"}


class Tag(nodes.General, nodes.Element):
    """An HTML element around what was parsed; other output formats show its children alone."""


def tag(name: str, /, *children: nodes.Node, **attributes: str) -> Tag:
    """Return the element `name`; ``data_item`` stands for the attribute ``data-item``."""
    plain = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    return Tag("", *children, tag=name, attributes=plain)


def text(words: str) -> nodes.Text:
    """Return words that are shown as they are."""
    return nodes.Text(words)


class QuizDirective(SphinxDirective):
    """Show all items of a chapter one at a time, or in sets, or some of them as a list."""

    required_arguments = 1
    option_spec: ClassVar = {
        "items": directives.unchanged_required,
        "section": directives.unchanged_required,
        "sets": lambda argument: directives.choice(argument, ("family",)),
    }

    def run(self) -> list[nodes.Node]:
        """Return the quiz; an author's mistake becomes a warning at the directive's line."""
        try:
            quiz = load_quiz(self.arguments[0])
            items = self._chosen(quiz)
            sets = by_family(items) if "sets" in self.options else ()
        except CourseError as error:
            raise self.error(f"quiz: {error}") from error
        for name in (f"{quiz.chapter}.yml", "misconceptions.yml"):
            self.env.note_dependency(str(content_root() / "quizzes" / name))
        mode = "sets" if sets else "list" if self.options else "steps"
        payload = nodes.raw("", script(payload_of(quiz, items, mode, sets)), format="html")
        shown = [self._folded(one) for one in sets] or [self._listed(items)]
        return [tag("pg-quiz", payload, *shown)]

    def _listed(self, items: Sequence[Item]) -> Tag:
        shown = [tag("li", *self._item(item), data_item=item.id) for item in items]
        return tag("ol", *shown, class_="pg-quiz-list")

    def _folded(self, one: Set) -> Tag:
        """Return a set that a reader without script can unfold."""
        summary = tag("summary", text(f"{one.title}: {len(one.items)} questions"))
        return tag("details", summary, self._listed(one.items), class_="pg-quiz-set")

    def _chosen(self, quiz: Quiz) -> list[Item]:
        if "items" in self.options:
            names = self.options["items"].replace(",", " ").split()
            return [quiz.item(name) for name in names]
        section = self.options.get("section")
        found = [item for item in quiz.items if section in (None, item.section)]
        if not found:
            known = ", ".join(sorted({item.section for item in quiz.items}))
            raise UsageError(
                f"no item of '{quiz.chapter}' belongs to the section '{section}'. "
                f"Sections with items: {known}."
            )
        return found

    def _markdown(self, source: str) -> list[nodes.Node]:
        parsed = nodes.Element()
        self.state.nested_parse(StringList(source.splitlines(), source=""), 0, parsed)
        return list(parsed.children)

    def _item(self, item: Item) -> list[nodes.Node]:
        stem = self._markdown(item.stem)
        ask = tag("div", *stem[-1:], class_="pg-quiz-ask")
        scene = [tag("div", *stem[:-1], class_="pg-quiz-scene")] if stem[1:] else []
        return [*scene, ask, *self._options(item), self._key(item)]

    def _options(self, item: Item) -> list[nodes.Node]:
        match item.body:
            case Single(options) | Multiple(options):
                return [self._lettered([option.text for option in options])]
            case Order(steps):
                return [self._lettered(_mixed([step.text for step in steps], item.id))]
            case Classify(categories, cards):
                names = [tag("li", *self._markdown(name), data_category=option_id(name))
                         for name in categories]  # fmt: skip
                return [
                    self._lettered([card.text for card in cards]),
                    tag("p", text("Sort them into:")),
                    tag("ul", *names),
                ]
        return []

    def _lettered(self, texts: list[str]) -> Tag:
        options = [tag("li", *self._markdown(t), data_option=option_id(t)) for t in texts]
        return tag("ol", *options, type="A", class_="pg-quiz-letters")

    def _key(self, item: Item) -> Tag:
        """Return what is folded away: feedback by name, then the explanation."""
        labels = _labels(item)
        lines = [
            tag("li", tag("strong", text(labels[name])), self._note(name, note))
            for name, note in notes_of(item).items()
        ]
        explanation = tag("div", *self._explanation(item), class_="pg-quiz-explanation")
        summary = tag("summary", text("Answer"))
        return tag("details", summary, tag("ul", *lines), explanation)

    def _note(self, name: str, note: Note) -> Tag:
        return tag("div", *self._markdown(note.feedback), data_note=name)

    def _explanation(self, item: Item) -> list[nodes.Node]:
        dispute = [f"**Who could disagree:** {item.dispute}"] if item.dispute else []
        prose = "\n\n".join([item.explanation, *dispute])
        source = self._markdown(f"Source: {{cite}}`{item.source}`")
        return [*self._markdown(prose), *source, *self._way_back(item)]

    def _way_back(self, item: Item) -> list[nodes.Node]:
        """Point at the section that teaches the item, on the chapter's own page."""
        slug = self.arguments[0]
        titles = chapter_sections(slug) or {}
        if not self.env.docname.endswith(f"/{slug}") or item.section not in titles:
            return []
        link = nodes.reference("", titles[item.section], refuri=f"#{item.section}", internal=True)
        return [nodes.paragraph("", "", text("Read again: "), link)]


def _mixed(texts: list[str], seed: str) -> list[str]:
    """Return steps in an order that gives nothing away, the same at each build."""
    mixed = list(texts)
    generator = random.Random(seed)  # noqa: S311  (an order on a page, not a secret)
    while mixed == texts:
        generator.shuffle(mixed)
    return mixed


def _labels(item: Item) -> dict[str, str]:
    """Say which answer each feedback belongs to, for readers without script."""
    match item.body:
        case Single(options) | Multiple(options):
            return {o.id: f"{letter}{' is right. ' if o.correct else '. '}"
                    for letter, o in zip(ascii_uppercase, options, strict=False)}  # fmt: skip
        case Number(answer, mistakes):
            values = {f"mistake-{i}": f"{m.value:g}. " for i, m in enumerate(mistakes)}
            return {"right": f"{answer.value:g}. ", **values, "otherwise": "Anything else. "}
        case Text(phrases, wrong):
            words = {f"mistake-{i}": f"{m.accept[0]}. " for i, m in enumerate(wrong)}
            return {"right": f"{phrases.accept[0]}. ", **words, "otherwise": "Anything else. "}
        case Order(steps):
            places = {step.id: f"{i}. {step.text} " for i, step in enumerate(steps, start=1)}
            return {**places, "otherwise": "Any other order. "}
        case Classify(_, cards):
            return {card.id: f"{letter} → {card.category}. "
                    for letter, card in zip(ascii_uppercase, cards, strict=False)}  # fmt: skip


def payload_of(
    quiz: Quiz, items: list[Item], mode: str, sets: Sequence[Set] = ()
) -> dict[str, Any]:
    """Return what ``<pg-quiz>`` reads: scoring rules and the misconceptions behind answers."""
    glossary = load_misconceptions()
    behind = {item.id: {name: note.misconception for name, note in notes_of(item).items()
                        if note.misconception} for item in items}  # fmt: skip
    named = {belief for beliefs in behind.values() for belief in beliefs.values()}
    return {
        "quiz": quiz.chapter,
        "mode": mode,
        "items": [{"id": i.id, "rule": rule_of(i), "beliefs": behind[i.id]} for i in items],
        "beliefs": {belief: glossary[belief].title for belief in sorted(named)},
        "sets": [{"title": one.title, "rounds": [[i.id for i in part] for part in one.rounds]}
                 for one in sets],
    }  # fmt: skip


def script(payload: object) -> str:
    """Return a data element; no ``<`` in it can end it early."""
    data = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return f'<script type="application/json">{data.replace("<", chr(92) + "u003c")}</script>'


def _open(translator: Any, node: Tag) -> None:
    translator.body.append(translator.starttag(node, node["tag"], "", **node["attributes"]))


def _close(translator: Any, node: Tag) -> None:
    end = "" if node["tag"] in INLINE else "\n"  # within a line a break would show as a space
    translator.body.append(f"</{node['tag']}>{end}")


def _nothing(translator: Any, node: Tag) -> None:
    """Other formats show what is inside."""


def _publish_schemas(app: Sphinx, exception: Exception | None) -> None:
    """Serve the schemas, so that an author's editor, or anybody's program, can check a file."""
    if exception is not None or app.builder.name != "html":
        return
    target = Path(app.outdir) / "_static" / "proxygap" / "schemas"
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(schema_file("schema"), target / "quiz.schema.json")
    shutil.copy(schema_file("misconceptions.schema"), target / "misconceptions.schema.json")
    shutil.copy(schema_file("completion.schema"), target / "completion.schema.json")


def setup(app: Sphinx) -> None:
    """Register the directive."""
    inside = (_nothing, _nothing)
    app.add_node(Tag, html=(_open, _close), latex=inside, text=inside, man=inside, texinfo=inside)
    app.add_directive("quiz", QuizDirective)
    # After the folder was written anew.
    app.connect("build-finished", _publish_schemas, priority=950)
