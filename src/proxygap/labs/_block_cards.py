"""A card that is put on one of a few piles: by dragging, by a tap or by keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

CardMark = Literal["", "key", "second", "missed"]


@dataclass(frozen=True, slots=True)
class Rung:
    """A question of the ladder, and the pile of the cards whose first yes it is.

    Parameters
    ----------
    value, name, question : str
        What is sent, what the pile is called, and what is asked.
    mark : str
        Once the card is told: whether it belongs here, or might; ``missed`` where the learner put
        it and it does not belong. Empty for the others.
    """

    value: str
    name: str
    question: str
    mark: CardMark = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A confidence that can be chosen: 75, "Fairly sure"."""

    percent: int
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is said to a card that was sorted.

    Parameters
    ----------
    tone : str
        How it went.
    title, text : str
        The verdict, and the reason for it.
    notes : tuple of (str, str)
        More to say, each with a few words before it in bold.
    """

    tone: Literal["good", "half", "missed"]
    title: str
    text: str
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """One card of a deal, the ladder of questions beside it, and how sure the learner is.

    Parameters
    ----------
    id : str
        Unique in the view. It stays the same from card to card.
    card : str
        Name of the card: the id of every action that is about it.
    place : str
        Where it lies in its deal: "Card 3 of 10".
    share : float
        Which part of the deal lies behind it, from 0 to 1.
    label, title, text : str
        What kind of card it is, its heading, and what it tells.
    rungs : tuple of Rung
        The piles, in the order in which their questions are asked.
    levels : tuple of Level
        What can be said about how sure one is.
    pile, sure : str
        What is chosen now; empty for nothing.
    said : str
        What is still missing; empty for nothing.
    told : Told or None
        Once the card lies: what there is to say. The next press then moves on.
    button : str
        What the button says.
    choose_action, sure_action, action : str
        Types of the actions that a pile, a confidence and the button send.
    """

    id: str
    card: str
    place: str
    share: float
    label: str
    title: str
    text: str
    rungs: tuple[Rung, ...]
    levels: tuple[Level, ...]
    pile: str
    sure: str
    said: str
    told: Told | None
    button: str
    choose_action: str = "place"
    sure_action: str = "sure"
    action: str = "sort"
    # Its button is the one that moves the lab on.
    primary: bool = field(default=True, init=False)
    kind: Literal["cards"] = field(default="cards", init=False)
