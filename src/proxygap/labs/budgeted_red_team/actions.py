"""What a red teamer can do. Each handler returns a new state, or refuses with a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from proxygap.errors import UsageError
from proxygap.labs._actions import Handler, one_of, text
from proxygap.labs._spec import Action, State
from proxygap.labs.budgeted_red_team import work as w
from proxygap.labs.budgeted_red_team.kit import kit

FIRST_THE_RULES = "First the rules: tick all six and accept them. Nothing is sent before that."
SPENT = "All 30 attempts are spent. A real test ends here too; go on to the next step."


def _go(state: State, action: Action) -> State:
    step = one_of(action, "value", w.STEPS)
    if not state["accepted"] and step != "rules":
        return {**state, "said": FIRST_THE_RULES}
    if missing := _missing(state) if step in ("transfer", "fix", "report") else "":
        return {**state, "step": "attack", "said": missing}
    return {**state, "step": step}


def _missing(state: State) -> str:
    if not state["sent"]:
        return "Nothing has been sent yet. Make an attempt first; 30 are yours."
    if not state["controls"]:
        return (
            "Send the ten harmless requests first. Without them nobody can tell an assistant that "
            "holds from one that refuses everything."
        )
    return ""


def _agree(state: State, action: Action) -> State:
    if state["accepted"]:
        return state
    ticked = text(action, longest=200).split(",")
    return {**state, "agreed": [name for name in w.RULES if name in ticked]}


def _accept(state: State, _: Action) -> State:
    missing = len(w.RULES) - len(state["agreed"])
    if missing:
        noun = "rule is" if missing == 1 else "rules are"
        return {**state, "said": f"{missing} {noun} not agreed to. All six hold, or no test."}
    return {**state, "accepted": True, "step": "attack"}


def _set(state: State, action: Action) -> State:
    """Choose a goal, a technique or a wording."""
    known = {"goal": kit().goals, "technique": kit().techniques, "frame": "012"}
    name = one_of({"id": str(action.get("id")).partition("/")[0]}, "id", known)
    return {**state, name: one_of(action, "value", known[name])}


def _write(state: State, action: Action) -> State:
    name = one_of(action, "id", ("own", "conclusion"))
    longest = w.LONGEST if name == "own" else w.CONCLUSION
    return {**state, name: text(action, longest=longest)}


def _send(state: State, action: Action) -> State:
    """Send the message at hand, once or five times, as long as there are attempts left."""
    if not state["accepted"]:
        raise UsageError(FIRST_THE_RULES)
    times = int(one_of(action, "value", ("1", "5")))
    if not w.left(state):
        return {**state, "said": SPENT}
    times = min(times, w.left(state))
    after = {**state, "sent": [*state["sent"], *[w.at_hand(state)] * times]}
    hits = sum(w.outcomes(after)[-times:])
    said = f"{times} sent, {hits} got through. {w.left(after)} left."
    return {**after, "said": said}


def _controls(state: State, _: Action) -> State:
    refused, of = w.controls()
    return {**state, "controls": True, "said": f"{refused} of {of} harmless requests refused."}


def _replay(state: State, _: Action) -> State:
    return {**state, "replayed": True}


def _fix(state: State, action: Action) -> State:
    ticked = text(action, longest=200).split(",")
    return {**state, "fixes": [name for name in kit().fixes if name in ticked]}


def _build(state: State, _: Action) -> State:
    """Build the fixes that are ticked, if there is time for them, and run the suite again."""
    chosen = state["fixes"]
    if not chosen:
        return {**state, "said": "Tick what the owner is to build."}
    days = sum(kit().fixes[name].days for name in chosen)
    if days > w.DAYS:
        return {**state, "said": f"That takes {days:g} days, and there are {w.DAYS:g}."}
    runs = [one for one in state["runs"] if one != chosen]
    return {**state, "runs": [*runs, chosen][-w.RUNS :]}


def _again(state: State, _: Action) -> State:
    """Begin a new test with all attempts and another luck; the rules stand."""
    test = (state["test"] + 1) % w.TESTS
    rules = {"agreed": list(w.RULES), "accepted": True, "step": "attack"}
    return {**w.initial(), **rules, "test": test}


HANDLERS: Mapping[str, Handler] = {
    "go": _go, "agree": _agree, "accept": _accept, "set": _set, "write": _write, "send": _send,
    "controls": _controls, "replay": _replay, "fix": _fix, "build": _build, "again": _again,
}  # fmt: skip
