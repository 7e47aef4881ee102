"""What a learner can do. Each handler returns a new state, or refuses with a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from proxygap.errors import UsageError
from proxygap.labs._actions import Handler, one_of, text
from proxygap.labs._spec import Action, State
from proxygap.labs.constitution_workbench import work as w
from proxygap.labs.constitution_workbench.library import LIBRARY, twin
from proxygap.labs.constitution_workbench.reader import read


def place(state: State) -> int:
    """Return the place of the principle at hand, from 0.

    Raises
    ------
    UsageError
        If there is none.
    """
    for at, one in enumerate(state["principles"]):
        if one["id"] == state["at"]:
            return at
    raise UsageError("There is no principle yet. Add one first.")


def _names(state: State) -> list[str]:
    return [one["id"] for one in state["principles"]]


def _pick(state: State, action: Action) -> State:
    return {**state, "at": one_of(action, "value", _names(state))}


def _write(state: State, action: Action) -> State:
    """Keep a text; its id names the principle, since a text may arrive after another was picked."""
    name = one_of(action, "id", [f"text/{one}" for one in _names(state)]).partition("/")[2]
    words = text(action, longest=w.ROOM)
    return _with_text(state, name, words)


def _with_text(state: State, name: str, words: str) -> State:
    changed = [{**one, "text": words} if one["id"] == name else one for one in state["principles"]]
    return {**state, "principles": changed}


def _move(state: State, action: Action) -> State:
    at = place(state)
    to = at + (-1 if one_of(action, "value", ("up", "down")) == "up" else 1)
    if not 0 <= to < len(state["principles"]):
        end = "first" if to < 0 else "last"
        return {**state, "said": f"It is the {end} one already."}
    order = [*state["principles"]]
    order[at], order[to] = order[to], order[at]
    said = f"Now it is principle {to + 1} of {len(order)}."
    return {**state, "principles": order, "said": said}


def _remove(state: State, _: Action) -> State:
    at = place(state)
    rest = [one for i, one in enumerate(state["principles"]) if i != at]
    now = rest[min(at, len(rest) - 1)]["id"] if rest else ""
    return {**state, "principles": rest, "at": now, "said": f"Removed. {len(rest)} are left."}


def _break(state: State, _: Action) -> State:
    """Put the broken twin of a ready-made principle in its place, or the whole one again."""
    one = state["principles"][place(state)]
    other = twin(one["text"])
    if not other:
        said = (
            "Only ready-made principles are broken by a press. This one is your own: change a "
            "word of it and train again."
        )
        return {**state, "said": said}
    return {**_with_text(state, one["id"], other), "said": f"It now says: {other}"}


def _candidate(state: State, action: Action) -> State:
    return {**state, "candidate": one_of(action, "value", LIBRARY)}


def _add(state: State, action: Action) -> State:
    """Add a ready-made principle, or an empty one to write."""
    words = (
        LIBRARY[state["candidate"]].text
        if one_of(action, "value", ("own", "ready")) == "ready"
        else ""
    )
    if len(state["principles"]) >= w.MOST:
        said = f"There is room for {w.MOST} principles. Remove one before you add another."
        return {**state, "said": said}
    name = f"p{1 + max((int(one[1:]) for one in _names(state)), default=0)}"
    added = [*state["principles"], {"id": name, "text": words}]
    said = f"Added as principle {len(added)}, the one that counts least. Move it up if it matters."
    return {**state, "principles": added, "at": name, "said": said}


def _set(state: State, action: Action) -> State:
    known: Mapping[str, object] = {"accuracy": w.ACCURACIES, "rounds": w.ROUNDS, "labels": w.LABELS}
    name = one_of(action, "id", known)
    allowed = {"accuracy": w.ACCURACIES, "rounds": w.ROUNDS, "labels": tuple(w.LABELS)}[name]
    return {**state, name: one_of(action, "value", allowed)}


def _train(state: State, _: Action) -> State:
    if not any(read(one["text"]).terms for one in state["principles"]):
        said = (
            "The reader made nothing of any principle, so there is nothing to train by. The "
            "assistant would stay as it was."
        )
        return {**state, "said": said}
    attempts = [*state["attempts"], w.attempt(state)][-w.KEPT :]
    return {**state, "attempts": attempts, "shown": attempts[-1]["n"]}


def _show(state: State, action: Action) -> State:
    return {
        **state,
        "shown": int(one_of(action, "value", [str(a["n"]) for a in state["attempts"]])),
    }


def _reuse(state: State, _: Action) -> State:
    """Put the constitution and the critic of the attempt on show in place of the present ones."""
    one = next(a for a in state["attempts"] if a["n"] == state["shown"])
    if not _is_kept(state):
        said = (
            "What is on the bench has not been trained, and would be lost. Train it first; then it "
            "is kept as an attempt."
        )
        return {**state, "said": said}
    start = 1 + max((int(name[1:]) for name in _names(state)), default=0)
    taken = [{"id": f"p{start + i}", "text": words} for i, words in enumerate(one["texts"])]
    critic = {name: one[name] for name in ("accuracy", "rounds", "labels")}
    said = f"The constitution of attempt {one['n']} is on the bench again."
    return {
        **state,
        **critic,
        "principles": taken,
        "at": taken[0]["id"] if taken else "",
        "said": said,
    }


def _is_kept(state: State) -> bool:
    """Return whether every text on the bench is kept in an attempt."""
    texts = [one["text"] for one in state["principles"] if one["text"].strip()]
    return not texts or any(one["texts"] == texts for one in state["attempts"])


def _ask(state: State, action: Action) -> State:
    return {**state, "prompt": one_of(action, "value", w.PROMPTS)}


HANDLERS: Mapping[str, Handler] = {
    "pick": _pick, "write": _write, "move": _move, "remove": _remove, "break": _break,
    "candidate": _candidate, "add": _add, "set": _set, "slide": _set, "train": _train,
    "show": _show, "reuse": _reuse, "ask": _ask,
}  # fmt: skip
