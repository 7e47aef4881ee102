"""Ask an item without a page: lettered options, what was typed, and what is said to it.

Shared by the terminal and the notebook. Everything is plain text; nothing is printed here.
"""

from __future__ import annotations

import random
import re
from string import ascii_lowercase

from proxygap.quiz.loader import load_misconceptions
from proxygap.quiz.model import Classify, Item, Multiple, Number, Order, Single, option_id
from proxygap.quiz.rules import Note, notes_of
from proxygap.quiz.scoring import Response, Score

OUTCOME_WORDS = {"correct": "Right.", "partly": "Partly right.", "wrong": "Not right."}


class Unreadable(Exception):  # noqa: N818  (not a fault: the learner is asked again)
    """What was typed cannot be an answer; the message says what can."""


def plain(markdown: str) -> str:
    """Return prose as it reads without markup; maths stays as it is written.

    >>> plain("The *return* of `q`, and **all**")
    'The return of q, and all'
    """
    text = re.sub(r"(\*\*|\*|`)(\S(?:.*?\S)?)\1", r"\2", markdown.strip())
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    return "\n\n".join(_unfolded(paragraph) for paragraph in re.split(r"\n\s*\n", text))


def _unfolded(paragraph: str) -> str:
    """Join a paragraph's lines; a list keeps them, and a table's columns are lined up."""
    if paragraph.startswith("|"):
        return _lined_up(paragraph)
    return paragraph if paragraph.startswith(("- ", "1. ")) else " ".join(paragraph.split())


def _lined_up(table: str) -> str:
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in table.splitlines()]
    rows = [row for row in rows if set("".join(row)) - set("-: ")]  # without the rule
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ([cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def choices(item: Item) -> dict[str, str]:
    """Return the options, steps or cards of `item` by name; none where an answer is typed."""
    match item.body:
        case Single(options) | Multiple(options):
            return {option.id: option.text for option in options}
        case Order(steps):
            return {step.id: step.text for step in steps}
        case Classify(_, cards):
            return {card.id: card.text for card in cards}
    return {}


def categories(item: Item) -> dict[str, str]:
    """Return the categories of a classify item by name."""
    return (
        {option_id(c): c for c in item.body.categories} if isinstance(item.body, Classify) else {}
    )


def shuffled(item: Item, rng: random.Random) -> list[str]:
    """Return the names of `choices` in the order in which they are shown.

    An order item never begins solved.
    """
    names = list(choices(item))
    mixed = list(names)
    rng.shuffle(mixed)
    while item.type == "order" and mixed == names:
        rng.shuffle(mixed)
    return mixed


def question(item: Item, order: list[str]) -> str:
    """Return the question with its options, lettered in `order`."""
    texts = choices(item)
    lines = [f"  {letter}) {plain(texts[name])}"
             for letter, name in zip(ascii_lowercase, order, strict=False)]  # fmt: skip
    sorts = [f"  {number}  {plain(text)}"
             for number, text in enumerate(categories(item).values(), start=1)]  # fmt: skip
    parts = [plain(item.stem), "\n".join(lines), "\n".join(sorts)]
    return "\n\n".join(part for part in parts if part)


def prompt(item: Item, order: list[str]) -> str:
    """Say how to answer."""
    letters = ascii_lowercase[: len(order)]
    last = letters[-1:]
    unit = f" in {item.body.unit}" if isinstance(item.body, Number) and item.body.unit else ""
    return {
        "single": f"One letter, a to {last}",
        "multiple": f"The right letters, as in: a {last}",
        "number": f"A number{unit}",
        "text": "A word or two",
        "order": f"All letters in order, as in: {' '.join(reversed(letters))}",
        "classify": f"A number for each letter, as in: {' '.join(['1'] * len(order))}",
    }[item.type]


def parse(item: Item, order: list[str], typed: str) -> Response:
    """Return what was typed as a response that `score` understands.

    Raises
    ------
    Unreadable
        If it cannot be one; the message says what can.
    """
    match item.type:
        case "number" | "text":
            return typed
        case "classify":
            return _sorted(item, order, typed)
    picked = _picked(order, typed)
    if item.type == "single":
        if len(picked) != 1:
            raise Unreadable(f"Type one letter, a to {ascii_lowercase[len(order) - 1]}.")
        return picked[0]
    if item.type == "order" and len(picked) != len(order):
        raise Unreadable(f"Type each of the {len(order)} letters once.")
    return picked


def _picked(order: list[str], typed: str) -> list[str]:
    letters = re.sub(r"[\s,;)]+", "", typed.lower())
    known = ascii_lowercase[: len(order)]
    if unknown := sorted(set(letters) - set(known)):
        raise Unreadable(f"There is no option '{unknown[0]}'. Options: a to {known[-1]}.")
    if len(set(letters)) < len(letters):
        raise Unreadable("A letter stands there twice. Type each once.")
    return [order[known.index(letter)] for letter in letters]


def _sorted(item: Item, order: list[str], typed: str) -> dict[str, str]:
    names = list(categories(item))
    numbers = re.findall(r"[0-9]", typed)
    if len(numbers) != len(order) or not all(1 <= int(n) <= len(names) for n in numbers):
        raise Unreadable(f"Type {len(order)} numbers from 1 to {len(names)}, one for each letter.")
    return {card: names[int(n) - 1] for card, n in zip(order, numbers, strict=True)}


def verdict(item: Item, response: Response, scored: Score) -> list[str]:
    """Return what is said to an answer, as paragraphs."""
    notes = notes_of(item)
    said = [_said(item, name, notes[name], response, scored) for name in scored.notes]
    dispute = [f"Who could disagree: {plain(item.dispute)}"] if item.dispute else []
    return [OUTCOME_WORDS[scored.outcome], *said, plain(item.explanation), *dispute]


def _said(item: Item, name: str, note: Note, response: Response, scored: Score) -> str:
    """Return one feedback; where several are given, each names its option."""
    belief = note.misconception if scored.outcome != "correct" else None
    behind = f" (A common belief: {load_misconceptions()[belief].title}.)" if belief else ""
    feedback = f"{plain(note.feedback)}{behind}"
    texts = choices(item)
    if item.type == "single" or name not in texts:
        return feedback
    return f"{_mark(item, name, response)}{plain(texts[name])}\n  {feedback}"


def _mark(item: Item, name: str, response: Response) -> str:
    """Say how one option was answered, before its text."""
    match item.body:
        case Multiple(options):
            is_key = next(option.correct for option in options if option.id == name)
            missed = "Also right: " if is_key else ""
            return ("Right: " if is_key else "Not right: ") if name in response else missed
        case Order(steps):
            return f"{[step.id for step in steps].index(name) + 1}. "
        case Classify(_, cards):
            return f"{next(card.category for card in cards if card.id == name)}: "
    return ""
