"""What a page and a notebook call: one action in, the new state and its view out.

Nothing that a learner does raises here. An action that makes no sense leaves the state as it was
and comes back with a sentence.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from proxygap.errors import UsageError
from proxygap.labs._registry import get
from proxygap.labs._spec import Action, Lab, State

RESET = {"type": "reset"}
_DAMAGED = (AttributeError, IndexError, KeyError, TypeError, ValueError)
_DAMAGED_TEXT = (
    "The work saved for this lab cannot be read by this version of the course. It was left as it "
    "is; press “Start again” to begin anew."
)


class Answer(NamedTuple):
    """What came of an action.

    Attributes
    ----------
    state : dict
        The new state; the old one where the action was refused.
    view : dict or None
        What to show. None means that nothing could be shown: keep the old state and view.
    problem : str
        Why the action was refused; empty where it was not.
    """

    state: State
    view: dict[str, Any] | None
    problem: str


_NO_REQUEST = Answer({}, None, "A lab is asked with JSON: slug, state and action.")


def start(lab: Lab) -> Answer:
    """Return where everybody starts."""
    state = lab.initial()
    return Answer(state, lab.view(state).as_data(), "")


def apply(lab: Lab, state: State, action: Action | None) -> Answer:
    """Apply one action; with no action, only show the state.

    ``{"type": "reset"}`` is every lab's own: it leads back to the start.
    """
    if action == RESET:
        return start(lab)
    problem, after = "", state
    try:
        if action is not None:
            after = lab.update(state, action)
    except UsageError as error:
        problem = str(error)
    except _DAMAGED:
        return Answer(state, None, _DAMAGED_TEXT)
    try:
        return Answer(after, lab.view(after).as_data(), problem)
    except _DAMAGED:
        return Answer(state, None, _DAMAGED_TEXT)


def step(payload: str) -> str:
    """Answer ``{"slug", "state", "action"}`` with ``{"state", "view", "problem"}``, all JSON."""
    try:
        request = json.loads(payload)
        slug, state, action = request["slug"], request["state"], request.get("action")
        lab = get(slug)
    except UsageError as error:
        return _written(Answer(state, None, str(error)))
    except (*_DAMAGED, RecursionError):
        return _written(_NO_REQUEST)
    if not isinstance(action, dict | None):
        return _written(Answer(state, None, f"An action is an object with a type; got {action!r}."))
    return _written(apply(lab, state, action))


def prepare(payload: str) -> str:
    """Get the lab ``{"slug"}`` ready to answer at once; return ``{}``."""
    lab = get(json.loads(payload)["slug"])
    start(lab)
    lab.prepare()
    return "{}"


def _written(answer: Answer) -> str:
    try:
        return json.dumps(answer._asdict(), ensure_ascii=False, allow_nan=False)
    except ValueError:  # Python reads Infinity and 1e999; JSON has neither
        return json.dumps(_NO_REQUEST._asdict())
