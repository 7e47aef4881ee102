"""GIFT: Moodle's question format for plain text files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

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
from proxygap.exports._prose import Prose, mathjax
from proxygap.exports._spec import Exporter
from proxygap.quiz import Item, Quiz
from proxygap.quiz.model import Multiple, Number, Single, Text
from proxygap.quiz.rules import OTHERWISE, RIGHT


def build(quizzes: Sequence[Quiz]) -> bytes:
    """Return the quizzes as a GIFT file, a category for each chapter."""
    prose = Prose(mathjax)
    parts = ["\n".join(f"// {line}" for line in EXPORTER.report(quizzes))]
    for quiz in quizzes:
        title = quiz.title.replace("/", "//")
        parts.append(f"$CATEGORY: $course$/top/The Proxy Gap/{title}")
        parts += [_question(quiz, item, prose) for item in quiz.items]
    return ("\n\n".join(parts) + "\n").encode()


def _question(quiz: Quiz, item: Item, prose: Prose) -> str:
    known = "".join(f" [tag:{tag}]" for tag in tags(quiz, item))
    answers = [f"\t{line}" for line in _answers(item, prose)]
    opening = "{#" if item.type == "number" else "{"
    return "\n".join([
        f"// [id:{item.id}]{known}",
        f"::{_escaped(item.id)}::[html]{_escaped(prose.blocks(stem(item)))}{opening}",
        *answers,
        f"\t####{_escaped(prose.blocks(closing_with_notes(item)))}",
        "}",
    ])  # fmt: skip


def _answers(item: Item, prose: Prose) -> Iterator[str]:
    def said(name: str) -> str:
        return f"#{_escaped(prose.html(feedback(item, name)))}"

    match item.body:
        case Single(options) | Multiple(options):
            worth = credits_of(item)
            for option in options:
                mark = _mark(item, worth[option.id])
                yield f"{mark}{_escaped(prose.html(option.text))}{said(option.id)}"
        case Number(answer, mistakes):
            for name, band in zip(_names(len(mistakes)), (answer, *mistakes), strict=True):
                value = f"{plain_number(band.value)}:{plain_number(tolerance(band))}"
                yield f"{'=' if name == RIGHT else '=%0%'}{value}{said(name)}"
            yield f"~{said(OTHERWISE)}"
        case Text(phrases, wrong):
            for name, group in zip(_names(len(wrong)), (phrases, *wrong), strict=True):
                mark = "=" if name == RIGHT else "=%0%"
                for phrase in group.accept:
                    # A bare asterisk stands for any text.
                    yield f"{mark}{_escaped(phrase.replace('*', chr(92) + '*'))}{said(name)}"
            yield f"=%0%*{said(OTHERWISE)}"
        case _:
            for left, right in pairs(item):
                yield f"={_escaped(prose.html(left))} -> {_escaped(right)}"


def _names(mistakes: int) -> list[str]:
    return [RIGHT, *(f"mistake-{i}" for i in range(mistakes))]


def _mark(item: Item, worth: Fraction) -> str:
    if item.type == "single" and worth in {0, 1}:
        return "=" if worth else "~"
    # Moodle knows a fixed list of shares, written with five decimals.
    return f"~%{plain_number(round(float(100 * worth), 5))}%"


def _escaped(text: str) -> str:
    """Return `text` with GIFT's own signs protected, on one line."""
    return re.sub(r"([\\:#={}~])", r"\\\1", text).replace("\n", r"\n")


EXPORTER = Exporter("gift", "GIFT", ".gift", build, matching_losses)
