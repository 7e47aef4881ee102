"""QTI response processing: the course's scoring rules, written as QTI's own expressions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from html import escape
from itertools import pairwise
from typing import TypeVar

from proxygap.exports._parts import credits_of, plain_number
from proxygap.quiz import Item
from proxygap.quiz.model import (
    Band,
    Classify,
    Multiple,
    Number,
    Option,
    Order,
    Phrases,
    Single,
    Text,
    option_id,
)
from proxygap.quiz.rules import OTHERWISE, RIGHT

EXPLANATION = "explanation"
RESPONSE = '<variable identifier="RESPONSE"/>'
MAPPED = (
    '<setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue>'
)


def declaration(item: Item) -> str:
    """Return the declaration of the response: its kind, its key and what each part is worth."""
    match item.body:
        case Single(options) | Multiple(options):
            cardinality = "single" if item.type == "single" else "multiple"
            mapping = _mapping(credits_of(item))
            return _declared(cardinality, "identifier", _keys(options), mapping)
        case Number(answer):
            return _declared("single", "float", [plain_number(answer.value)])
        case Text(phrases):
            return _declared("single", "string", [phrases.accept[0]])
        case Order(steps):
            return _declared("ordered", "identifier", [step.id for step in steps])
        case Classify(_, cards):
            right = [f"{card.id} {option_id(card.category)}" for card in cards]
            worth = {pair: Fraction(1, len(right)) for pair in right}
            return _declared("multiple", "directedPair", right, _mapping(worth))


def _declared(cardinality: str, kind: str, key: Iterable[str], mapping: str = "") -> str:
    values = "".join(f"<value>{escape(value)}</value>" for value in key)
    return (f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" '
            f'baseType="{kind}"><correctResponse>{values}</correctResponse>{mapping}'
            "</responseDeclaration>")  # fmt: skip


def _keys(options: Iterable[Option]) -> list[str]:
    return [option.id for option in options if option.correct]


def _mapping(worth: dict[str, Fraction]) -> str:
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{float(value)!r}"/>'
                      for key, value in worth.items())  # fmt: skip
    return f'<mapping lowerBound="0.0" upperBound="1.0" defaultValue="0.0">{entries}</mapping>'


def processing(item: Item) -> str:
    """Return the rules that set SCORE, and FEEDBACK to the names of what is said."""
    match item.body:
        case Single():
            rules = [MAPPED, _say(RESPONSE)]
        case Multiple(options):
            rules = [MAPPED, _say(RESPONSE), *_missed(_keys(options))]
        case Number(answer, mistakes):
            rules = [_first([(_inside(band), name) for name, band in _foreseen(answer, mistakes)])]
        case Text(phrases, wrong):
            rules = [_first([(_matches(group), name) for name, group in _foreseen(phrases, wrong)])]
        case Order():
            rules = list(_neighbours(item.body))
        case Classify():
            rules = list(_misplaced(item.body))
    explained = _say(_name(EXPLANATION))
    return f"<responseProcessing>{''.join(rules)}{explained}</responseProcessing>"


Mistake = TypeVar("Mistake")


def _foreseen(right: Mistake, wrong: Iterable[Mistake]) -> Iterator[tuple[str, Mistake]]:
    yield RIGHT, right
    yield from ((f"mistake-{i}", mistake) for i, mistake in enumerate(wrong))


def _set(variable: str, expression: str) -> str:
    return f'<setOutcomeValue identifier="{variable}">{expression}</setOutcomeValue>'


def _say(expression: str) -> str:
    """Return a rule that adds a name to what is said."""
    return _set("FEEDBACK", f'<multiple><variable identifier="FEEDBACK"/>{expression}</multiple>')


def _name(name: str) -> str:
    return f'<baseValue baseType="identifier">{name}</baseValue>'


def _float(value: float) -> str:
    return f'<baseValue baseType="float">{plain_number(value)}</baseValue>'


def _if(condition: str, then: str) -> str:
    return f"<responseCondition><responseIf>{condition}{then}</responseIf></responseCondition>"


def _missed(keys: Iterable[str]) -> list[str]:
    """Return rules that say what was missed of several right options."""
    return [_if(f"<not><member>{_name(key)}{RESPONSE}</member></not>", _say(_name(key)))
            for key in keys]  # fmt: skip


def _inside(band: Band) -> str:
    # Bounds rather than <equal> with a tolerance, which systems read in different ways.
    return (f"<and><gte>{RESPONSE}{_float(band.low)}</gte>"
            f"<lte>{RESPONSE}{_float(band.high)}</lte></and>")  # fmt: skip


def _matches(group: Phrases) -> str:
    each = "".join(f'<stringMatch caseSensitive="false">{RESPONSE}'
                   f'<baseValue baseType="string">{escape(phrase)}</baseValue></stringMatch>'
                   for phrase in group.accept)  # fmt: skip
    return f"<or>{each}</or>"


def _first(cases: list[tuple[str, str]]) -> str:
    """Return a rule in which the first case that holds counts; the first case is the right one."""
    (right, name), *mistakes = cases
    made = f"<responseIf>{right}{_set('SCORE', _float(1.0))}{_say(_name(name))}</responseIf>"
    for condition, mistake in mistakes:
        made += f"<responseElseIf>{condition}{_say(_name(mistake))}</responseElseIf>"
    otherwise = f"<responseElse>{_say(_name(OTHERWISE))}</responseElse>"
    return f"<responseCondition>{made}{otherwise}</responseCondition>"


def _neighbours(body: Order) -> Iterator[str]:
    """Yield rules that count the neighbours in the key that are neighbours in the response."""
    names = [step.id for step in body.steps]
    share = _float(1 / (len(names) - 1))
    more = _set("SCORE", f'<sum><variable identifier="SCORE"/>{share}</sum>')
    for one, other in pairwise(names):
        places = "".join(f"<and>{_stands(one, n)}{_stands(other, n + 1)}</and>"
                         for n in range(1, len(names)))  # fmt: skip
        yield _if(f"<or>{places}</or>", more)
    whole = f'<match>{RESPONSE}<correct identifier="RESPONSE"/></match>'
    yield _if(f"<not>{whole}</not>", _say(_name(OTHERWISE)))
    yield from (_say(_name(name)) for name in names)


def _stands(name: str, place: int) -> str:
    return f'<match><index n="{place}">{RESPONSE}</index>{_name(name)}</match>'


def _misplaced(body: Classify) -> Iterator[str]:
    """Yield rules that say what belongs to each misplaced card, or to all where all is well."""
    yield MAPPED
    whole = f'<match>{RESPONSE}<correct identifier="RESPONSE"/></match>'
    for card in body.cards:
        pair = (
            f'<baseValue baseType="directedPair">{card.id} {option_id(card.category)}</baseValue>'
        )
        away = f"<not><member>{pair}{RESPONSE}</member></not>"
        yield _if(f"<or>{away}{whole}</or>", _say(_name(card.id)))
