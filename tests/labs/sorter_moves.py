"""Moves of the incident sorter, and what is on show after them."""

from itertools import chain

from proxygap.labs.incident_sorter import LAB
from proxygap.labs.incident_sorter.actions import update
from proxygap.labs.incident_sorter.deck import cards, rounds
from proxygap.labs.incident_sorter.lab import view

CARDS = cards()
ROUND = rounds()[1]
FROST, STUCK = CARDS["left-in-june"], CARDS["stuck-at-31"]  # security/safety, safety/alignment
WRONG = {"left-in-june": "safety", "stuck-at-31": "security", "closed-bridge": "security",
         "low-sun": "security"}  # fmt: skip


def place(card: str, pile: str) -> dict:
    return {"type": "place", "id": card, "value": pile}


def sure(card: str, percent: int) -> dict:
    return {"type": "sure", "id": card, "value": str(percent)}


def sort(card: str) -> dict:
    return {"type": "sort", "id": card}


def choose(kind: str, value: str) -> dict:
    return {"type": kind, "id": kind, "value": value}


def after(*actions: dict, of: dict | None = None) -> dict:
    now = LAB.initial() if of is None else of
    for action in actions:
        now = update(now, action)
    return now


def put(card: str, pile: str, percent: int = 75) -> list[dict]:
    """Sort a card and go on to the next."""
    return [place(card, pile), sure(card, percent), sort(card), sort(card)]


def finished(piles: dict[str, str] | None = None, number: int = 1, of: dict | None = None) -> dict:
    """The state after a round in which every card was put where it belongs, or into `piles`."""
    moves = (put(card.id, (piles or {}).get(card.id, card.key)) for card in rounds()[number])
    return after(choose("round", str(number)), *chain.from_iterable(moves), of=of)


def blocks(now: dict) -> dict:
    sections = view(now).as_data()["sections"]
    return {block["id"]: block for section in sections for block in section["blocks"]}


def titles(now: dict) -> list[str]:
    return [section.title for section in view(now).sections]
