"""What a form should consist of: how many items for each objective, Bloom level and difficulty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proxygap.errors import ContentError, UsageError, did_you_mean
from proxygap.quiz import Item
from proxygap.quiz.model import BLOOM_LEVELS
from proxygap.quiz.yaml_lines import Document, read

DIFFICULTIES = ("1", "2", "3")
ROWS: dict[str, Callable[[Item], str]] = {
    "objective": lambda item: item.objective,
    "bloom": lambda item: item.bloom,
    "difficulty": lambda item: str(item.difficulty),
}
"""The rows of a blueprint, and where an item belongs in each."""


@dataclass(frozen=True)
class Blueprint:
    """The make-up of one form; both forms follow it.

    Attributes
    ----------
    items : int
        Items in a form.
    rows : dict
        For "objective", "bloom" and "difficulty": how many items of each sort.
    """

    items: int
    rows: Mapping[str, Mapping[str, int]]


def counts(items: Iterable[Item], row: str) -> Counter[str]:
    """Return how many items of each sort there are."""
    return Counter(map(ROWS[row], items))


def proportional(bank: Sequence[Item], size: int) -> Blueprint:
    """Return a blueprint for forms of `size` items that mirrors the whole bank.

    Objectives are exact quotas, so that what was asked before is asked again after.

    Raises
    ------
    UsageError
        If the bank is too small for two such forms.
    """
    if size < 1:
        raise UsageError(f"A form has at least one item, got {size}.")
    have = counts(bank, "objective")
    most = sum(number // 2 for number in have.values())
    if size > most:
        odd = ", ".join(sorted(name for name, number in have.items() if number % 2))
        raise UsageError(
            f"The bank is too small for two forms of {size} items: its {len(bank)} items give "
            f"{most} pairs that test the same objective. Ask for --items {most} or fewer, or write "
            f"items; each of these objectives has one that lacks a partner: {odd or 'none'}."
        )
    return Blueprint(size, {row: _shares(counts(bank, row), size) for row in ROWS})


def balanced(chapters: Sequence[Sequence[Item]], size: int) -> Blueprint:
    """Return a blueprint that asks about every chapter alike, and mirrors the items within each.

    A chapter with many items would otherwise fill most of a form.

    Raises
    ------
    UsageError
        If the items are too few for two such forms.
    """
    room = [sum(number // 2 for number in counts(items, "objective").values())
            for items in chapters]  # fmt: skip
    if not 1 <= size <= sum(room):
        return proportional([item for items in chapters for item in items], size)  # says why not
    shares = _evenly(size, room)
    parts = [proportional(items, n) for items, n in zip(chapters, shares, strict=True) if n]
    rows = {row: sum((Counter(part.rows[row]) for part in parts), Counter()) for row in ROWS}
    return Blueprint(size, rows)


def _evenly(size: int, room: Sequence[int]) -> list[int]:
    """Return `size` in parts as equal as their room allows; the roomier get what is left over."""
    parts = [0] * len(room)
    order = sorted(range(len(room)), key=lambda i: -room[i])
    while size:
        for i in order:
            if size and parts[i] < room[i]:
                parts[i] += 1
                size -= 1
    return parts


def _shares(have: Counter[str], size: int) -> dict[str, int]:
    """Return `size` split like `have` by largest remainders, at most half of each."""
    room = {name: number // 2 for name, number in have.items()}
    total = sum(have.values())
    shares = {name: min(room[name], size * number // total) for name, number in have.items()}
    while (left := size - sum(shares.values())) > 0:
        open_ = [name for name in sorted(have) if shares[name] < room[name]]
        if not open_:  # only where levels are all odd; the assembly then comes as near as it can
            shares[max(sorted(have), key=lambda name: have[name])] += left
            break
        lag = {name: size * have[name] / total - shares[name] for name in open_}
        shares[max(open_, key=lag.__getitem__)] += 1
    return shares


def from_file(path: Path, bank: Sequence[Item]) -> Blueprint:
    """Return the blueprint in a YAML file with the keys items, objective, bloom and difficulty.

    Raises
    ------
    ContentError
        If the file does not describe a form, with its line.
    UsageError
        If the bank has too few items for it.
    """
    document = read(path)
    size = _size(document)
    known = {"objective": tuple(counts(bank, "objective")), "bloom": BLOOM_LEVELS,
             "difficulty": DIFFICULTIES}  # fmt: skip
    rows = {row: _row(document, row, size, known[row]) for row in ROWS}
    blueprint = Blueprint(size, rows)
    if short := shortages(bank, blueprint):
        raise UsageError(f"The bank is too small for the blueprint {path}:\n" + "\n".join(short))
    return blueprint


def _size(document: Document) -> int:
    data = document.data
    allowed = ["items", *ROWS]
    if not isinstance(data, dict):
        raise document.error(f"A blueprint is a mapping with the keys {', '.join(allowed)}.")
    for key in data:
        if key not in allowed:
            hint = did_you_mean(str(key), allowed)
            raise document.error(f"unknown key '{key}'.{hint} Allowed: {', '.join(allowed)}.", key)
    size = data.get("items")
    if type(size) is not int or size < 1:
        raise document.error("'items' must be how many items a form has, such as 20.", "items")
    return size


def _row(document: Document, row: str, size: int, known: Sequence[str]) -> dict[str, int]:
    given = document.data.get(row)
    if not isinstance(given, dict):
        raise document.error(f"'{row}' is missing. Say how many items of each sort a form has: "
                             f"{', '.join(known)}.", row)  # fmt: skip
    found: dict[str, int] = {}
    for name, number in given.items():
        found[str(name)] = _number(document, row, name, number, known)
    if sum(found.values()) != size:
        raise document.error(f"'{row}' adds up to {sum(found.values())}; a form has {size} items.",
                             row)  # fmt: skip
    return found


def _number(document: Document, row: str, name: Any, number: Any, known: Sequence[str]) -> int:
    error: ContentError | None = None
    if str(name) not in known:
        hint = did_you_mean(str(name), known)
        error = document.error(
            f"unknown {row} '{name}'.{hint} Known: {', '.join(known)}.", row, name
        )
    elif type(number) is not int or number < 0:
        error = document.error(f"'{name}' must be a whole number, 0 or more.", row, name)
    if error:
        raise error
    return int(number)


def shortages(bank: Sequence[Item], blueprint: Blueprint) -> list[str]:
    """Return a sentence for every row for which two forms need more than the bank has."""
    return [
        f"- {row} '{name}': {wanted} in each form make {2 * wanted}; the bank has {have[name]}."
        for row, numbers in blueprint.rows.items()
        for have in [counts(bank, row)]
        for name, wanted in numbers.items()
        if 2 * wanted > have[name]
    ]
