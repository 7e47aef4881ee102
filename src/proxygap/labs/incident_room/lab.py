"""Two incidents to work through: look, triage, mend, test, write.

The learner opens evidence that costs time, says how bad it is and what happens at once, names
the layer that owns it, builds a fix, writes the regression test and a memo. What goes wrong
meanwhile is computed on a small simulated system; nothing is scripted. A published rubric marks
structure and consistency, and leaves the rest to people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from proxygap.errors import UsageError
from proxygap.labs._actions import dispatch, one_of, text
from proxygap.labs._spec import Action, Lab, State
from proxygap.labs._views import LabView
from proxygap.labs.incident_room import show
from proxygap.labs.incident_room.case import SLUGS, Incident, incident
from proxygap.labs.incident_room.work import (
    LONGEST_FIELD,
    STEPS,
    TEST_MINUTES,
    Spell,
    Work,
    known_slug,
    memo_fields,
    options,
    read,
)

NOTHING_TO_BUILD = "Choose a fix first; then it can be built."
NOTHING_TO_TRY = "Choose first what the test asks about; then it can be run."


def initial() -> State:
    """Return the first incident at its first report."""
    return {"incident": SLUGS[0], "step": "look", "work": {}, "said": "", "last": ""}


def _changed(state: State, change: Callable[[Incident, Work], Work], slug: str = "") -> State:
    """Return the state with one incident's work changed; the one at hand if none is named."""
    case = incident(slug or known_slug(state))
    new = change(case, read(state, case.slug))
    kept = state.get("work")
    others: dict[str, Any] = kept if isinstance(kept, dict) else {}
    return {**state, "work": {**others, case.slug: new.as_data()}}


def _spent(work: Work, minutes: int, what: str) -> tuple[Spell, ...]:
    return (*work.log, Spell(minutes, work.containment, work.fix, what))


def _incident(state: State, action: Action) -> State:
    return {**state, "incident": one_of(action, "value", SLUGS), "step": "look"}


def _step(state: State, action: Action) -> State:
    return {**state, "step": one_of(action, "value", STEPS)}


def _open(state: State, action: Action) -> State:
    """Get a piece of evidence; while it is fetched, things go on."""
    card = incident(known_slug(state)).evidence[
        one_of(action, "value", incident(known_slug(state)).evidence)
    ]

    def change(_: Incident, work: Work) -> Work:
        if card.slug in work.opened:
            return work
        return replace(
            work, opened=(*work.opened, card.slug), log=_spent(work, card.minutes, card.title)
        )

    return {**_changed(state, change), "said": f"{card.title}: {card.text}"}


def _choose(state: State, action: Action) -> State:
    """Keep a choice; its id names the incident too, since answers may arrive late."""
    names = [f"{slug}/{name}" for slug in SLUGS for name in options(incident(slug))]
    slug, _, name = one_of(action, "id", names).partition("/")
    value = one_of(action, "value", options(incident(slug))[name])

    def change(_: Incident, work: Work) -> Work:
        if name.startswith("test-"):
            return replace(work, ran=0, test=replace(work.test, **{name[5:]: value}))
        if name.startswith("self-"):
            return replace(work, judged={**work.judged, name[5:]: value})
        chosen: dict[str, Any] = {name: value}
        return replace(work, **chosen)

    return _changed(state, change, slug)


def _write(state: State, action: Action) -> State:
    names = [f"{slug}/memo-{name}" for slug in SLUGS for name in memo_fields()]
    slug, _, name = one_of(action, "id", names).partition("/memo-")
    written = text(action, longest=LONGEST_FIELD)
    return _changed(state, lambda _, w: replace(w, memo={**w.memo, name: written}), slug)


def _build(state: State, _: Action) -> State:
    def change(case: Incident, work: Work) -> Work:
        if work.choice not in case.fixes:
            raise UsageError(NOTHING_TO_BUILD)
        fix = case.fixes[work.choice]
        return replace(work, fix=fix.slug, log=_spent(work, fix.minutes, fix.label))

    return {**_changed(state, change), "said": "The fix is in force."}


def _run(state: State, _: Action) -> State:
    def change(case: Incident, work: Work) -> Work:
        if work.test.kind not in case.kinds:
            raise UsageError(NOTHING_TO_TRY)
        return replace(work, ran=work.ran + 1, log=_spent(work, TEST_MINUTES, "The test"))

    return {**_changed(state, change), "said": "The test was run on four systems."}


def _mark(state: State, _: Action) -> State:
    return {
        **_changed(state, lambda _, work: replace(work, marked=True)),
        "said": "The memo is marked.",
    }


HANDLERS = {
    "incident": _incident,
    "step": _step,
    "open": _open,
    "choose": _choose,
    "write": _write,
    "build": _build,
    "run": _run,
    "mark": _mark,
}


def update(state: State, action: Action) -> State:
    """Return the state after `action`; see `HANDLERS` for what there is."""
    return dispatch(HANDLERS, {**state, "said": "", "last": action.get("type", "")}, action)


def view(state: State) -> LabView:
    """Return what is on show."""
    case = incident(known_slug(state))
    step = state.get("step")
    at = step if isinstance(step, str) and step in STEPS else "look"
    said = state.get("said")
    return LabView(
        show.sections(case, read(state, case.slug), at),
        announce=said if isinstance(said, str) else "",
    )


LAB = Lab(
    slug="incident-room",
    title="The incident room",
    task=(
        "Two incidents, and you are on duty. Find out what happened, decide what to do at once, "
        "mend the right layer, write the test that would have caught it, and the memo."
    ),
    initial=initial,
    update=update,
    view=view,
    alt_text=(
        "The first incident, told in a paragraph: a hospital’s assistant refuses to convert a "
        "prescribed dose. Eight pieces of evidence can be fetched, each for so many minutes, while "
        "a clock counts the honest requests that are turned away."
    ),
    finding=(
        "The same refusal, the same “done”, can come from four layers with four owners. Evidence "
        "from each layer’s own log tells which, and a test needs a control in the other direction."
    ),
)
