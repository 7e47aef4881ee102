"""What several formats say about an item in the same words."""

from __future__ import annotations

from fractions import Fraction

from proxygap.quiz import Item, load_misconceptions
from proxygap.quiz.build import ROUNDING
from proxygap.quiz.model import Band, Classify, Number, Order, Quiz
from proxygap.quiz.rules import OTHERWISE, notes_of, rule_of

TYPED_TEXT = "in a typed answer, spaces, hyphens, punctuation and the kind of apostrophe count"
TYPED_NUMBER = "a decimal comma, or the unit typed behind a number, is not understood"
BY_PLACE = "steps are matched with their places and scored by place, not by neighbours"
FEEDBACK_BELOW = "feedback of single steps or cards stands in the general feedback"
PICTURES = "pictures are not packed with the questions"


def feedback(item: Item, name: str) -> str:
    """Return the feedback called `name`, with the common belief behind the answer, as Markdown."""
    note = notes_of(item)[name]
    if note.misconception is None:
        return note.feedback.strip()
    title = load_misconceptions()[note.misconception].title
    return f"{note.feedback.strip()} (A common belief: {title}.)"


def closing(item: Item) -> str:
    """Return what is said to every answer, as Markdown."""
    dispute = [f"**Who could disagree:** {item.dispute}"] if item.dispute else []
    return "\n\n".join([item.explanation, *dispute])


def closing_with_notes(item: Item) -> str:
    """Return `closing`, after the feedback that belongs to single steps or cards."""
    notes: list[str] = []
    match item.body:
        case Order(steps):
            notes = [f"1. {step.text} {step.feedback.strip()}" for step in steps]
            notes.append(f"\n{feedback(item, OTHERWISE)}\n")
        case Classify(_, cards):
            notes = [f"- {card.text} → {card.category}. {feedback(item, card.id)}"
                     for card in cards]  # fmt: skip
    return "\n".join([*notes, "", closing(item)]).strip()


def stem(item: Item) -> str:
    """Return the question; the unit of a number is asked for."""
    if isinstance(item.body, Number) and item.body.unit:
        return f"{item.stem}\n\n(Answer in {item.body.unit}.)"
    return item.stem


def pairs(item: Item) -> list[tuple[str, str]]:
    """Return an order or classify item as pairs to be matched."""
    match item.body:
        case Order(steps):
            return [(step.text, f"step {i}") for i, step in enumerate(steps, start=1)]
        case Classify(_, cards):
            return [(card.text, card.category) for card in cards]
    return []


def credits_of(item: Item) -> dict[str, Fraction]:
    """Return what each option of a choice item adds to the credit."""
    rule = rule_of(item)
    return {name: Fraction(credit, rule["of"]) for name, credit in rule["credit"].items()}


def tolerance(band: Band) -> float:
    """Return how far from its value an answer may be, as the author wrote it."""
    slack = ROUNDING * max(1.0, abs(band.value))
    room = band.high - band.value - slack
    return float(f"{room:.6g}") if room > slack / 2 else 0.0


def plain_number(value: float) -> str:
    """Return a number in digits, without an exponent.

    >>> plain_number(150.0), plain_number(2.5e-7), plain_number(-0.5)
    ('150', '0.00000025', '-0.5')
    """
    from decimal import Decimal

    digits = format(Decimal(repr(value)), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def tags(quiz: Quiz, item: Item) -> list[str]:
    """Return what is known about an item, as words that a system can search for."""
    return [f"chapter {quiz.chapter}", f"objective {item.objective}", f"bloom {item.bloom}",
            f"difficulty {item.difficulty}", f"source {item.source}",
            f"section {item.section}"]  # fmt: skip


def has_picture(item: Item) -> bool:
    """Return whether any text of the item shows a picture."""
    texts = [item.stem, closing_with_notes(item), *(n.feedback for n in notes_of(item).values())]
    return any("![" in text for text in texts)


def common_losses(item: Item) -> list[str]:
    """Return what no quiz system carries of `item`."""
    found = {"text": [TYPED_TEXT], "number": [TYPED_NUMBER]}.get(item.type, [])
    return found + [PICTURES] * has_picture(item)


def matching_losses(item: Item) -> list[str]:
    """Return what is lost where order and classify items become matching questions."""
    found = {"order": [BY_PLACE, FEEDBACK_BELOW], "classify": [FEEDBACK_BELOW]}
    return common_losses(item) + found.get(item.type, [])
