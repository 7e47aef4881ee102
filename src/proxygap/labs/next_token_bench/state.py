"""What the learner has done, read so that no saved work of another edition can break the lab."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from proxygap.labs._spec import State
from proxygap.labs.next_token_bench.material import (
    MODELS,
    OPENINGS,
    POSITIONS,
    SENTENCES,
    STARTS,
    Passage,
    passages,
)
from proxygap.labs.next_token_bench.scoring import SURE, Setting, read_word

STEPS: Mapping[str, str] = {"predict": "Predict", "write": "Let it write", "weigh": "Weigh"}
TEMPERATURES = ("0", "0.25", "0.5", "0.75", "1", "1.25", "1.5", "2")
TOP_P = ("0.1", "0.25", "0.5", "0.75", "0.9", "0.95", "1")
LONGEST_WORD = 30
MOST_KEPT = 8
LARGEST_SEED = 10_000
CHOICES: Mapping[str, tuple[Collection[str], str]] = {
    "step": (STEPS, "predict"),
    "passage": (OPENINGS, "tea"),
    "opponent": (MODELS, "3"),
    "sure": (tuple(map(str, SURE)), "25"),
    "start": (STARTS, "gallery"),
    "order": (MODELS, "3"),
    "temperature": (TEMPERATURES, "1"),
    "top_p": (TOP_P, "1"),
    "likeliest": (("", *SENTENCES), ""),
}
"""What can be chosen, by its name in the state, and what it is at first."""


def initial() -> State:
    """Return the first passage, with nothing guessed."""
    return {
        **{name: first for name, (_, first) in CHOICES.items()},
        "drafts": {},
        "given": {},
        "texts": [],
        "weighed": False,
        "said": "",
        "last": "",
    }


def tidy(state: Mapping[str, Any]) -> State:
    """Return `state` with whatever this edition cannot read left out or begun anew."""
    clean = initial()
    for name, (allowed, first) in CHOICES.items():
        value = state.get(name)
        clean[name] = value if isinstance(value, str) and value in allowed else first
    clean["drafts"] = {
        name: typed[:LONGEST_WORD]
        for name, typed in _items(state.get("drafts"))
        if name in OPENINGS and isinstance(typed, str)
    }
    clean["given"] = {
        name: _guesses(guesses) for name, guesses in _items(state.get("given")) if name in OPENINGS
    }
    clean["texts"] = [one for one in _listed(state.get("texts")) if _is_setting(one)][-MOST_KEPT:]
    clean["weighed"] = state.get("weighed") is True and bool(clean["likeliest"])
    for name in ("said", "last"):
        clean[name] = state[name] if isinstance(state.get(name), str) else ""
    return clean


def _items(given: Any) -> list[tuple[str, Any]]:
    return list(given.items()) if isinstance(given, Mapping) else []


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _guesses(given: Any) -> list[list[Any]]:
    """Return the guesses from the first on, up to one that cannot be read."""
    kept: list[list[Any]] = []
    for one in _listed(given)[:POSITIONS]:
        if not (isinstance(one, list) and len(one) == 2 and _is_guess(*one)):
            break
        kept.append(one)
    return kept


def _is_guess(word: Any, sure: Any) -> bool:
    if not isinstance(word, str) or len(word) > LONGEST_WORD:
        return False
    return read_word(word) == word != "" and type(sure) is int and sure in SURE


_SETTING = ("start", "order", "temperature", "top_p")


def _is_setting(given: Any) -> bool:
    if not isinstance(given, Mapping) or set(given) != {*_SETTING, "seed"}:
        return False
    known = all(isinstance(given[n], str) and given[n] in CHOICES[n][0] for n in _SETTING)
    return known and type(given["seed"]) is int and 0 <= given["seed"] <= LARGEST_SEED


def passage(state: State) -> Passage:
    """Return the passage at hand."""
    return passages()[state["passage"]]


def guesses(state: State) -> list[tuple[str, int]]:
    """Return the words guessed in the passage at hand, each with its %."""
    return [(word, sure) for word, sure in state["given"].get(state["passage"], [])]


def settings(state: State) -> list[Setting]:
    """Return how the texts so far were written, the newest last."""
    return [Setting(**one) for one in state["texts"]]


def as_saved(setting: Setting) -> dict[str, Any]:
    """Return a setting as it is kept."""
    return {name: getattr(setting, name) for name in (*_SETTING, "seed")}
