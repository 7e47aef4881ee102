"""A test that the learner writes: it looks at a whole path and says whether it was gamed.

It must let what was wanted pass on every layout, and catch recorded exploits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from proxygap.labs.write_the_reward.layouts import Layouts, layouts
from proxygap.labs.write_the_reward.learner_code import (
    CodeProblem,
    Facts,
    call,
    load,
    quiet,
    shortened,
)
from proxygap.labs.write_the_reward.paths import Case, cases, counts
from proxygap.labs.write_the_reward.rewards import step_of
from proxygap.labs.write_the_reward.world import RewardWorld

NEVER = ""
"""The alarm that never sounds."""


class Condition(NamedTuple):
    """When the alarm sounds: the name of an alarm, and its number."""

    alarm: str
    number: float


class Verdict(NamedTuple):
    """What a test said of every case, and how many it judged right."""

    alarms: list[bool]
    missed: int
    false_alarms: int

    @property
    def is_right(self) -> bool:
        """Whether it caught every exploit and nothing else."""
        return self.missed == 0 and self.false_alarms == 0


def judge(world: RewardWorld, alarms: Sequence[bool]) -> Verdict:
    """Return how the answers of a test compare with what the cases are."""
    truth = [case.is_exploit for case in cases(world)]
    pairs = list(zip(alarms, truth, strict=True))
    missed = sum(gamed and not alarm for alarm, gamed in pairs)
    return Verdict(list(alarms), missed, sum(alarm and not gamed for alarm, gamed in pairs))


def by_conditions(world: RewardWorld, conditions: Sequence[Condition]) -> Verdict:
    """Sound the alarm where any of `conditions` holds."""
    counted = [counts(world, case.paths, case.layout) for case in cases(world)]
    return judge(world, [any(_sounds(world, one, c) for one in conditions) for c in counted])


def _sounds(world: RewardWorld, condition: Condition, counted: Mapping[str, float]) -> bool:
    if condition.alarm == NEVER:
        return False
    alarm = world.alarms[condition.alarm]
    happened = counted[alarm.counted]
    return happened > condition.number if alarm.above else happened < condition.number


def by_code(world: RewardWorld, source: str) -> Verdict:
    """Ask the learner's function ``caught(path)`` about every case, and again from the last on.

    Raises
    ------
    CodeProblem
        If it cannot be called, does not answer True or False, or changes its mind.
    """
    function = load(source, "caught")
    paths = [watched(world, case) for case in cases(world)]
    with quiet():
        first = [_answer(function, path) for path in paths]
        again = [_answer(function, path) for path in reversed(paths)][::-1]
    if first != again:
        raise CodeProblem(
            "caught gave two different answers for the same path. Let it depend on nothing but "
            "the path: no chance, no memory."
        )
    return judge(world, first)


def _answer(function: Callable[..., Any], path: tuple[Facts, ...]) -> bool:
    answer = call(function, path, "")
    if isinstance(answer, (bool, np.bool_)):
        return bool(answer)
    if answer is None:
        raise CodeProblem("caught returned nothing. Does every way through it end in return?")
    raise CodeProblem(
        f"caught returned {shortened(repr(answer))} ({type(answer).__name__}). Return True or "
        "False."
    )


def watched(world: RewardWorld, case: Case) -> tuple[Facts, ...]:
    """Return a path as the learner's function receives it: one object a step."""
    arrays, columns = layouts(world), len(world.layouts[case.layout][0])
    states = case.paths.states[:, case.layout].tolist()
    actions = case.paths.actions[:, case.layout].tolist()
    return tuple(
        _watched_step(world, arrays, step, columns)
        for step in zip(states[:-1], actions, states[1:], strict=True)
        if not arrays.over[step[0]]
    )


def _watched_step(
    world: RewardWorld, arrays: Layouts, step: tuple[int, int, int], columns: int
) -> Facts:
    state, action, after = step
    seen = [
        *(arrays.facts[name][state, action] for name in world.terms),
        *(measure[state] for measure in arrays.measures.values()),
        *(measure[after] for measure in arrays.measures.values()),
    ]
    row, column = divmod(int(arrays.cells[after]), columns)
    more = {name: int(arrays.facts[name][state, action]) for name in world.observed}
    return step_of(world, arrays, np.array(seen), row=row, column=column, **more)


def as_python(world: RewardWorld, conditions: Sequence[Condition]) -> str:
    """Write the conditions of the form as a function that gives the same answers.

    Examples
    --------
    >>> from proxygap.labs.write_the_reward.world_coin import COIN
    >>> print(as_python(COIN, [Condition("coin", 1)]))
    def caught(path):
        coin = sum(step.coin for step in path)
        return coin < 1
    """
    lines, parts = [], []
    for condition in conditions:
        if condition.alarm == NEVER:
            continue
        alarm = world.alarms[condition.alarm]
        lines.append(f"    {alarm.counted} = {_counted(alarm.counted)}")
        parts.append(f"{alarm.counted} {'>' if alarm.above else '<'} {condition.number:g}")
    return "\n".join(["def caught(path):", *lines, f"    return {' or '.join(parts) or False}"])


def _counted(count: str) -> str:
    if count == "tiles":
        return "len({(step.row, step.column) for step in path})"
    if count == "turns":
        places = "[(step.row, step.column) for step in path]"
        return f"sum(a == c != b for a, b, c in zip(*({places}[i:] for i in range(3))))"
    return f"sum(step.{count} for step in path)"
