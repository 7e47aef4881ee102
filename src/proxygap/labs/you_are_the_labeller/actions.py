"""What a learner can do. Each handler returns a new state, or refuses with a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from proxygap.errors import UsageError
from proxygap.labs._actions import Handler, one_of, text
from proxygap.labs._spec import Action, State
from proxygap.labs.you_are_the_labeller import files
from proxygap.labs.you_are_the_labeller import state as s
from proxygap.labs.you_are_the_labeller.pairs import edition, pairs


def _go(state: State, action: Action) -> State:
    return {**state, "step": one_of(action, "value", s.STEPS)}


def _begin(state: State, _: Action) -> State:
    return {**state, "going": True}


def _answer(state: State, action: Action) -> State:
    """Keep a label. Its id names the pair, since an answer may arrive twice, or late."""
    name = one_of(action, "id", pairs())
    choice = one_of(action, "value", s.CHOICES)
    return {**state, "going": True, "labels": {**state["labels"], name: choice}}


def _late(state: State, action: Action) -> State:
    """Note that the time of a pair was over before its answer; an answer is never refused."""
    name = one_of(action, "id", pairs())
    if name in state["labels"] or name in state["late"]:
        return state
    return {**state, "late": [*state["late"], name]}


def _undo(state: State, _: Action) -> State:
    labels = dict(state["labels"])
    if not labels:
        raise UsageError("There is nothing to take back: no pair is compared yet.")
    name, _choice = labels.popitem()
    return {**state, "labels": labels, "late": [one for one in state["late"] if one != name]}


def _again(state: State, _: Action) -> State:
    """Ask the skipped pairs once more."""
    kept = {name: choice for name, choice in state["labels"].items() if choice != "skip"}
    late = [name for name in state["late"] if name in kept]
    return {**state, "labels": kept, "late": late, "step": "compare"}


def _set(state: State, action: Action) -> State:
    known: Mapping[str, Mapping[str, str] | tuple[str, ...]] = {
        "step": s.STEPS, "pace": s.PACES, "leash": s.LEASHES, "bias": s.BIASES, "share": s.SHARES,
        "whose": s.WHOSE,
    }  # fmt: skip
    name = one_of(action, "id", known)
    value = one_of(action, "value", known[name])
    if name == "whose" and value == "brought" and not state["brought"]:
        raise UsageError("No file has been brought yet. Bring one under “Others”.")
    return {**state, name: value}


def _upload(state: State, action: Action) -> State:
    """Read labels beside one's own, which stay as they are; on trouble keep all there was."""
    try:
        file = files.read(text(action, longest=files.LARGEST))
    except UsageError as error:
        return {**state, "problem": str(error)[: s.LONGEST_NOTE]}
    note = f"{len(file.labels)} labels were read. Your own are kept beside them."
    if file.edition != edition():
        made = f"The file was made with edition {file.edition} of the pairs; here is {edition()}."
        note = f"{made} {note}"
    if file.left_out:
        note += (
            f" {file.left_out} belong to pairs that stand here in other words or not at all, and "
            "were left out."
        )
    return {**state, "brought": file.labels, "note": note, "problem": ""}


HANDLERS: Mapping[str, Handler] = {
    "go": _go, "begin": _begin, "answer": _answer, "late": _late, "undo": _undo, "again": _again,
    "set": _set, "slide": _set, "upload": _upload,
}  # fmt: skip
