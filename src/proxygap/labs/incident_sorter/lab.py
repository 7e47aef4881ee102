"""The incident sorter: which question fails first, and how sure one may be of it.

Forty invented incidents in twenty pairs. A pair tells the same story up to one fact, and that fact
moves the incident to another pile. Alone one sorts ten at a time with a confidence for each; a room
votes, talks and votes again.
"""

from __future__ import annotations

from proxygap.labs._spec import Example, Lab, State
from proxygap.labs._views import LabView, Section
from proxygap.labs.incident_sorter import desk, review, room
from proxygap.labs.incident_sorter.actions import update
from proxygap.labs.incident_sorter.deck import PILES, Card, pairs
from proxygap.labs.incident_sorter.state import TOGETHER, at_hand, initial, tidy


def view(state: State) -> LabView:
    """Return what is on show."""
    state = tidy(state)
    sections = _together(state) if state["mode"] == TOGETHER else _alone(state)
    return LabView(tuple(sections), announce=_spoken(state, sections[0]))


def _alone(state: State) -> list[Section]:
    card = at_hand(state)
    if card is not None:
        return [desk.desk(state, card), desk.deals(state)]
    contrasts = review.contrasts(state)
    return [review.outcome(state), review.numbers(state), *contrasts, desk.deals(state)]


def _together(state: State) -> list[Section]:
    found = [room.ballot(state), room.result(state), room.setting(state)]
    return [section for section in found if section is not None]


def _spoken(state: State, first: Section) -> str:
    """Return what a screen reader says about the last action."""
    if state["said"]:
        return str(state["said"])
    card = at_hand(state)
    if state["mode"] == TOGETHER or card is None:
        return first.title
    return ""


def _example(card: Card) -> Example:
    return Example(card.text, f"{PILES[card.key].name}. {card.why}")


LAB = Lab(
    slug="incident-sorter",
    title="Incident sorter",
    task=(
        "Something went wrong. Walk down the four questions and stop at the first yes. All the "
        "cases are invented, and for each of them there is a second that differs in one fact."
    ),
    initial=initial,
    update=update,
    view=view,
    alt_text=(
        "A card tells of an incident. Beside it stand four questions in order, each with its pile: "
        "security, alignment, safety, ethics. Below, five steps from “a guess” to “certain”."
    ),
    finding=(
        "The same damage can come from an intruder, from an aim that went astray, from a part that "
        "failed or from a decision. One fact tells them apart, and each has a remedy of its own."
    ),
    examples=tuple(_example(card) for pair in pairs()[:3] for card in pair.cards),
)
