"""Moodle XML: the fullest of the formats that Moodle imports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from proxygap.exports._parts import (
    closing_with_notes,
    credits_of,
    feedback,
    matching_losses,
    pairs,
    plain_number,
    stem,
    tags,
    tolerance,
)
from proxygap.exports._prose import Prose, mathjax, needs
from proxygap.exports._spec import Exporter
from proxygap.quiz import Item, Quiz
from proxygap.quiz.model import Multiple, Number, Single, Text
from proxygap.quiz.rules import OTHERWISE, RIGHT

if TYPE_CHECKING:
    from lxml.etree import _Element

AS_TYPED = "moodle_auto_format"
KINDS = {
    "single": "multichoice",
    "multiple": "multichoice",
    "number": "numerical",
    "text": "shortanswer",
    "order": "matching",
    "classify": "matching",
}


def build(quizzes: Sequence[Quiz]) -> bytes:
    """Return the quizzes as a Moodle XML file, a category for each chapter."""
    try:
        from lxml import etree
    except ImportError as error:
        raise needs("lxml") from error
    prose = Prose(mathjax)
    root = etree.Element("quiz")
    # "--" cannot stand in an XML comment.
    report = "\n".join(EXPORTER.report(quizzes)).replace("--", "–")
    root.append(etree.Comment(f"\n{report}\n"))
    for quiz in quizzes:
        category = _add(root, "question", type="category")
        title = quiz.title.replace("/", "//")
        _text(_add(category, "category"), f"$course$/top/The Proxy Gap/{title}")
        for item in quiz.items:
            _question(root, quiz, item, prose)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made


def _add(parent: _Element, name: str, text: str | None = None, **attributes: str) -> _Element:
    from lxml import etree

    made = etree.SubElement(parent, name, {k.rstrip("_"): v for k, v in attributes.items()})
    made.text = text
    return made


def _text(parent: _Element, text: str) -> None:
    _add(parent, "text", text)


def _html(parent: _Element, name: str, html: str) -> None:
    from lxml import etree

    # In CDATA the HTML can be read by a person; "]]>" would end it.
    _add(_add(parent, name, format="html"), "text").text = etree.CDATA(
        html.replace("]]>", "]]&gt;")
    )


def _question(root: _Element, quiz: Quiz, item: Item, prose: Prose) -> None:
    question = _add(root, "question", type=KINDS[item.type])
    _text(_add(question, "name"), item.id)
    _html(question, "questiontext", prose.blocks(stem(item)))
    _html(question, "generalfeedback", prose.blocks(closing_with_notes(item)))
    for name, value in (("defaultgrade", "1"), ("penalty", "0.3333333"), ("hidden", "0"),
                        ("idnumber", item.id), *_settings(item)):  # fmt: skip
        _add(question, name, value)
    _answers(question, item, prose)
    known = _add(question, "tags")
    for tag in tags(quiz, item):
        _text(_add(known, "tag"), tag)


def _settings(item: Item) -> Iterator[tuple[str, str]]:
    if item.type in {"single", "multiple"}:
        yield "single", "true" if item.type == "single" else "false"
        yield "shuffleanswers", "true"
        yield "answernumbering", "abc"
    elif item.type == "text":
        yield "usecase", "0"
    elif item.type in {"order", "classify"}:
        yield "shuffleanswers", "true"


def _answers(question: _Element, item: Item, prose: Prose) -> None:
    match item.body:
        case Single(options) | Multiple(options):
            worth = credits_of(item)
            for option in options:
                html = prose.html(option.text)
                share = plain_number(round(float(100 * worth[option.id]), 5))
                _answer(question, item, prose, (html, share, option.id), format="html")
        case Number():
            _numbers(question, item, item.body, prose)
        case Text(phrases, wrong):
            for name, group in zip(_names(len(wrong)), (phrases, *wrong), strict=True):
                share = "100" if name == RIGHT else "0"
                for phrase in group.accept:
                    literal = phrase.replace("*", r"\*")
                    _answer(question, item, prose, (literal, share, name), format=AS_TYPED)
            _answer(question, item, prose, ("*", "0", OTHERWISE), format=AS_TYPED)
        case _:
            for left, right in pairs(item):
                pair = _add(question, "subquestion", format="html")
                _text(pair, prose.html(left))
                _text(_add(pair, "answer"), right)


def _numbers(question: _Element, item: Item, body: Number, prose: Prose) -> None:
    for name, band in zip(_names(len(body.mistakes)), (body.answer, *body.mistakes), strict=True):
        share = "100" if name == RIGHT else "0"
        reply = (plain_number(band.value), share, name)
        made = _answer(question, item, prose, reply, format=AS_TYPED)
        _add(made, "tolerance", plain_number(tolerance(band)))
    made = _answer(question, item, prose, ("*", "0", OTHERWISE), format=AS_TYPED)
    _add(made, "tolerance", "0")


def _answer(
    question: _Element, item: Item, prose: Prose, reply: tuple[str, str, str], **attributes: Any
) -> _Element:
    """Add an answer: its text, the share of the credit in percent, the name of its feedback."""
    text, share, name = reply
    made = _add(question, "answer", fraction=share, **attributes)
    _text(made, text)
    _html(made, "feedback", prose.html(feedback(item, name)))
    return made


def _names(mistakes: int) -> list[str]:
    return [RIGHT, *(f"mistake-{i}" for i in range(mistakes))]


EXPORTER = Exporter("moodle-xml", "Moodle XML", ".xml", build, matching_losses)
