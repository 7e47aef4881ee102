"""Write the reward: the learner decides what the boat is paid; the boat takes it literally.

The state keeps what the learner typed, word for word, and every attempt with its scores and its
path. Nothing pays for the goal itself: like the designers of the boat race, the learner can only
pay for what happens on single moves and tiles.

Source: leike2017, section 2.1.4 (the boat race). Attempt 0 is its published reward.
"""

from __future__ import annotations

from typing import NamedTuple

from proxygap.labs import _boat_show as show
from proxygap.labs._actions import dispatch, number, one_of, text
from proxygap.labs._boat_training import train
from proxygap.labs._boat_words import FIELDS, GUESSES, NO_GUESS, SKIPPED, Attempt, announcement
from proxygap.labs._spec import Action, Lab, State
from proxygap.labs._views import LabView
from proxygap.simulations._boat_track import DESIGNS, RewardTerms

PUBLISHED = DESIGNS["arrows"]


class Draft(NamedTuple):
    """What stands in the fields: a reward, or the problems that keep it from being one."""

    terms: RewardTerms | None
    problems: dict[str, str]


def read_draft(state: State) -> Draft:
    """Read the texts in the fields."""
    read = {name: number(state["fields"][name], show.LOW, show.HIGH) for name in FIELDS}
    problems = {name: found.problem for name, found in read.items() if found.problem}
    values = {name: found.value for name, found in read.items() if found.value is not None}
    return Draft(None if problems else RewardTerms(**values), problems)


def initial() -> State:
    """Return the published reward in the fields, and boats already trained on it."""
    published = Attempt(PUBLISHED, NO_GUESS, train(PUBLISHED))
    return {
        "fields": _as_typed(PUBLISHED),
        "guess": NO_GUESS,
        "attempts": [published.as_data()],
        "shown": 0,
        "hints": 0,
        "said": "",
        "last": "",
    }


def _as_typed(terms: RewardTerms) -> dict[str, str]:
    return {name: f"{getattr(terms, name):g}" for name in FIELDS}


def _set(state: State, action: Action) -> State:
    name = one_of(action, "id", FIELDS)
    return {**state, "fields": {**state["fields"], name: text(action)}}


def _guess(state: State, action: Action) -> State:
    return {**state, "guess": one_of(action, "value", GUESSES)}


def _train(state: State, _: Action) -> State:
    draft = read_draft(state)
    if draft.terms is None:
        wrong = "”, “".join(FIELDS[name].label for name in draft.problems)
        return {**state, "said": f"Nothing was trained. Please mend “{wrong}” first."}
    tried = [Attempt.of(data).terms for data in state["attempts"]]
    if draft.terms in tried:
        again = "You have seen these boats: the same reward, trained again, gives the same ones."
        return {**state, "shown": tried.index(draft.terms), "guess": NO_GUESS, "said": again}
    attempt = Attempt(draft.terms, state["guess"] or SKIPPED, train(draft.terms))
    attempts = [*state["attempts"], attempt.as_data()]
    return {**state, "attempts": attempts, "shown": len(tried), "guess": NO_GUESS}


def _show(state: State, action: Action) -> State:
    rows = [str(index) for index in range(len(state["attempts"]))]
    return {**state, "shown": int(one_of(action, "value", rows))}


def _reuse(state: State, _: Action) -> State:
    return {**state, "fields": _as_typed(Attempt.of(state["attempts"][state["shown"]]).terms)}


def _hint(state: State, _: Action) -> State:
    return {**state, "hints": min(state["hints"] + 1, len(show.HINTS))}


HANDLERS = {
    "set": _set,
    "guess": _guess,
    "train": _train,
    "show": _show,
    "reuse": _reuse,
    "hint": _hint,
}


def update(state: State, action: Action) -> State:
    """Return the state after `action`; see `HANDLERS` for what there is."""
    return dispatch(HANDLERS, {**state, "said": "", "last": action.get("type", "")}, action)


def view(state: State) -> LabView:
    """Return what is on show."""
    draft = read_draft(state)
    attempts = [Attempt.of(data) for data in state["attempts"]]
    index = state["shown"]
    shown = attempts[index]
    sections = (
        show.controls(state["fields"], draft.problems, state["guess"], state["said"]),
        show.result(index, shown, draft.terms),
        show.history(attempts, index),
        show.hints(state["hints"], draft.terms),
        show.training_curve(index, shown),
    )
    return LabView(sections, announce=state["said"] or _spoken(state, shown))


def _spoken(state: State, shown: Attempt) -> str:
    """Return what a screen reader says about the last action."""
    if state["last"] in {"train", "show"}:
        return announcement(state["shown"], shown)
    return show.HINTS[state["hints"] - 1] if state["last"] == "hint" else ""


LAB = Lab(
    slug="write-the-reward",
    title="Write the reward",
    task=(
        "Decide what the boat is paid for, so that the best-paid boat is one that goes round. You "
        "can pay for moves and tiles, as its designers did. You cannot pay for laps."
    ),
    initial=initial,
    update=update,
    view=view,
    alt_text=(
        "A boat on a ring of eight cells, trained on the published reward of −1 for each move and "
        "+3 for entering an arrow. It steps on and off the first arrow for the whole race."
    ),
    finding=(
        "Under the published reward the boat earns nearly the highest possible pay and goes "
        "nowhere. Taking points back when it leaves an arrow backwards makes it race; punishing it "
        "for entering an arrow backwards does not."
    ),
)
