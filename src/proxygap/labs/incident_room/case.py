"""The incidents and what both share, read from the TOML files beside this module.

The lab, the table-top and the tests read the same data; numbers in the evidence are computed here,
on the simulated system.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from proxygap.simulations import proportions
from proxygap.simulations._composed_system import Kind, System, ends

SLUGS = ("dose", "letter")


@dataclass(frozen=True, slots=True)
class Sample:
    """So many of so many, with the interval at 95 %."""

    k: int
    n: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One card of the file.

    Parameters
    ----------
    slug, title, source, text, note : str
        Its name, its heading, who says it, what it says, and what a facilitator should know.
    minutes, inject : int
        What it costs to get, and when a facilitator hands it out unasked.
    supports, against : tuple of str
        Owners that it speaks for, and against.
    misleads : bool
        Whether it is true and leads astray.
    samples : tuple of Sample
        The counts that it holds.
    """

    slug: str
    title: str
    source: str
    text: str
    note: str
    minutes: int
    inject: int
    supports: tuple[str, ...]
    against: tuple[str, ...]
    misleads: bool
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """A change to one layer, and how long it takes."""

    slug: str
    label: str
    owner: str
    minutes: int
    change: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident, complete; the fields are those of its TOML file."""

    slug: str
    title: str
    place: str
    start: str
    story: str
    running: str
    by_hand: frozenset[str]
    by_hand_words: str
    affected_kinds: tuple[str, ...]
    guarded_kinds: tuple[str, ...]
    owner: str
    second_owner: str
    lesson: str
    dispute: str
    broken: System
    before: System
    affected: tuple[Mapping[str, Any], ...]
    kinds: Mapping[str, Kind]
    evidence: Mapping[str, Evidence]
    fixes: Mapping[str, Fix]
    exemplars: tuple[Mapping[str, Any], ...]

    def system(self, fix: str) -> System:
        """Return the system after a fix; the broken one where there is none."""
        return replace(self.broken, **self.fixes[fix].change) if fix in self.fixes else self.broken


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def room() -> Mapping[str, Any]:
    """Return what both incidents share."""
    return _toml("room")


@cache
def incident(slug: str) -> Incident:
    """Return the incident called `slug`; one of `SLUGS`."""
    data = _toml(slug)
    kinds = {each["slug"]: Kind(**each) for each in data["kinds"]}
    fixes = {each["slug"]: Fix(**each) for each in data["fixes"]}
    broken = System(**data["broken"])
    systems = {
        "broken": broken,
        "before": System(**data["before"]),
        "open": replace(broken, threshold=99.0),
        **{f.slug: replace(broken, **f.change) for f in fixes.values()},
    }
    facts = _facts(kinds, systems)
    cards = [_card(each, kinds, systems, facts) for each in data["evidence"]]
    same = (
        "slug",
        "title",
        "place",
        "start",
        "story",
        "running",
        "by_hand_words",
        "owner",
        "second_owner",
        "lesson",
        "dispute",
    )
    return Incident(
        **{name: data[name] for name in same},
        by_hand=frozenset(data["by_hand"]),
        affected_kinds=tuple(data["affected_kinds"]),
        guarded_kinds=tuple(data["guarded_kinds"]),
        broken=broken,
        before=systems["before"],
        affected=tuple(data["affected"]),
        kinds=kinds,
        evidence={card.slug: card for card in cards},
        fixes=fixes,
        exemplars=tuple(data.get("exemplars", ())),
    )


def _card(
    data: Mapping[str, Any],
    kinds: Mapping[str, Kind],
    systems: Mapping[str, System],
    facts: Mapping[str, str],
) -> Evidence:
    samples = tuple(
        sample(_share(systems[one["system"]], kinds[one["kind"]], one["end"]), one["of"])
        for one in data.get("sample", ())
    )
    told = dict(facts)
    for i, one in enumerate(samples):
        told |= {
            f"k{i}": str(one.k),
            f"p{i}": percent(one.k / one.n),
            f"low{i}": percent(one.low),
            f"high{i}": percent(one.high),
        }
    return Evidence(
        slug=data["slug"],
        title=data["title"],
        source=data["source"],
        text=data["text"].format_map(told),
        note=data["note"],
        minutes=data["minutes"],
        inject=data["inject"],
        supports=tuple(data.get("supports", ())),
        against=tuple(data.get("against", ())),
        misleads=bool(data.get("misleads")),
        samples=samples,
    )


def sample(share: float, size: int) -> Sample:
    """Return the most typical sample of a share: its expected count, rounded, with its interval."""
    k = round(share * size)
    low, high = proportions.wilson_interval(k, size)
    return Sample(k, size, float(low), float(high))


def percent(share: float) -> str:
    """Write a share as a whole percentage, or with one digit where that would say 0 or 100.

    >>> percent(0.767), percent(0.9867), percent(0.997)
    ('77', '99', '99.7')
    """
    rounded = f"{100 * share:.0f}"
    hides = rounded in {"0", "100"} and 0 < share < 1
    return f"{100 * share:.1f}" if hides else rounded


def _share(system: System, kind: Kind, end: str) -> float:
    return (
        ends(system, kind).share("stopped")
        if end == "stopped"
        else getattr(ends(system, kind), end)
    )


def _facts(kinds: Mapping[str, Kind], systems: Mapping[str, System]) -> dict[str, str]:
    """Return the numbers of a dashboard: true, and about everything at once."""
    bad = [kind for kind in kinds.values() if kind.wanted == "stopped"]
    facts = {f"bad_{name}": percent(_stopped(systems[name], bad)) for name in ("broken", "before")}
    return facts | {"all_broken": f"{100 * _stopped(systems['broken'], list(kinds.values())):.1f}"}


def _stopped(system: System, kinds: list[Kind]) -> float:
    """Return the share of these requests that is stopped, each kind by how often it comes."""
    total = sum(kind.per_hour for kind in kinds)
    return sum(kind.per_hour * ends(system, kind).share("stopped") for kind in kinds) / total
