"""The four pieces of work that a model is wanted for, and the options for each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from proxygap.posture import simulated
from proxygap.posture.options import Option
from proxygap.posture.rates import THE_TWO, Rate, rate
from proxygap.posture.results import Graded
from proxygap.simulations._vendor_profiles import BY_SLUG, VENDORS


class Brief(NamedTuple):
    """A piece of work: what it is, whom it touches, and what is proposed for its numbers.

    Attributes
    ----------
    title, use, people : str
        Its name, what the system does, whom that touches.
    limit, prevalence : str
        Proposed: the most harmful compliance, and the share of harmful requests, in percent.
    region, review : str
        Proposed: where data must stay, and whether a person must review ("yes" or "no").
    refusal, harm : str
        Proposed costs of the two errors.
    manual, reviewing, rail : float
        What one request costs when a person does it, a look at a refusal, a rail.
    other_refusal, other_refusal_label, other_refusal_why : str
        Another view of what a refusal costs, its label and its reason.
    """

    title: str
    use: str
    people: str
    limit: str
    region: str
    review: str
    prevalence: str
    refusal: str
    harm: str
    manual: float
    reviewing: float
    rail: float
    other_refusal: str
    other_refusal_label: str
    other_refusal_why: str


@cache
def briefs() -> Mapping[str, Brief]:
    """Return the briefs by their names in a saved state."""
    file = resources.files(__package__) / "briefs.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: Brief(**fields) for name, fields in data.items()}


RAILED = "fernmoor"
"""The vendor behind the rail: balanced, so that there is something for a rail to mend."""

NO_AI = "none"


def options(brief: Brief, measured: Mapping[str, tuple[Graded, ...]]) -> tuple[Option, ...]:
    """Return what there is to choose from, with the rates that were measured."""
    bare = [
        Option(vendor.slug, vendor.name, *_rates(measured[vendor.slug]), vendor.regions)
        for vendor in VENDORS
    ]
    vendor = BY_SLUG[RAILED]
    system = Option(
        f"{RAILED}-system",
        f"{vendor.name}, rail and human review",
        *_rates(simulated.behind_a_rail(measured[RAILED])),
        vendor.regions,
        review=True,
        fixed=brief.rail,
        reviewing=brief.reviewing,
    )
    return (*bare, system, Option(NO_AI, "No AI: people do it", None, None, fixed=brief.manual))


def _rates(told: tuple[Graded, ...]) -> tuple[Rate, Rate]:
    over, harmful = THE_TWO
    return rate(told, over), rate(told, harmful)
