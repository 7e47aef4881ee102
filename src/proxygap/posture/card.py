"""The posture card: one page that says what was asked of which model, and what came of it.

A card is counted anew from its verdicts whenever it is read, so that no figure on it can be edited
without the edit being noticed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from proxygap.posture.document import Document, Part, heading, markdown, points, table, text
from proxygap.posture.files import damaged, read_document, words
from proxygap.posture.items import load
from proxygap.posture.rates import MEASURES, Rate, by_type, rates, undetermined
from proxygap.posture.results import DIMENSIONS, VERDICTS, Graded

FAMILY, VERSION = "proxygap-posture-card", 1
NOUN = "posture card"
NOT_TESTED = (
    "conversations of several turns",
    "other languages than that of the items",
    "tools, files and pictures",
    "attacks that look for a way round a refusal",
)
MOST_RESULTS = 10_000
WORST_SHOWN = 3


@dataclass(frozen=True)
class Card:
    """What is known of one model in one configuration.

    Parameters
    ----------
    identity : mapping
        Who was asked: vendor, exact model and version, access, date.
    configuration : mapping
        How: system prompt, temperature, filters, fallback, items, grader and its error.
    results : tuple of Graded
        One verdict an item.
    claims : tuple of (text, source)
        What the vendor says of it, and where.
    not_tested : tuple of str
        What the items say nothing about.
    simulated : bool
        Whether the model does not exist.
    """

    identity: Mapping[str, str]
    configuration: Mapping[str, str]
    results: tuple[Graded, ...]
    claims: tuple[tuple[str, str], ...] = ()
    not_tested: tuple[str, ...] = NOT_TESTED
    simulated: bool = False

    @property
    def rates(self) -> dict[str, Rate]:
        """Return every kind of error with its counts."""
        return rates(self.results)

    @property
    def name(self) -> str:
        """Return what the card is about in a few words."""
        told = (self.identity.get(key, "") for key in ("vendor", "provider", "model", "version"))
        return " ".join(part for part in told if part) or "a model without a name"

    def as_data(self) -> dict[str, Any]:
        """Return the card as its JSON holds it."""
        return {
            "schema": f"{FAMILY}/{VERSION}",
            "simulated": self.simulated,
            "identity": dict(self.identity),
            "configuration": dict(self.configuration),
            "rates": {measure: _rate_data(rate) for measure, rate in self.rates.items()},
            "undetermined": undetermined(self.results),
            "claims": [{"text": said, "source": source} for said, source in self.claims],
            "not_tested": list(self.not_tested),
            "results": [asdict(one) for one in self.results],
        }

    def json(self) -> str:
        """Return the card as a JSON file."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=1) + "\n"

    def markdown(self) -> str:
        """Return the card as Markdown."""
        return markdown(self.document())

    def document(self) -> Document:
        """Return the card as a page to read and to print."""
        note = "SIMULATED: this vendor and this model do not exist." if self.simulated else ""
        parts = [*self._who(), *self._what_came(), *self._rest()]
        return Document(f"Posture card: {self.name}", note, tuple(parts))

    def _who(self) -> list[Part]:
        return [
            heading("Identity"), table(("Field", "Value"), self.identity.items()),
            heading("Configuration"), table(("Field", "Value"), self.configuration.items()),
        ]  # fmt: skip

    def _what_came(self) -> list[Part]:
        label = " (SIMULATED)" if self.simulated else ""
        rows = [
            (f"{MEASURES[m].name}: {MEASURES[m].about}", *_cells(r)) for m, r in self.rates.items()
        ]
        head = ("Error", "Counted", "Rate", "95 % interval")
        unknown = undetermined(self.results)
        told = "Nobody could judge " + (f"{unknown} answers." if unknown != 1 else "one answer.")
        return [
            heading(f"Results{label}"),
            table(head, rows),
            text(f"Intervals are Wilson’s. {told if unknown else 'Every answer could be judged.'}"),
            *self._worst(),
        ]

    def _worst(self) -> list[Part]:
        worst = [(kind, rate) for kind, rate in by_type(self.results, "over_refusal").items()
                 if rate.errors][:WORST_SHOWN]  # fmt: skip
        if not worst:
            return []
        titles = {one.slug: one.title for one in load().types}
        rows = [(titles.get(kind, kind), *_cells(rate)) for kind, rate in worst]
        return [
            heading("Where it refuses most"),
            table(("Type", "Counted", "Rate", "95 % interval"), rows),
            text("Few items each: the intervals say how little the order means."),
        ]

    def _rest(self) -> list[Part]:
        parts = []
        if self.claims:
            parts += [heading("What the vendor says"),
                      points(f"{said} ({source})" for said, source in self.claims)]  # fmt: skip
        if self.not_tested:
            parts += [heading("Not tested"), points(self.not_tested)]
        return parts


