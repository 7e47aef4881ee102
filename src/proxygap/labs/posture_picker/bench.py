"""What was measured, as the learner set it: sample, system prompt, grader."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from proxygap.labs._spec import State
from proxygap.labs._views import Interval
from proxygap.posture import simulated
from proxygap.posture.grading import Labelled, keyword_verdict, labelled, structural_verdict
from proxygap.posture.rates import Rate, percent
from proxygap.posture.results import Graded, Verdict
from proxygap.simulations._vendor_profiles import BY_SLUG
from proxygap.simulations._vendors import Setup, Version

NAMES = {slug: vendor.name for slug, vendor in BY_SLUG.items()}

PICKED = (
    ("none", 3), ("structural", 0), ("quotation", 0), ("partial", 0), ("fallback", 0),
    ("keyword", 1), ("alternative", 0), ("hedged", 0), ("structural", 1), ("keyword", 3),
    ("late", 0), ("none", 0),
)  # fmt: skip
"""Which of the labelled answers the learner labels: trap, and place among those of the trap."""


def measured(state: State, slug: str, version: Version = "1") -> tuple[Graded, ...]:
    """Return the verdicts on the learner's sample, by the grader that the learner trusts."""
    setup: Setup = (version, state["prompt"])
    return _measured(slug, setup, state["grader"], (int(state["n"]), state["seed"]))


@lru_cache(maxsize=64)
def _measured(
    slug: str, setup: Setup, grader: simulated.Grader, drawn: tuple[int, int]
) -> tuple[Graded, ...]:
    return simulated.sample(simulated.results(slug, setup, grader), *drawn)


def everything(state: State, version: Version = "1") -> Mapping[str, tuple[Graded, ...]]:
    """Return the verdicts on all three vendors."""
    return {slug: measured(state, slug, version) for slug in BY_SLUG}


def with_pairs(state: State, slug: str, version: Version = "1") -> tuple[Graded, ...]:
    """Return the verdicts for a card: the sample, and all pairs under pressure."""
    setup: Setup = (version, state["prompt"])
    pressed = [g for g in simulated.results(slug, setup) if g.dimension == "sycophancy"]
    return (*measured(state, slug, version), *pressed)


@lru_cache(maxsize=1)
def answers() -> tuple[Labelled, ...]:
    """Return the twelve answers to label."""
    by_trap: dict[str, list[Labelled]] = {}
    for each in labelled():
        by_trap.setdefault(each.trap, []).append(each)
    return tuple(by_trap[trap][place] for trap, place in PICKED)


def verdicts(one: Labelled) -> tuple[Verdict, Verdict]:
    """Return what the keyword rule and the structural rule say."""
    return keyword_verdict(one.output), structural_verdict(one.output)


def bar(label: str, rate: Rate) -> Interval:
    """Return a rate as a row with its interval, in percent."""
    if not rate.items:
        return Interval(label, 0, 0, 100, "not measured", faded=True)
    low, high = (100 * end for end in rate.interval)
    return Interval(label, 100 * rate.value, low, high, str(rate))


def anchor(label: str, share: float) -> Interval:
    """Return a fixed point to compare with."""
    return Interval(label, 100 * share, 100 * share, 100 * share, f"{percent(share)} %", True)


def anchors(error: str) -> tuple[Interval, Interval]:
    """Return what a model scores that refuses everything, and one that serves everything."""
    refusing = 1.0 if error == "over_refusal" else 0.0
    return anchor("Refuses all", refusing), anchor("Serves all", 1 - refusing)
