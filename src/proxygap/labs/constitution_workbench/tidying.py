"""How a state of unknown origin is read: nothing in it may raise, and what is sound is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxygap.labs._spec import State
from proxygap.labs.constitution_workbench import work as w
from proxygap.labs.constitution_workbench.library import LIBRARY
from proxygap.labs.constitution_workbench.reader import LONGEST


def tidy(state: Mapping[str, Any]) -> State:
    """Return a state that can be shown, whatever was given.

    What this edition does not know, or what was edited by hand, falls back to the start.
    """
    clean = w.initial()
    choices = {
        "accuracy": w.ACCURACIES, "rounds": w.ROUNDS, "labels": w.LABELS, "candidate": LIBRARY,
        "prompt": w.PROMPTS,
    }  # fmt: skip
    for name, known in choices.items():
        if isinstance(state.get(name), str) and state[name] in known:
            clean[name] = state[name]
    for name in ("said", "last"):
        given = state.get(name)
        clean[name] = given if isinstance(given, str) and len(given) <= LONGEST else ""
    if isinstance(state.get("principles"), list):
        clean["principles"] = _principles(state["principles"])
    names = [one["id"] for one in clean["principles"]]
    clean["at"] = state.get("at") if state.get("at") in names else (names[0] if names else "")
    kept = _attempts(state.get("attempts"))
    clean["attempts"] = kept or clean["attempts"]
    numbers = [one["n"] for one in clean["attempts"]]
    shown = state.get("shown")
    clean["shown"] = shown if shown in numbers else numbers[-1]
    return clean


def _principles(given: list[Any]) -> list[dict[str, str]]:
    found: dict[str, str] = {}
    for one in given:
        if (
            isinstance(one, Mapping)
            and _is_name(one.get("id"))
            and isinstance(one.get("text"), str)
        ):
            found.setdefault(one["id"], one["text"][: w.ROOM])
    return [{"id": name, "text": text} for name, text in found.items()][: w.MOST]


def _is_name(given: Any) -> bool:
    return isinstance(given, str) and given[:1] == "p" and given[1:].isdecimal() and len(given) < 9


def _attempts(given: Any) -> list[dict[str, Any]]:
    """Return the attempts that hold together; their numbers rise."""
    kept: list[dict[str, Any]] = []
    for one in given if isinstance(given, list) else []:
        if (
            isinstance(one, Mapping)
            and _is_attempt(one)
            and one["n"] > (kept[-1]["n"] if kept else 0)
        ):
            kept.append({name: one[name] for name in _FIELDS})
    return kept[-w.KEPT :]


_FIELDS = ("n", "texts", "accuracy", "rounds", "labels", "posture", "approval")


def _is_attempt(one: Mapping[str, Any]) -> bool:
    texts, place = one.get("texts"), one.get("posture")
    return (
        isinstance(one.get("n"), int)
        and not isinstance(one["n"], bool)
        and isinstance(texts, list)
        and len(texts) <= w.MOST
        and all(isinstance(text, str) and len(text) <= LONGEST for text in texts)
        and one.get("accuracy") in w.ACCURACIES
        and one.get("rounds") in w.ROUNDS
        and one.get("labels") in tuple(w.LABELS)
        and isinstance(place, list)
        and len(place) == 5
        and all(_is_share(x) for x in place[:4])
        and _is_share(place[4], -1.0)
        and _is_share(one.get("approval"))
    )


def _is_share(given: Any, low: float = 0.0) -> bool:
    return isinstance(given, (int, float)) and not isinstance(given, bool) and low <= given <= 1
