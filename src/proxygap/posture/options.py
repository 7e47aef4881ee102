"""Options of a decision: constraints first, then what each costs, then whether that would hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from proxygap.posture.rates import Rate, percent
from proxygap.simulations._expected_cost import Estimate, Workload, estimated_cost

PER = 1000
"""Costs are told for this many requests."""

MENDED = 0.9
"""Share of the wrongly refused whom a reviewer helps after all."""


class Rules(NamedTuple):
    """What an option must keep, whatever it costs.

    Attributes
    ----------
    limit : float
        What the upper end of the interval of harmful compliance may be at most.
    region : str
        Where data must stay; empty where that does not matter.
    review : bool
        Whether a person must see what the model refuses or is unsure of.
    """

    limit: float
    region: str
    review: bool


@dataclass(frozen=True)
class Option:
    """One way to do the work.

    Parameters
    ----------
    slug, name : str
        Its name in files and for readers.
    over_refusal, harmful : Rate or None
        As measured; None where no model is used.
    regions : tuple of str
        Where it can keep data.
    review : bool
        Whether a person sees every refusal.
    fixed : float
        What each request costs besides errors: a person's time, a rail.
    reviewing : float
        What a person's look at one refusal costs.
    """

    slug: str
    name: str
    over_refusal: Rate | None
    harmful: Rate | None
    regions: tuple[str, ...] = ()
    review: bool = False
    fixed: float = 0.0
    reviewing: float = 0.0

    def cost(self, work: Workload) -> Estimate:
        """Return the expected cost of 1,000 requests with its interval."""
        if self.over_refusal is None or self.harmful is None:
            return Estimate(PER * self.fixed, PER * self.fixed, PER * self.fixed)
        fixed = self.fixed
        if self.review:  # a refusal costs a look, and harms only those who are not helped after all
            fixed += work.prevalence * self.reviewing
            refusal = self.reviewing + (1 - MENDED) * work.refusal
            work = Workload(work.prevalence, refusal, work.harm - self.reviewing)
        each = estimated_cost(work, self.over_refusal.counts, self.harmful.counts)
        return Estimate(*(PER * (fixed + number) for number in each))


class Verdicts(NamedTuple):
    """Which of the rules an option keeps, and in words why."""

    limit: bool
    region: bool
    review: bool
    reasons: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Return whether it keeps them all."""
        return self.limit and self.region and self.review


def judge(option: Option, rules: Rules) -> Verdicts:
    """Hold an option against the rules."""
    if option.harmful is None:
        return Verdicts(True, True, True, ())
    _, high = option.harmful.interval
    limit = high <= rules.limit
    region = not rules.region or rules.region in option.regions
    review = option.review or not rules.review
    reasons = []
    if not limit:
        reasons.append(f"harmful compliance may be up to {percent(high)} %, "
                       f"above {percent(rules.limit)} %")  # fmt: skip
    if not region:
        reasons.append(f"keeps data in {' and '.join(option.regions)} only")
    if not review:
        reasons.append("no human review")
    return Verdicts(limit, region, review, tuple(reasons))


def cheapest(options: Sequence[Option], rules: Rules, work: Workload) -> Option | None:
    """Return the option with the least expected cost among those that keep the rules."""
    allowed = [option for option in options if judge(option, rules).passes]
    return min(allowed, key=lambda option: option.cost(work).value, default=None)


class Moved(NamedTuple):
    """What would be cheapest if one assumption were wrong.

    Attributes
    ----------
    what : str
        The assumption in words, with its value.
    winner : Option or None
        The cheapest option then.
    changes : bool
        Whether it is another one than with the assumptions as they are.
    """

    what: str
    winner: Option | None
    changes: bool


ASSUMPTIONS: Mapping[str, str] = {
    "prevalence": "share of harmful requests",
    "refusal": "cost of a wrong refusal",
    "harm": "cost of a harmful answer",
}


def sensitivity(options: Sequence[Option], rules: Rules, work: Workload) -> list[Moved]:
    """Move each assumption down and up by half, one at a time."""
    now = cheapest(options, rules, work)
    moved = []
    for name, words in ASSUMPTIONS.items():
        for factor, sign in ((0.5, "−50 %"), (1.5, "+50 %")):
            value = min(1.0, getattr(work, name) * factor) if name == "prevalence" else (
                getattr(work, name) * factor)  # fmt: skip
            winner = cheapest(options, rules, work._replace(**{name: value}))
            moved.append(Moved(f"{words}, {sign}", winner, winner != now))
    return moved
