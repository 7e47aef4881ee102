"""Build rails, run them over labelled messages, and take them along as a configuration.

The learner writes a `config.yml` in the words of NeMo Guardrails. The rails really run: patterns
and words over the texts, a classifier that was fitted on the practice messages, and a simulated
self-check. What they stop is counted; a day, an outage and the whole system's posture follow from
the counts. A hidden part of the messages tells what was learned by heart.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from proxygap.errors import UsageError
from proxygap.labs._actions import dispatch, one_of, text
from proxygap.labs._spec import Action, Lab, State
from proxygap.labs._views import LabView
from proxygap.labs.stack_builder import measure, show
from proxygap.labs.stack_builder.messages import SPLITS
from proxygap.labs.stack_builder.scores import KIN
from proxygap.labs.stack_builder.starts import STARTS
from proxygap.labs.stack_builder.work import (
    FAILURES,
    MOST_LOOKS,
    PREVALENCES,
    VOLUMES,
    initial,
    look_at,
    read,
    stack_of,
)
from proxygap.labs.stack_builder.yaml_subset import LONGEST

SETTINGS: dict[str, Iterable[str]] = {
    "prevalence": PREVALENCES,
    "volume": VOLUMES,
    "kin": KIN,
    "failure": FAILURES,
}


def _write(state: State, action: Action) -> State:
    return {**state, "text": text(action, longest=2 * LONGEST), "problem": ""}


def _run(state: State, _: Action) -> State:
    """Run what stands in the field; if it cannot be read, say so and keep running what ran."""
    wanted = read(state).text
    try:
        stack_of(wanted)
    except UsageError as error:
        return {**state, "text": wanted, "problem": str(error), "said": "It cannot be run yet."}
    return {
        **state,
        "text": wanted,
        "running": wanted,
        "problem": "",
        "said": "The rails have run.",
    }


def _start(state: State, action: Action) -> State:
    """Put an example into the field, and keep what stood there."""
    chosen = STARTS[one_of(action, "value", STARTS)][1]
    now = read(state).text
    examples = {example for _, example in STARTS.values()}
    before = read(state).before if now in examples else now
    return _run({**state, "text": chosen, "before": before}, {})


def _back(state: State, _: Action) -> State:
    before = read(state).before
    if not before:
        raise UsageError("There is nothing to bring back yet.")
    return _run({**state, "text": before, "before": read(state).text}, {})


def _set(state: State, action: Action) -> State:
    name = one_of(action, "id", SETTINGS)
    return {**state, name: one_of(action, "value", SETTINGS[name])}


def _plug(state: State, _: Action) -> State:
    down = not read(state).down
    said = "The classifier and the self-check are out of reach." if down else "All is well again."
    return {**state, "down": down, "said": said}


def _look(state: State, _: Action) -> State:
    """Run the stack over the hidden messages, and count the look."""
    work = read(state)
    seen = look_at(measure.outcome(work.stack(), "held-out", work.kin))
    looks = [*(one.as_data() for one in work.looks), seen.as_data()][-MOST_LOOKS:]
    said = "The hidden messages have been run."
    return {**state, "looks": looks, "looked_at": work.running, "said": said}


HANDLERS = {
    "write": _write,
    "run": _run,
    "start": _start,
    "back": _back,
    "set": _set,
    "plug": _plug,
    "look": _look,
}


def update(state: State, action: Action) -> State:
    """Return the state after `action`; see `HANDLERS` for what there is."""
    return dispatch(HANDLERS, {**state, "said": ""}, action)


def view(state: State) -> LabView:
    """Return what is on show."""
    said = state.get("said")
    return LabView(show.sections(read(state)), announce=said if isinstance(said, str) else "")


def _prepare() -> None:
    """Fit the classifier, tune the assistant behind the rails, and score every message once."""
    measure.plain()
    for (_, example), split, kin in product(STARTS.values(), SPLITS, KIN):
        measure.outcome(stack_of(example)[0], split, kin)


LAB = Lab(
    slug="stack-builder",
    title="The stack builder",
    task=(
        "Seven assistants, fourteen rules, 400 labelled messages. Write the rails that stop what a "
        "rule forbids and let pass what only sounds like it. Part of the messages stays hidden "
        "until you ask for the test."
    ),
    initial=initial,
    update=update,
    view=view,
    alt_text=(
        "A file with a list of sixteen words in the syntax of NeMo Guardrails, and what it does to "
        "238 practice messages: it stops not quite half of those that ask for something forbidden, "
        "and more than half of those that only sound like it."
    ),
    finding=(
        "What a rail catches on the messages that it was built on is not what it catches on new "
        "ones. And where harm is rare, what it stops is mostly harmless."
    ),
    prepare=_prepare,
)
