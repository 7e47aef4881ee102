"""What a learner does to write and try a test, in the lab "Write the reward"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxygap.labs._actions import Handler, Number, number, one_of, text
from proxygap.labs._spec import Action, State
from proxygap.labs.write_the_reward.learner_code import LONGEST_CODE, CodeProblem
from proxygap.labs.write_the_reward.path_test_show import CONDITIONS, HIGH, LOW
from proxygap.labs.write_the_reward.path_tests import (
    NEVER,
    Condition,
    Verdict,
    as_python,
    by_code,
    by_conditions,
)
from proxygap.labs.write_the_reward.show import FORM, MODE_NAMES
from proxygap.labs.write_the_reward.work import with_work, work_of, world_of


def fresh() -> State:
    """Return a test that was not begun."""
    return {
        "mode": FORM,
        **{place: {"alarm": NEVER, "number": "0"} for place in CONDITIONS},
        "code": "",
        "problem": "",
        "said": "",
        "alarms": None,
        "solved": False,
    }


def _with_test(state: State, **changes: Any) -> State:
    """Return the state with a changed test; what came of the old one is forgotten."""
    clean = {**work_of(state)["test"], "problem": "", "said": "", "alarms": None}
    return with_work(state, test={**clean, **changes})


def _test_mode(state: State, action: Action) -> State:
    mode, test = one_of(action, "value", MODE_NAMES), work_of(state)["test"]
    code = test["code"]
    if mode != FORM and not code.strip():
        readable = [c for c in conditions(test) if c[1].value is not None]
        filled = [Condition(alarm, found.value or 0.0) for alarm, found in readable]
        code = as_python(world_of(state), filled)
    return _with_test(state, mode=mode, code=code)


def _alarm(state: State, action: Action) -> State:
    place = one_of(action, "id", CONDITIONS)
    alarm = one_of(action, "value", (NEVER, *world_of(state).alarms))
    return _with_test(state, **{place: {**work_of(state)["test"][place], "alarm": alarm}})


def _alarm_number(state: State, action: Action) -> State:
    names = [f"{place}-number" for place in CONDITIONS]
    place = one_of(action, "id", names).removesuffix("-number")
    return _with_test(state, **{place: {**work_of(state)["test"][place], "number": text(action)}})


def _test_write(state: State, action: Action) -> State:
    return _with_test(state, code=text(action, longest=LONGEST_CODE), problem="")


def conditions(test: Mapping[str, Any]) -> list[tuple[str, Number]]:
    """Return the alarms that were chosen, each with what its number means."""
    return [
        (test[place]["alarm"], number(test[place]["number"], LOW, HIGH))
        for place in CONDITIONS
        if test[place]["alarm"] != NEVER
    ]


def _test(state: State, _: Action) -> State:
    world, test = world_of(state), work_of(state)["test"]
    if test["mode"] != FORM:
        try:
            return _tried(state, by_code(world, test["code"]))
        except CodeProblem as problem:
            said = "Nothing was tried: your function could not be used."
            return _with_test(state, problem=str(problem), said=said)
    written = conditions(test)
    if not written or any(found.problem for _, found in written):
        said = "Nothing was tried. Choose when the alarm is to sound, and give a number."
        return _with_test(state, said=said)
    filled = [Condition(alarm, found.value or 0.0) for alarm, found in written]
    return _tried(state, by_conditions(world, filled))


def _tried(state: State, verdict: Verdict) -> State:
    """Keep what came of a test; one that was right once stays solved while others are tried."""
    solved = work_of(state)["test"]["solved"] or verdict.is_right
    return _with_test(state, alarms=verdict.alarms, solved=solved)


def problems(test: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with the numbers, by the place of their condition."""
    read = {place: number(test[place]["number"], LOW, HIGH) for place in CONDITIONS}
    return {place: found.problem for place, found in read.items() if found.problem}


HANDLERS: dict[str, Handler] = {
    "test-mode": _test_mode,
    "alarm": _alarm,
    "alarm-number": _alarm_number,
    "test-write": _test_write,
    "test": _test,
}
