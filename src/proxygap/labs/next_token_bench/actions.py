"""What a learner can do at the bench."""

from __future__ import annotations

from collections.abc import Mapping

from proxygap.labs._actions import Handler, dispatch, one_of, text
from proxygap.labs._spec import Action, State
from proxygap.labs.next_token_bench.material import OPENINGS, POSITIONS
from proxygap.labs.next_token_bench.scoring import Setting, read_word
from proxygap.labs.next_token_bench.state import (
    CHOICES,
    LARGEST_SEED,
    LONGEST_WORD,
    MOST_KEPT,
    as_saved,
    tidy,
)

NO_WORD = "Pick a word or write one first. A guess is fine."
NOT_ONE_WORD = "Write one word in letters, such as water; or full stop, where a sentence ends."


def _set(name: str) -> Handler:
    """Return what sets a choice by its name."""

    def handler(state: State, action: Action) -> State:
        return {**state, name: one_of(action, "value", [v for v in CHOICES[name][0] if v])}

    return handler


def _write(state: State, action: Action) -> State:
    """Keep a word as it is typed or picked; the id says for which place: ``tea/3``."""
    name = _place(state, action, "id")
    if not name:
        return state
    typed = text(action, longest=LONGEST_WORD)
    return {**state, "drafts": {**state["drafts"], name: typed}}


def _place(state: State, action: Action, key: str) -> str:
    """Return the passage if the action is about its open place; nothing if it comes too late."""
    known = [f"{name}/{at}" for name in OPENINGS for at in range(POSITIONS)]
    given = action.get(key)
    plain = given.partition(":")[2] if isinstance(given, str) and ":" in given else given
    name, _, at = one_of({key: plain}, key, known).partition("/")
    return name if int(at) == len(state["given"].get(name, [])) else ""


def _reveal(state: State, action: Action) -> State:
    """Take the guess for the place that the button names; a press that comes twice does no harm."""
    name = _place(state, action, "value")
    if not name:
        return state
    typed = state["drafts"].get(name, "")
    word = read_word(typed)
    if not word:
        return {**state, "said": NOT_ONE_WORD if typed.strip() else NO_WORD}
    given = [*state["given"].get(name, []), [word, int(state["sure"])]]
    drafts = {one: draft for one, draft in state["drafts"].items() if one != name}
    return {**state, "given": {**state["given"], name: given}, "drafts": drafts}


def _again(state: State, action: Action) -> State:
    """Take up a passage anew."""
    name = one_of(action, "value", OPENINGS)
    return {**state, "given": {one: g for one, g in state["given"].items() if one != name}}


def _text(state: State, _: Action) -> State:
    """Have a text written at what is set; the same setting again writes another one."""
    seed = state["texts"][-1]["seed"] + 1 if state["texts"] else 1
    setting = Setting(
        state["start"], state["order"], state["temperature"], state["top_p"], seed % LARGEST_SEED
    )
    return {**state, "texts": [*state["texts"], as_saved(setting)][-MOST_KEPT:]}


def _weigh(state: State, _: Action) -> State:
    if not state["likeliest"]:
        return {**state, "said": "Choose a sentence first."}
    return {**state, "weighed": True}


def _choose_sentence(state: State, action: Action) -> State:
    if state["weighed"]:
        return state
    return _set("likeliest")(state, action)


HANDLERS: Mapping[str, Handler] = {
    "go": _set("step"),
    "passage": _set("passage"),
    "opponent": _set("opponent"),
    "sure": _set("sure"),
    "write": _write,
    "reveal": _reveal,
    "again": _again,
    "start": _set("start"),
    "order": _set("order"),
    "temperature": _set("temperature"),
    "top_p": _set("top_p"),
    "text": _text,
    "likeliest": _choose_sentence,
    "weigh": _weigh,
}


def update(state: State, action: Action) -> State:
    """Return the state after `action`; see `HANDLERS` for what there is."""
    return dispatch(HANDLERS, {**tidy(state), "said": "", "last": str(action.get("type"))}, action)
