"""The constitution workbench: write, order and break principles, and read off what training does.

The learner's sentences are read by a list of words, openly; a critic of adjustable accuracy revises
drafts and compares replies by them; the assistant that comes of it is placed in the plane of its
two errors, against the earlier attempts.
"""

from __future__ import annotations

from proxygap.labs._actions import dispatch
from proxygap.labs._spec import Action, Lab, State
from proxygap.labs._views import LabView
from proxygap.labs.constitution_workbench import show, show_result, work
from proxygap.labs.constitution_workbench.actions import HANDLERS
from proxygap.labs.constitution_workbench.tidying import tidy

SPOKEN = {"train", "show"}
"""Actions after which a screen reader is told what the attempt on show is like."""


def update(state: State, action: Action) -> State:
    """Return the state after `action`; see `HANDLERS` for what there is."""
    known = {**tidy(state), "said": "", "last": str(action.get("type", ""))}
    return dispatch(HANDLERS, known, action)


def view(state: State) -> LabView:
    """Return what is on show."""
    state = tidy(state)
    sections = (
        show.bench(state),
        show.shelf(state),
        show.critic(state),
        show_result.result(state),
        show_result.attempts(state),
        show_result.ask(state),
    )
    spoken = f"Attempt {state['shown']}. {show_result.told(state)}"
    return LabView(sections, announce=state["said"] or (spoken if state["last"] in SPOKEN else ""))


def prepare() -> None:
    """Train once, so that the first press is answered at once."""
    view(work.initial())


LAB = Lab(
    slug="constitution-workbench",
    title="The constitution workbench",
    task=(
        "Five principles train an assistant. Break the second one and train again. Then write a "
        "constitution of your own that keeps both errors small, even with a critic that errs. "
        "Every number is SIMULATED."
    ),
    initial=work.initial,
    prepare=prepare,
    update=update,
    view=view,
    alt_text=(
        "A list of five principles with the words that the reader found in the second one, a "
        "critic with its settings, and a plane of two errors in which training has moved the "
        "assistant from serving most forbidden requests to the lower left corner."
    ),
    finding=(
        "A constitution acts only through what a reader makes of its words. One phrase, “sounds "
        "forbidden” in place of “a rule forbids”, takes the refusals of harmless borderline "
        "requests from one in twenty to almost all."
    ),
)
