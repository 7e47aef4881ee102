"""What the learner did, as the state keeps it, and how a state of unknown origin is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxygap.labs._spec import State
from proxygap.labs.you_are_the_labeller.pairs import Pair, pairs

STEPS = {
    "compare": "Compare",
    "reward": "Reward model",
    "assistant": "Assistant",
    "dpo": "DPO",
    "bias": "Bias",
    "others": "Others",
}
CHOICES = {"a": "A is better", "b": "B is better", "tie": "About equal", "skip": "Skip"}
PACES = {"0": "No clock", "30": "30 seconds", "15": "15 seconds"}
LEASHES = ("0.1", "0.25", "0.5", "1", "2", "5")
BIASES = {"length": "Likes length", "courtesy": "Likes courtesy", "haste": "Is in a hurry"}
SHARES = ("0", "25", "50", "75", "100")
WHOSE = {"mine": "Mine", "brought": "Those of the file"}
LONGEST_NOTE = 600

Labels = Mapping[str, str]
"""A choice for each pair that was compared, by the pair's id, in the order of the answers."""


def initial() -> State:
    """Return where everybody starts: nothing compared, the clock not running."""
    return {
        "step": "compare", "pace": "30", "going": False, "labels": {}, "late": [],
        "leash": "0.5", "bias": "length", "share": "50",
        "brought": {}, "whose": "mine", "problem": "", "note": "",
        "said": "", "last": "",
    }  # fmt: skip


def tidy(state: Mapping[str, Any]) -> State:
    """Return a state that can be shown, whatever was given.

    What this edition does not know, or what was edited by hand, falls back to the start; all the
    rest is kept.
    """
    clean = initial()
    known: Mapping[str, Any] = {
        "step": STEPS, "pace": PACES, "leash": LEASHES, "bias": BIASES, "share": SHARES,
        "whose": WHOSE,
    }  # fmt: skip
    for name, allowed in known.items():
        if isinstance(state.get(name), str) and state[name] in allowed:
            clean[name] = state[name]
    for name in ("problem", "note", "said", "last"):
        if isinstance(state.get(name), str):
            clean[name] = state[name][:LONGEST_NOTE]
    clean["going"] = state.get("going") is True
    clean["labels"] = read_labels(state.get("labels"))
    clean["brought"] = read_labels(state.get("brought"))
    late = state.get("late")
    clean["late"] = [one for one in pairs() if isinstance(late, list) and one in late]
    if not clean["brought"]:
        clean["whose"] = "mine"
    return clean


def read_labels(given: Any) -> dict[str, str]:
    """Return those of the given labels that are labels of this edition's pairs."""
    if not isinstance(given, Mapping):
        return {}
    return {
        name: choice
        for name, choice in given.items()
        if name in pairs() and isinstance(choice, str) and choice in CHOICES
    }


def at_hand(state: State) -> Pair | None:
    """Return the pair that is to be compared next; None when all are."""
    return next((pair for name, pair in pairs().items() if name not in state["labels"]), None)


def shown_labels(state: State) -> dict[str, str]:
    """Return the labels that the results are about: one's own, or those of a file."""
    labels: dict[str, str] = state["brought" if state["whose"] == "brought" else "labels"]
    return labels


def decided(labels: Labels) -> dict[str, str]:
    """Return the labels that prefer one of the two."""
    return {name: choice for name, choice in labels.items() if choice in ("a", "b")}