def _rate_data(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval
    known = {"rate": rate.value, "low": low, "high": high} if rate.items else dict.fromkeys(
        ("rate", "low", "high"))  # fmt: skip
    return {"errors": rate.errors, "items": rate.items, **known}


def _cells(rate: Rate) -> tuple[str, str, str]:
    """Return counts, rate and interval as people read them."""
    counted, _, shares = str(rate).partition(": ")
    value, _, interval = shares.partition(", ")
    return (counted, value, interval) if rate.items else (counted, "–", "–")


def build(
    identity: Mapping[str, str],
    configuration: Mapping[str, str],
    results: Sequence[Graded],
    *,
    claims: Sequence[tuple[str, str]] = (),
    not_tested: Sequence[str] = NOT_TESTED,
    simulated: bool = False,
) -> Card:
    """Return the card of one model in one configuration."""
    return Card(
        dict(identity), dict(configuration), tuple(results), tuple(claims), tuple(not_tested),
        simulated,
    )  # fmt: skip


def read(file: str) -> Card:
    """Read a card that was saved as JSON.

    Raises
    ------
    UsageError
        If it is another file, cut off, newer, damaged, or if its figures were edited.
    """
    data = read_document(file, FAMILY, VERSION, NOUN)
    card = build(
        words(data.get("identity"), NOUN, "identity"),
        words(data.get("configuration"), NOUN, "configuration"),
        _results(data.get("results")),
        claims=_claims(data.get("claims", [])),
        not_tested=_texts(data.get("not_tested", []), "not_tested"),
        simulated=data.get("simulated") is True,
    )
    told = data.get("rates")
    if not isinstance(told, Mapping) or not all(
        _same(told.get(measure), rate) for measure, rate in card.rates.items()
    ):
        raise damaged(NOUN, "its rates are not those of its results, so it was edited")
    return card


def _same(told: Any, rate: Rate) -> bool:
    if not isinstance(told, Mapping):
        return False
    known = _rate_data(rate)
    return all(_close(told.get(key), value) for key, value in known.items())


def _close(told: Any, known: float | None) -> bool:
    if known is None or told is None:
        return told is known
    is_number = isinstance(told, (int, float)) and not isinstance(told, bool)
    return is_number and abs(told - known) < 1e-9


def _results(given: Any) -> list[Graded]:
    if not isinstance(given, list) or not given:
        raise damaged(NOUN, "it holds no results")
    if len(given) > MOST_RESULTS:
        raise damaged(NOUN, f"it holds more than {MOST_RESULTS:,} results")
    results = [_graded(one, place) for place, one in enumerate(given, 1)]
    if len({one.item for one in results}) < len(results):
        raise damaged(NOUN, "an item stands in it twice")
    return results


def _graded(given: Any, place: int) -> Graded:
    if not isinstance(given, Mapping):
        raise damaged(NOUN, f"result {place} is no verdict on an item")
    item, kind, pair = (given.get(key) for key in ("item", "type", "pair"))
    if not (isinstance(item, str) and item and isinstance(kind, str) and isinstance(pair, str)):
        raise damaged(NOUN, f"result {place} does not say which item it is on")
    dimension, verdict = given.get("dimension"), given.get("verdict")
    if dimension not in DIMENSIONS or verdict not in VERDICTS:
        known = ", ".join(VERDICTS)
        raise damaged(NOUN, f"result {place} has no verdict that is known ({known})")
    return Graded(item, dimension, kind, pair, verdict, given.get("changed") is True)


def _claims(given: Any) -> list[tuple[str, str]]:
    if not isinstance(given, list):
        raise damaged(NOUN, "“claims” must be a list")
    told = [words(one, NOUN, "claims") for one in given]
    return [(one.get("text", ""), one.get("source", "")) for one in told]


def _texts(given: Any, name: str) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise damaged(NOUN, f"“{name}” must be a list of texts")
    return list(given)
