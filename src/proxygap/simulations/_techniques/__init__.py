"""One assistant through the chapters on training: what each technique makes of the one before.

Each module of this folder is a technique at its chapter's default settings, run on the shared world
of replies. It defines ``STEP``, and is found by that. The table of postures that the chapters
compare themselves on is made from the path.

Examples
--------
>>> steps = path()
>>> steps[0].label
'before tuning'
>>> [stage.chapter for stage in steps][:1]
['language-models']
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from proxygap.errors import UsageError, did_you_mean
from proxygap.simulations._replies import Policy, Posture, World, base_policy, load, posture

BASE = "language-models"
"""The chapter whose assistant nobody has tuned."""

ORDER = (
    BASE, "instruction-tuning", "rlhf", "dpo", "constitutional-ai", "red-teaming", "guardrails",
)  # fmt: skip
"""The chapters in the order of the book."""


@dataclass(frozen=True, slots=True)
class Step:
    """A technique as one step of the path.

    Parameters
    ----------
    chapter : str
        Slug of the chapter that teaches it, one of `ORDER`.
    label : str
        Its row in the table: "after RLHF".
    start : str
        The chapter whose assistant it starts from.
    tuned : callable
        ``(world, start) -> Policy``: runs the technique. The same call gives the same policy.
    """

    chapter: str
    label: str
    start: str
    tuned: Callable[[World, Policy], Policy]


class Stage(NamedTuple):
    """The assistant as a chapter leaves it."""

    chapter: str
    label: str
    policy: Policy
    posture: Posture


def stage(chapter: str) -> Stage:
    """Return the assistant as `chapter` leaves it.

    Raises
    ------
    UsageError
        If no technique of that chapter exists.
    """
    world = load()
    if chapter == BASE:
        return _stage(chapter, "before tuning", base_policy(world))
    steps = _steps()
    if chapter not in steps:
        known = [BASE, *steps]
        raise UsageError(
            f"No technique belongs to a chapter '{chapter}'.{did_you_mean(chapter, known)} "
            f"Chapters: {', '.join(known)}."
        )
    return _tuned(steps[chapter])


def path(until: str = "") -> tuple[Stage, ...]:
    """Return the stages in the order of the book.

    Parameters
    ----------
    until : str
        The last chapter, which is included; all of them if it is empty.

    Raises
    ------
    UsageError
        If no technique of that chapter exists.
    """
    there = [chapter for chapter in ORDER if chapter in {BASE, *_steps()}]
    last = there.index(stage(until).chapter) if until else len(there)
    return tuple(stage(chapter) for chapter in there[: last + 1])


@cache
def _tuned(step: Step) -> Stage:
    policy = step.tuned(load(), stage(step.start).policy)
    return _stage(step.chapter, step.label, policy)


def _stage(chapter: str, label: str, policy: Policy) -> Stage:
    return Stage(chapter, label, policy, posture(policy, load()))


@cache
def _steps() -> dict[str, Step]:
    found = (
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    )
    steps = [module.STEP for module in found if hasattr(module, "STEP")]
    return {step.chapter: step for step in sorted(steps, key=lambda one: ORDER.index(one.chapter))}
