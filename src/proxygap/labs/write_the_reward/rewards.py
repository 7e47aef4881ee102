"""From what the learner writes, numbers in a form or a Python function, to what each step pays."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from proxygap.labs._actions import signed
from proxygap.labs.write_the_reward.layouts import Layouts
from proxygap.labs.write_the_reward.learner_code import (
    CodeProblem,
    Facts,
    call,
    load,
    quiet,
    shortened,
)
from proxygap.labs.write_the_reward.optimiser import Pay
from proxygap.labs.write_the_reward.world import RewardWorld, potential_field
from proxygap.simulations import FloatArray

NUMBERS = (int, float, np.number, np.bool_, np.ndarray)
MOST = 1_000.0  # points for one step, up or down


def pay_of_terms(world: RewardWorld, arrays: Layouts, terms: Mapping[str, float]) -> Pay:
    """Return what a sum of terms pays.

    A weight w on the potential Φ pays ``w · (Φ(after) − Φ(before))``: potential-based shaping with
    discount 1 (ng1999). Once the episode is over Φ is 0, so that in the end all is paid back.
    """
    plain = np.zeros(arrays.performance.shape)
    for name in world.terms:
        plain += terms.get(name, 0.0) * arrays.facts[name]
    measure = world.potential[0]
    weight = terms.get(potential_field(measure), 0.0)
    before = np.where(arrays.over, 0.0, arrays.measures[measure])[:, None]
    after = arrays.measures[measure][arrays.next_state]
    return Pay(plain + weight * (after - before), plain - weight * before)


def pay_of_code(world: RewardWorld, arrays: Layouts, source: str) -> Pay:
    """Return what the learner's function ``reward(step)`` pays.

    It is called once for each different step that the layouts allow, and once more in the opposite
    order: a reward depends on nothing but the step.

    Raises
    ------
    CodeProblem
        If it cannot be called, or does not return a number that a reward can be.
    """
    function = load(source, "reward")
    every, which = np.unique(_seen_steps(world, arrays), axis=0, return_inverse=True)
    steps = [step_of(world, arrays, row) for row in every]
    with quiet():
        paid = [_number(function, step) for step in steps]
        again = [_number(function, step) for step in reversed(steps)][::-1]
    for step, first, second in zip(steps, paid, again, strict=True):
        if first != second:
            raise CodeProblem(
                f"The same step was paid {first:g} and then {second:g} {_about(step)}. A "
                "depends on nothing but the step: no chance, no memory."
            )
    tables = np.array(paid)[which.reshape(-1)].reshape(2, *arrays.performance.shape)
    tables[:, arrays.over] = 0.0
    return Pay(tables[0], tables[1])


def _seen_steps(world: RewardWorld, arrays: Layouts) -> FloatArray:
    """Return what a reward sees of every step, and of every step were it the last, as rows."""
    facts = np.stack([arrays.facts[name] for name in world.terms], axis=-1)
    measures = np.stack(list(arrays.measures.values()), axis=-1)
    before = np.broadcast_to(measures[:, None, :], (*facts.shape[:2], measures.shape[1]))
    after = measures[arrays.next_state]
    rows = [np.concatenate([facts, before, then], axis=-1) for then in (after, 0 * after)]
    table: FloatArray = np.stack(rows).reshape(-1, rows[0].shape[-1])
    return table


def step_of(world: RewardWorld, arrays: Layouts, seen: FloatArray, **more: Any) -> Facts:
    """Return a row of numbers as the object that the learner's function receives."""
    numbers = [int(value) if value == int(value) else float(value) for value in seen.tolist()]
    facts, measures = len(world.terms), list(arrays.measures)
    before, after = numbers[facts:][: len(measures)], numbers[facts:][len(measures) :]
    return Facts(
        {
            **dict(zip(world.terms, numbers, strict=False)),
            "before": Facts(dict(zip(measures, before, strict=True))),
            "after": Facts(dict(zip(measures, after, strict=True))),
            **more,
        }
    )


def _number(function: Callable[..., Any], step: Facts) -> float:
    about = _about(step)
    value = call(function, step, about)
    if value is None:
        raise CodeProblem(
            f"reward returned nothing {about}. Does every way through it end in return?"
        )
    if getattr(value, "shape", ()) != ():
        raise CodeProblem(
            f"reward returned an array of shape {value.shape} {about}. Return one number."
        )
    if not isinstance(value, NUMBERS) or np.iscomplexobj(value):
        shown = shortened(repr(value))
        raise CodeProblem(
            f"reward returned {shown} ({type(value).__name__}) {about}. Return one number."
        )
    return _in_range(value, about)


def _in_range(value: Any, about: str) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if math.isnan(number):
        raise CodeProblem(f"reward returned NaN, which is not a number, {about}.")
    if abs(number) > MOST:
        raise CodeProblem(
            f"reward returned {number:g} {about}. Return a number from {signed(-MOST)} to "
            f"{signed(MOST)}."
        )
    return number


def _about(step: Facts) -> str:
    """Say for which step, by what was true of it."""
    true = [name for name, value in step._numbers.items() if isinstance(value, int) and value]
    happened = ", ".join(name for name in true if name != "step")
    return f"for the step with {happened}" if happened else "for a step on which nothing happens"


def as_python(world: RewardWorld, terms: Mapping[str, float]) -> str:
    """Write the numbers of the form as the function that pays the same.

    Examples
    --------
    >>> from proxygap.labs.write_the_reward.world_boat import BOAT
    >>> print(as_python(BOAT, {"step": -1, "arrow_forward": 3}))
    def reward(step):
        return (
            -1
            + 3 * step.arrow_forward
        )
    """
    parts = [
        f"{value:g}" if name == "step" else f"{value:g} * step.{name}"
        for name in world.terms
        if (value := terms.get(name))
    ]
    measure = world.potential[0]
    if weight := terms.get(potential_field(measure)):
        parts.append(f"{weight:g} * (step.after.{measure} - step.before.{measure})")
    if len(parts) < 2:
        return f"def reward(step):\n    return {parts[0] if parts else 0}"
    lines = [f"        {parts[0]}", *(f"        + {part}" for part in parts[1:])]
    written = "\n".join(lines).replace("+ -", "- ")
    return f"def reward(step):\n    return (\n{written}\n    )"
