"""What a learner, or a room, can do with the cards."""

from __future__ import annotations

from typing import Any

from proxygap.errors import UsageError
from proxygap.labs._actions import dispatch, one_of, text
from proxygap.labs._spec import Action, State
from proxygap.labs.incident_sorter.deck import PILES, cards, rounds
from proxygap.labs.incident_sorter.marks import LEVELS
from proxygap.labs.incident_sorter.state import (
    ALONE,
    EACH,
    END,
    MOST_VOTES,
    STAGES,
    TOGETHER,
    tidy,
)

CLOSED = "This card is sorted, and its answer stands. Sort the round again to answer anew."
OPEN = "That vote is not being counted now. Go back to it to change it."


def _set_mode(state: State, action: Action) -> State:
    return {**state, "mode": one_of(action, "value", (ALONE, TOGETHER))}


def _set_feedback(state: State, action: Action) -> State:
    return {**state, "feedback": one_of(action, "value", (EACH, END)), "shown": ""}


def _set_scope(state: State, action: Action) -> State:
    return {**state, "scope": one_of(action, "value", ("round", "all"))}


def _set_round(state: State, action: Action) -> State:
    """Deal another round; for a room that is its first card."""
    number = int(one_of(action, "value", map(str, rounds())))
    room = {**state["room"], "at": rounds()[number][0].id}
    return {**state, "round": number, "shown": "", "scope": "round", "room": room}


def _place(state: State, action: Action) -> State:
    return _put(state, action, "pile", one_of(action, "value", PILES))


def _be_sure(state: State, action: Action) -> State:
    return _put(state, action, "sure", one_of(action, "value", map(str, LEVELS)))


def _put(state: State, action: Action, what: str, value: str) -> State:
    card = one_of(action, "id", cards())
    if card in state["sorted"]:
        raise UsageError(CLOSED)
    put = {"pile": "", "sure": "", **state["placed"].get(card, {}), what: value}
    return {**state, "placed": {**state["placed"], card: put}}


def _sort(state: State, action: Action) -> State:
    """Lay the card down; once it lies, the same press goes on to the next one.

    It names the card, so that a press that comes late or twice does no harm.
    """
    card = one_of(action, "id", cards())
    if card in state["sorted"]:
        return {**state, "shown": "" if state["shown"] == card else state["shown"]}
    put = state["placed"].get(card, {"pile": "", "sure": ""})
    if missing := _missing(put):
        return {**state, "said": missing}
    shown = card if state["feedback"] == EACH else ""
    return {**state, "sorted": [*state["sorted"], card], "shown": shown}


def _missing(put: dict[str, str]) -> str:
    if not put["pile"]:
        return "Choose a pile first: the first question that you answer with yes."
    return "" if put["sure"] else "Say how sure you are. A guess is fine."


def _again(state: State, action: Action) -> State:
    """Take up the cards of a round, to sort them anew."""
    number = int(one_of(action, "value", map(str, rounds())))
    mine = {card.id for card in rounds()[number]}
    placed = {card: put for card, put in state["placed"].items() if card not in mine}
    kept = [card for card in state["sorted"] if card not in mine]
    return {**state, "placed": placed, "sorted": kept, "shown": "", "round": number}


def _set_people(state: State, action: Action) -> State:
    return {**state, "room": {**state["room"], "people": text(action)}}


def _count(state: State, action: Action) -> State:
    """Set the votes for a pile: ``{"id": "frost/first/safety", "value": "7"}``."""
    card, which, pile = _vote_named(action)
    if which != counted(stage(state, card)):
        raise UsageError(OPEN)
    votes = _whole_number(action)
    mine = state["room"]["votes"].get(card, {})
    counts = {**dict.fromkeys(PILES, 0), **mine.get(which, {}), pile: votes}
    all_votes = {**state["room"]["votes"], card: {**mine, which: counts}}
    return {**state, "room": {**state["room"], "votes": all_votes}}


def _vote_named(action: Action) -> tuple[str, str, str]:
    known = [f"{card}/{which}/{pile}" for card in cards() for which in ("first", "second")
             for pile in PILES]  # fmt: skip
    card, which, pile = one_of(action, "id", known).split("/")
    return card, which, pile


def _whole_number(action: Action) -> int:
    typed = text(action).strip() or "0"
    if not (typed.isascii() and typed.isdigit()) or int(typed) > MOST_VOTES:
        raise UsageError(f"Votes are a whole number from 0 to {MOST_VOTES}; got “{typed}”.")
    return int(typed)


def _to_stage(state: State, action: Action) -> State:
    card = one_of(action, "id", cards())
    to = one_of(action, "value", STAGES)
    which = counted(stage(state, card))
    is_onward = STAGES.index(to) > STAGES.index(stage(state, card))
    if which and is_onward and not total(votes_of(state, card, which)):
        return {**state, "said": "No vote has been counted yet. Press 1, 2, 3 or 4 for each."}
    room = state["room"]
    return {**state, "room": {**room, "stages": {**room["stages"], card: to}}}


def _go(state: State, action: Action) -> State:
    """Put another card before the room."""
    return {**state, "room": {**state["room"], "at": one_of(action, "value", cards())}}


def stage(state: State, card: str) -> str:
    """Return how far the room has come with a card."""
    found: str = state["room"]["stages"].get(card, STAGES[0])
    return found


def counted(at: str) -> str:
    """Return which vote is counted at a stage: ``first``, ``second`` or none."""
    return {"first": "first", "again": "second"}.get(at, "")


def votes_of(state: State, card: str, which: str) -> dict[str, int]:
    """Return the votes for each pile."""
    found: dict[str, int] = state["room"]["votes"].get(card, {}).get(which, {})
    return {**dict.fromkeys(PILES, 0), **found}


def total(votes: dict[str, int]) -> int:
    """Return how many votes there are."""
    return sum(votes.values())


HANDLERS: dict[str, Any] = {
    "mode": _set_mode,
    "feedback": _set_feedback,
    "scope": _set_scope,
    "round": _set_round,
    "place": _place,
    "sure": _be_sure,
    "sort": _sort,
    "again": _again,
    "people": _set_people,
    "count": _count,
    "stage": _to_stage,
    "go": _go,
}


def update(state: State, action: Action) -> State:
    """Return the state after `action`; see `HANDLERS` for what there is."""
    return dispatch(HANDLERS, {**tidy(state), "said": ""}, action)
