"""Posture picker: guess, measure, doubt the grader, decide, meet a silent change, keep two pages.

Three vendors that do not exist answer Borderline-250. The learner goes through six steps and may
go back at any time: what was measured earlier is what the decision rests on. The decision is
checked for whether its reasons hang together, never for the vendor that it chose.
"""

from __future__ import annotations

from proxygap.labs._actions import dispatch
from proxygap.labs._spec import Action, Lab, State
from proxygap.labs._views import Choice, LabView, Option, Section
from proxygap.labs.posture_picker import (
    show_decide,
    show_drift,
    show_grader,
    show_keep,
    show_measure,
    show_predict,
)
from proxygap.labs.posture_picker import work as w
from proxygap.labs.posture_picker.actions import HANDLERS

SHOWN = {
    "predict": show_predict.sections,
    "measure": show_measure.sections,
    "judge": show_grader.sections,
    "decide": show_decide.sections,
    "drift": show_drift.sections,
    "keep": show_keep.sections,
}
SPOKEN = {"go", "compare", "write-down", "check", "retest", "next", "upload", "draw"}
"""Actions whose result a screen reader is told about."""


def update(state: State, action: Action) -> State:
    """Return the state after `action`; see `HANDLERS` for what there is."""
    known = {**w.tidy(state), "said": "", "last": str(action.get("type", ""))}
    return dispatch(HANDLERS, known, action)


def view(state: State) -> LabView:
    """Return what is on show."""
    state = w.tidy(state)
    shown = SHOWN[state["step"]](state)
    return LabView((_path(state), *shown), announce=_spoken(state, shown))


def prepare() -> None:
    """Show every step once: vendors answer all items, which takes a moment the first time."""
    for step in w.STEPS:
        view({**w.initial(), "step": step})


def _path(state: State) -> Section:
    done = _done(state)
    options = tuple(
        Option(name, f"{i}. {title}", "done" if done[name] else "")
        for i, (name, title) in enumerate(w.STEPS.items(), 1)
    )
    place = list(w.STEPS).index(state["step"]) + 1
    title = f"Step {place} of {len(w.STEPS)}: {w.STEPS[state['step']]}"
    choice = Choice("step", "Steps", options, state["step"], action="go", look="tabs")
    return Section("path", title, "top", (choice,))


def _done(state: State) -> dict[str, bool]:
    checked = any(work["checked"] for work in state["work"].values())
    return {
        "predict": state["compared"], "measure": state["measured"],
        "judge": len(state["labels"]) == w.ANSWERS, "decide": checked,
        "drift": state["retested"], "keep": False,
    }  # fmt: skip


def _spoken(state: State, shown: list[Section]) -> str:
    if state["said"]:
        return str(state["said"])
    main = next((one for one in shown if one.place == "result"), shown[0])
    return f"{main.title}." if state["last"] in SPOKEN else ""


LAB = Lab(
    slug="posture-picker",
    title="The posture picker",
    task=(
        "Choose a model as a buyer would: guess, measure, doubt the grader, decide, and find out "
        "what changed behind your back. The vendors do not exist and every number is SIMULATED; "
        "the method is not."
    ),
    initial=w.initial,
    prepare=prepare,
    update=update,
    view=view,
    alt_text=(
        "A path of six steps. The first shows what three vendors that do not exist say of "
        "themselves, and eight requests with the question which of the three will refuse them."
    ),
    finding=(
        "Which model is best depends on the work: constraints first, then what both errors cost "
        "there, with intervals. And the measurement has a date: the same name may be another model "
        "next month."
    ),
)
