"""QTI 2.1: the open standard of assessment systems, as a content package."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from html import escape

from proxygap.exports._parts import closing, common_losses, feedback, tags
from proxygap.exports._prose import Prose, mathml
from proxygap.exports._qti_scoring import EXPLANATION, declaration, processing
from proxygap.exports._spec import Exporter
from proxygap.quiz import Item, Quiz
from proxygap.quiz.model import Classify, Multiple, Number, Option, Order, Single, Step, option_id
from proxygap.quiz.rules import notes_of

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
LOM = "http://www.imsglobal.org/xsd/imsmd_v1p2"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
LONG_AGO = (2020, 1, 1, 0, 0, 0)
"""A fixed date in the archive: the same items give the same bytes."""


def build(quizzes: Sequence[Quiz]) -> bytes:
    """Return the quizzes as a content package: an item each, and a test with a section each."""
    prose = Prose(mathml)
    files = {"imsmanifest.xml": _manifest(quizzes), "test.xml": _test(quizzes)}
    for quiz in quizzes:
        files |= {f"items/{item.id}.xml": _item(item, prose) for item in quiz.items}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(zipfile.ZipInfo(name, LONG_AGO), HEAD + text,
                             compress_type=zipfile.ZIP_DEFLATED)  # fmt: skip
    return archive.getvalue()


def _item(item: Item, prose: Prose) -> str:
    said = {name: feedback(item, name) for name in notes_of(item)} | {EXPLANATION: closing(item)}
    modal = "".join(
        f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{name}" showHide="show">'
        f"{_blocks(prose, text)}</modalFeedback>"
        for name, text in said.items()
    )
    return (
        f'<assessmentItem xmlns="{QTI}" identifier="{item.id}" title="{item.id}" '
        'adaptive="false" timeDependent="false" toolName="proxygap">'
        f"{declaration(item)}"
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" '
        'normalMaximum="1.0"><defaultValue><value>0.0</value></defaultValue></outcomeDeclaration>'
        '<outcomeDeclaration identifier="FEEDBACK" cardinality="multiple" baseType="identifier"/>'
        f"<itemBody>{_blocks(prose, item.stem)}{_interaction(item, prose)}</itemBody>"
        f"{processing(item)}{modal}</assessmentItem>\n"
    )


def _blocks(prose: Prose, source: str) -> str:
    return f"<div>{_allowed(prose.blocks(source))}</div>"


def _allowed(html: str) -> str:
    """Return HTML without the attributes that QTI's subset of it does not have."""
    return re.sub(r'(<(?:t[hd]|ol)) (?:style|start)="[^"]*"', r"\1", html)


def _interaction(item: Item, prose: Prose) -> str:
    match item.body:
        case Single(options):
            return _choice(options, 1, prose)
        case Multiple(options):
            return _choice(options, 0, prose)
        case Number(unit=unit):
            return f"<p>{_entry(12)} {escape(unit)}</p>"
        case Order(steps):
            return (f'<orderInteraction responseIdentifier="RESPONSE" shuffle="true">'
                    f"{_choices(steps, prose)}</orderInteraction>")  # fmt: skip
        case Classify():
            return _match(item.body, prose)
    return f"<p>{_entry(30)}</p>"


def _entry(width: int) -> str:
    return f'<textEntryInteraction responseIdentifier="RESPONSE" expectedLength="{width}"/>'


def _choice(options: Sequence[Option], most: int, prose: Prose) -> str:
    return (f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{most}">'
            f"{_choices(options, prose)}</choiceInteraction>")  # fmt: skip


def _choices(choices: Sequence[Option | Step], prose: Prose) -> str:
    return "".join(f'<simpleChoice identifier="{one.id}">{_allowed(prose.blocks(one.text))}'
                   "</simpleChoice>" for one in choices)  # fmt: skip


def _match(body: Classify, prose: Prose) -> str:
    cards = "".join(_associable(card.id, 1, card.text, prose) for card in body.cards)
    homes = "".join(_associable(option_id(name), len(body.cards), name, prose)
                    for name in body.categories)  # fmt: skip
    sets = "".join(f"<simpleMatchSet>{one}</simpleMatchSet>" for one in (cards, homes))
    return (f'<matchInteraction responseIdentifier="RESPONSE" shuffle="true" '
            f'maxAssociations="{len(body.cards)}">{sets}</matchInteraction>')  # fmt: skip


def _associable(name: str, most: int, text: str, prose: Prose) -> str:
    return (f'<simpleAssociableChoice identifier="{name}" matchMax="{most}">'
            f"{_allowed(prose.blocks(text))}</simpleAssociableChoice>")  # fmt: skip


def _test(quizzes: Sequence[Quiz]) -> str:
    sections = "".join(
        f'<assessmentSection identifier="{quiz.chapter}" title="{escape(quiz.title)}" '
        f'visible="true">{"".join(_reference(item) for item in quiz.items)}</assessmentSection>'
        for quiz in quizzes
    )
    return (
        f'<assessmentTest xmlns="{QTI}" identifier="proxygap" title="The Proxy Gap" '
        'toolName="proxygap"><testPart identifier="all" navigationMode="nonlinear" '
        f'submissionMode="individual">{sections}</testPart></assessmentTest>\n'
    )


def _reference(item: Item) -> str:
    return f'<assessmentItemRef identifier="{item.id}" href="items/{item.id}.xml"/>'


def _manifest(quizzes: Sequence[Quiz]) -> str:
    # "--" cannot stand in an XML comment.
    report = escape("\n".join(EXPORTER.report(quizzes))).replace("--", "–")
    items = "".join(_resource(quiz, item) for quiz in quizzes for item in quiz.items)
    parts = "".join(f'<dependency identifierref="{item.id}"/>'
                    for quiz in quizzes for item in quiz.items)  # fmt: skip
    return (
        f'<manifest xmlns="{PACKAGE}" xmlns:imsmd="{LOM}" identifier="proxygap-bank">'
        f"<!--\n{report}\n--><metadata><schema>QTIv2.1 Package</schema>"
        "<schemaversion>1.0.0</schemaversion></metadata><organizations/><resources>"
        '<resource identifier="test" type="imsqti_test_xmlv2p1" href="test.xml">'
        f'<file href="test.xml"/>{parts}</resource>{items}</resources></manifest>\n'
    )


def _resource(quiz: Quiz, item: Item) -> str:
    file = f"items/{item.id}.xml"
    known = "".join(f'<imsmd:keyword><imsmd:langstring xml:lang="en">{escape(tag)}'
                    "</imsmd:langstring></imsmd:keyword>" for tag in tags(quiz, item))  # fmt: skip
    return (
        f'<resource identifier="{item.id}" type="imsqti_item_xmlv2p1" href="{file}"><metadata>'
        f"<imsmd:lom><imsmd:general>{known}</imsmd:general></imsmd:lom></metadata>"
        f'<file href="{file}"/></resource>'
    )


EXPORTER = Exporter("qti", "QTI 2.1", ".zip", build, common_losses)
