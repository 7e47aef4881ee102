"""Anki: a deck of cards for each chapter, for spaced review."""

from __future__ import annotations

import hashlib
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from proxygap.exports._parts import (
    PICTURES,
    closing,
    feedback,
    has_picture,
    plain_number,
    stem,
    tolerance,
)
from proxygap.exports._parts import tags as known_about
from proxygap.exports._prose import Prose, mathjax, needs
from proxygap.exports._spec import Exporter
from proxygap.quiz import Item, Quiz
from proxygap.quiz.model import Classify, Multiple, Number, Order, Single, Text
from proxygap.quiz.rules import OTHERWISE, RIGHT

if TYPE_CHECKING:
    import genanki

SELF_JUDGED = "an answer is not scored: the learner compares it with the back of the card"
STYLE = """
.card { font: 18px/1.5 Georgia, serif; text-align: left; max-width: 40em; margin: 0 auto; }
.why { border-top: 1px solid #999; margin-top: 1em; padding-top: .5em; }
"""
BACK = "{{FrontSide}}<hr id=answer>{{Answer}}<div class=why>{{Explanation}}</div>"


def build(quizzes: Sequence[Quiz]) -> bytes:
    """Return the quizzes as an Anki package; a card that is imported again keeps its schedule."""
    try:
        import genanki
    except ImportError as error:
        raise needs("genanki") from error
    model, prose = _model(), Prose(mathjax)
    report = "\n".join(EXPORTER.report(quizzes))
    decks = []
    for quiz in quizzes:
        name = f"The Proxy Gap::{quiz.title}"
        deck = genanki.Deck(_number(quiz.chapter), name, description=report)
        for item in quiz.items:
            deck.add_note(_note(model, quiz, item, prose))
        decks.append(deck)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "deck.apkg")
        genanki.Package(decks).write_to_file(str(file))
        return file.read_bytes()


def _number(name: str) -> int:
    """Return a number that stands for `name` for ever: Anki knows decks and models by numbers."""
    return int(hashlib.sha256(f"proxygap/{name}".encode()).hexdigest()[:8], 16) | 1 << 30


def _model() -> genanki.Model:
    import genanki

    return genanki.Model(
        _number("model"),
        "The Proxy Gap",
        fields=[{"name": name} for name in ("Id", "Question", "Answer", "Explanation")],
        templates=[{"name": "Card", "qfmt": "{{Question}}", "afmt": BACK}],
        css=STYLE,
        sort_field_index=0,
    )


def _note(model: genanki.Model, quiz: Quiz, item: Item, prose: Prose) -> genanki.Note:
    import genanki

    fields = [item.id, _front(item, prose), _back(item, prose), prose.blocks(closing(item))]
    # A tag is one word.
    tags = [tag.replace(" ", "::") for tag in known_about(quiz, item)]
    return genanki.Note(model, fields, tags=tags, guid=genanki.guid_for("proxygap", item.id))


def _front(item: Item, prose: Prose) -> str:
    question = prose.blocks(stem(item))
    match item.body:
        case Single(options) | Multiple(options):
            several = "<p>Several can be right.</p>" * (item.type == "multiple")
            return question + several + _listed([o.text for o in options], prose)
        case Order(steps):
            mixed = [step.text for step in steps]
            generator = random.Random(item.id)  # noqa: S311  (an order on a card, not a secret)
            while mixed == [step.text for step in steps]:
                generator.shuffle(mixed)
            return question + _listed(mixed, prose)
        case Classify(categories, cards):
            sorts = "".join(f"<li>{prose.html(name)}</li>" for name in categories)
            texts = [card.text for card in cards]
            return f"{question}{_listed(texts, prose)}<p>Sort them into:</p><ul>{sorts}</ul>"
    return question


def _listed(texts: Sequence[str], prose: Prose) -> str:
    return f'<ol type="A">{"".join(f"<li>{prose.html(text)}</li>" for text in texts)}</ol>'


def _back(item: Item, prose: Prose) -> str:
    lines = "".join(f"<li>{prose.html(line)}</li>" for line in _verdicts(item))
    if item.type != "order":
        return f"<ul>{lines}</ul>"
    otherwise = prose.blocks(f"**Any other order:** {feedback(item, OTHERWISE)}")
    return f"<ol>{lines}</ol>{otherwise}"


def _verdicts(item: Item) -> Iterator[str]:
    """Yield what is said to each answer, as Markdown."""
    match item.body:
        case Single(options) | Multiple(options):
            for o in options:
                word = "Right" if o.correct else "Half right" if o.second_best else "Not right"
                yield f"**{word}:** {o.text} {feedback(item, o.id)}"
        case Number(answer, mistakes, _, unit):
            room = tolerance(answer)
            about = f" (± {plain_number(room)})" if room else ""
            known = f"{plain_number(answer.value)} {unit}".strip()
            yield f"**Right:** {known}{about}. {feedback(item, RIGHT)}"
            for i, band in enumerate(mistakes):
                yield f"**Not right:** {plain_number(band.value)}. {feedback(item, f'mistake-{i}')}"
            yield f"**Anything else:** {feedback(item, OTHERWISE)}"
        case Text(phrases, wrong):
            yield f"**Right:** {'; '.join(phrases.accept)}. {feedback(item, RIGHT)}"
            for i, group in enumerate(wrong):
                said = feedback(item, f"mistake-{i}")
                yield f"**Not right:** {'; '.join(group.accept)}. {said}"
            yield f"**Anything else:** {feedback(item, OTHERWISE)}"
        case Order(steps):
            yield from (f"{step.text} {feedback(item, step.id)}" for step in steps)
        case Classify(_, cards):
            for card in cards:
                yield f"**{card.category}:** {card.text} {feedback(item, card.id)}"


def losses(item: Item) -> list[str]:
    """Return what a card cannot carry of `item`."""
    return [SELF_JUDGED] + [PICTURES] * has_picture(item)


EXPORTER = Exporter("anki", "Anki", ".apkg", build, losses)
