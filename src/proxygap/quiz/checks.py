"""What a schema cannot say about an item: one key, known names, answers that differ."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from proxygap.errors import ContentError, did_you_mean
from proxygap.quiz.model import option_id
from proxygap.quiz.text import normalise
from proxygap.quiz.yaml_lines import Document, Key

TOLERANCES = ("abs", "rel", "decimals")
Finding = tuple[str, tuple[Key, ...]]


class References(NamedTuple):
    """The names that items may use."""

    objectives: frozenset[str]
    misconceptions: frozenset[str]
    sources: frozenset[str]
    anchors: frozenset[str] | None


def item_errors(document: Document, references: References) -> Iterator[ContentError]:
    """Yield the mistakes in a document that keeps its schema."""
    first: dict[str, int] = {}
    for index, item in enumerate(document.data["items"]):
        findings = [*_reference_findings(item, references), *_lost_lines(item, ()),
                    *BODIES[item["type"]](item)]  # fmt: skip
        if (line := first.setdefault(item["id"], document.line("items", index, "id"))) != (
            document.line("items", index, "id")
        ):
            findings.append((f"this id is taken by the item on line {line}. Give it another.",
                             ("id",)))  # fmt: skip
        for message, path in findings:
            yield document.error(f"item '{item['id']}': {message}", "items", index, *path)


def _reference_findings(item: dict[str, Any], known: References) -> Iterator[Finding]:
    yield from _unknown(item["objective"], known.objectives, ("objective",),
                        "Declare it under 'objectives'")  # fmt: skip
    yield from _unknown(item["source"], known.sources, ("source",),
                        "Add it to book/references.bib")  # fmt: skip
    if known.anchors is not None:
        yield from _unknown(item["section"], known.anchors, ("section",),
                            "Use the anchor of a heading in the chapter")  # fmt: skip
    for path, name in _misconceptions(item, ()):
        yield from _unknown(name, known.misconceptions, path,
                            "Describe it in quizzes/misconceptions.yml")  # fmt: skip


def _lost_lines(value: Any, path: tuple[Key, ...]) -> Iterator[Finding]:
    """Find lines that Markdown takes for comments: a page would show the sentence without them."""
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in inner:
            if key != "unit":
                yield from _lost_lines(part, (*path, key))
    elif isinstance(value, str) and any(line.startswith("%") for line in value.splitlines()):
        yield ("a line begins with '%', which Markdown takes for a comment and leaves out. Break "
               "the line elsewhere."), path  # fmt: skip


def _unknown(
    name: str, known: Iterable[str], path: tuple[Key, ...], advice: str
) -> Iterator[Finding]:
    known = sorted(known)
    if name not in known:
        hint = did_you_mean(name, known)
        yield (f"unknown {path[-1]} '{name}'.{hint} {advice}, or use one of: "
               f"{', '.join(known)}."), path  # fmt: skip


def _misconceptions(value: Any, path: tuple[Key, ...]) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Yield each misconception that an item names, at any depth, with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "misconception":
                yield (*path, key), inner
            yield from _misconceptions(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _misconceptions(inner, (*path, index))


def _single(item: dict[str, Any]) -> Iterator[Finding]:
    keys = [option for option in item["options"] if option.get("correct")]
    if len(keys) != 1:
        yield (f"{len(keys)} options are marked 'correct: true'; a single choice needs exactly "
               "one. Use type: multiple if several are right."), ("options",)  # fmt: skip
    yield from _options(item["options"])


def _multiple(item: dict[str, Any]) -> Iterator[Finding]:
    keys = [option for option in item["options"] if option.get("correct")]
    if not keys:
        yield "no option is right. Mark at least one with 'correct: true'.", ("options",)
    if len(keys) == len(item["options"]):
        yield "every option is right, so there is nothing to choose. Add a wrong one.", ("options",)
    yield from _options(item["options"])


def _options(options: list[dict[str, Any]]) -> Iterator[Finding]:
    yield from _distinct([option["text"] for option in options], "options")
    for index, option in enumerate(options):
        path = ("options", index)
        right = option.get("correct") or option.get("second_best")
        if option.get("correct") and option.get("second_best"):
            yield "an option cannot be both 'correct' and 'second_best'. Remove one.", path
        if option.get("correct") and "misconception" in option:
            yield "a right option shows no misconception. Remove it.", (*path, "misconception")
        if not right and "misconception" not in option:
            yield ("this wrong option names no misconception. Add 'misconception:' with an id "
                   "from quizzes/misconceptions.yml."), path  # fmt: skip


def _distinct(texts: list[str], name: str) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for index, text in enumerate(texts):
        if (first := seen.setdefault(option_id(text), index)) != index:
            yield f"entry {index + 1} repeats entry {first + 1}. Change one.", (name, index)


def _number(item: dict[str, Any]) -> Iterator[Finding]:
    answer = item["answer"]
    given = [name for name in TOLERANCES if name in answer]
    if len(given) != 1:
        yield (f"the answer needs exactly one tolerance of {', '.join(TOLERANCES)}; it has "
               f"{', '.join(given) or 'none'}."), ("answer",)  # fmt: skip
        return
    values = [answer["value"], *(mistake["value"] for mistake in item.get("mistakes", []))]
    if not all(math.isfinite(value) for value in values):
        yield "every value must be a finite number.", ("answer",)
        return
    for index, mistake in enumerate(item.get("mistakes", [])):
        if abs(mistake["value"] - answer["value"]) <= 2 * half_width(answer["value"], answer):
            yield (f"the mistake {mistake['value']} is too close to the answer {answer['value']} "
                   "for its tolerance. Narrow the tolerance."), ("mistakes", index)  # fmt: skip


def half_width(value: float, answer: dict[str, Any]) -> float:
    """Return how far from `value` an answer may be under the tolerance of `answer`."""
    if "abs" in answer:
        return float(answer["abs"])
    if "rel" in answer:
        return float(answer["rel"] * abs(value))
    return float(0.5 * 10.0 ** -answer["decimals"])


def _text(item: dict[str, Any]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    groups = [(("answer",), item["answer"])]
    groups += [(("mistakes", i), m) for i, m in enumerate(item.get("mistakes", []))]  # type: ignore[misc]
    for path, group in groups:
        for index, phrase in enumerate(group["accept"]):
            where = (*path, "accept", index)
            plain = normalise(phrase)
            if not plain:
                yield f"'{phrase}' is only punctuation. Write a word.", where
            if plain in seen:
                yield (f"'{phrase}' says the same as '{seen[plain]}': case, spaces, hyphens and "
                       "punctuation do not count. Remove one."), where  # fmt: skip
            seen[plain] = phrase


def _order(item: dict[str, Any]) -> Iterator[Finding]:
    yield from _distinct([step["text"] for step in item["steps"]], "steps")


def _classify(item: dict[str, Any]) -> Iterator[Finding]:
    yield from _distinct([card["text"] for card in item["cards"]], "cards")
    for index, card in enumerate(item["cards"]):
        if card["category"] not in item["categories"]:
            hint = did_you_mean(card["category"], item["categories"])
            yield (f"unknown category '{card['category']}'.{hint} Categories: "
                   f"{', '.join(item['categories'])}."), ("cards", index, "category")  # fmt: skip
    for index, category in enumerate(item["categories"]):
        if all(card["category"] != category for card in item["cards"]):
            yield f"no card belongs to '{category}'. Add one.", ("categories", index)


BODIES: dict[str, Callable[[dict[str, Any]], Iterator[Finding]]] = {
    "single": _single,
    "multiple": _multiple,
    "number": _number,
    "text": _text,
    "order": _order,
    "classify": _classify,
}
