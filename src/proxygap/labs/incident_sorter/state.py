"""What the learner has done, read so that no saved work of another edition can break the lab."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from proxygap.labs._spec import State
from proxygap.labs.incident_sorter.deck import PILES, Card, cards, rounds
from proxygap.labs.incident_sorter.marks import LEVELS, Sorted

ALONE, TOGETHER = "alone", "together"
EACH, END = "each", "end"


def initial() -> State:
    """Return the first card, on no pile."""
    return {
        "mode": ALONE,
        "feedback": EACH,
        "scope": "round",
        "round": 1,
        "placed": {},
        "sorted": [],
        "shown": "",
        "said": "",
        "room": {"people": "", "at": rounds()[1][0].id, "votes": {}, "stages": {}},
    }


def tidy(state: Mapping[str, Any]) -> State:
    """Return `state` with whatever this edition cannot read left out or begun anew.

    Cards and piles that no longer exist are dropped, and a card is only sorted if it says where it
    was put and how sure the learner was.
    """
    clean = initial()
    for name, allowed in _CHOICES.items():
        clean[name] = _one_of(state.get(name), allowed, clean[name])
    clean["placed"] = {
        card: _placed(put) for card, put in _items(state.get("placed")) if card in cards()
    }
    clean["sorted"] = [card for card in _names(state.get("sorted")) if _is_whole(clean, card)]
    clean["shown"] = _one_of(state.get("shown"), clean["sorted"], "")
    clean["said"] = state["said"] if isinstance(state.get("said"), str) else ""
    clean["room"] = _room(state.get("room"), clean["room"])
    return clean


_CHOICES: Mapping[str, Iterable[Any]] = {
    "mode": (ALONE, TOGETHER),
    "feedback": (EACH, END),
    "scope": ("round", "all"),
    "round": rounds(),
}


def _one_of(given: Any, allowed: Iterable[Any], otherwise: Any) -> Any:
    # True equals 1, and a list cannot be looked up.
    return next((one for one in allowed if type(one) is type(given) and one == given), otherwise)


def _items(given: Any) -> list[tuple[str, Any]]:
    return list(given.items()) if isinstance(given, Mapping) else []


def _names(given: Any) -> list[str]:
    names = given if isinstance(given, list) else []
    return list(dict.fromkeys(name for name in names if isinstance(name, str)))


def _placed(given: Any) -> dict[str, str]:
    """Return pile and confidence of a card; what cannot be read is not chosen yet."""
    put = dict(_items(given))
    return {
        "pile": _one_of(put.get("pile"), PILES, ""),
        "sure": _one_of(put.get("sure"), map(str, LEVELS), ""),
    }


def _is_whole(state: State, card: str) -> bool:
    put = state["placed"].get(card)
    return bool(put and put["pile"] and put["sure"])


MOST_VOTES = 9999
STAGES = ("first", "talk", "again", "shift", "told")
"""A card before a room: a hidden vote, its talk, a second vote, how it moved, and the key."""


def _room(given: Any, fresh: dict[str, Any]) -> dict[str, Any]:
    room = dict(_items(given))
    people = room.get("people")
    return {
        "people": people if isinstance(people, str) else "",
        "at": _one_of(room.get("at"), cards(), fresh["at"]),
        "votes": {name: dict(_votes(votes)) for name, votes in _items(room.get("votes"))
                  if name in cards()},
        "stages": {name: stage for name, stage in _items(room.get("stages"))
                   if name in cards() and stage in STAGES},
    }  # fmt: skip


def _votes(given: Any) -> Iterable[tuple[str, dict[str, int]]]:
    """Yield first and second vote, each with a count for every pile."""
    for which, counts in _items(given):
        if which in ("first", "second"):
            given_counts = dict(_items(counts))
            yield which, {pile: _count(given_counts.get(pile)) for pile in PILES}


def _count(given: Any) -> int:
    return given if type(given) is int and 0 <= given <= MOST_VOTES else 0


def done(state: State, among: Iterable[Card]) -> list[Sorted]:
    """Return those of the cards that were sorted, in the order of the cards."""
    return [
        Sorted(card, put["pile"], int(put["sure"]))
        for card in among
        if card.id in state["sorted"]
        for put in [state["placed"][card.id]]
    ]


def at_hand(state: State) -> Card | None:
    """Return the card of the round that is on show; None when the round is finished."""
    mine = rounds()[state["round"]]
    shown = next((card for card in mine if card.id == state["shown"]), None)
    return shown or next((card for card in mine if card.id not in state["sorted"]), None)
