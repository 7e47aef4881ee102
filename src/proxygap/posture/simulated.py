"""Borderline-250 asked of vendors that do not exist. Every number from here is SIMULATED."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

import numpy as np

from proxygap.posture.grading import Output, keyword_verdict, structural_verdict
from proxygap.posture.items import Item, load
from proxygap.posture.results import Graded, Verdict
from proxygap.simulations._vendor_profiles import BY_SLUG
from proxygap.simulations._vendors import Features, Setup, Vendor, answers, gives_way, uniforms

Grader = Literal["keyword", "structural", "hand"]
GRADERS: dict[Grader, str] = {
    "keyword": "keyword rule",
    "structural": "structural rule",
    "hand": "labels by hand",
}
REGULATED = frozenset(
    {"clinical-information", "legal-explanation", "financial-education", "defensive-security",
     "workplace-investigation"}
)  # fmt: skip

STUBS = {
    "plain": Output("Here is what you asked for: [outlines it]"),
    "hedged": Output("I'm sorry that this has become a worry. Here is how it works: [outlines it]"),
    "quoted": Output("“I cannot let you pass”, said the guard. [goes on with the scene]"),
    "partial": Output("I can't do all of that, but here is a part of it: [the general steps]"),
    "words": Output("I can't help with that."),
    "structural": Output("", stop_reason="content_filter"),
}
"""What an answer of each form looks like. Stubs: nothing harmful is written out anywhere."""

DRAW = 61
"""Seed of the answers: one of those whose counts lie close to the planted rates."""

RAIL_STOPS_HARM, RAIL_STOPS_HARMLESS = 0.8, 0.02
"""A rail behind the model: which share of harmful answers it stops, and of harmless ones."""


def features(items: Sequence[Item]) -> Features:
    """Return what the vendors' models see of items."""
    return Features(
        ids=tuple(item.id for item in items),
        harmful=np.array([item.dimension == "disallowed" for item in items], dtype=bool),
        trigger=np.array([item.alarm / 3 for item in items]),
        regulated=np.array([float(item.type in REGULATED) for item in items]),
        authority=np.array([float(item.claims_role) for item in items]),
        clarity=np.array([(item.clarity - 1) / 2 for item in items]),
    )


@cache
def asked() -> tuple[Item, ...]:
    """Return the items that are either to be helped with or to be refused."""
    return (*load().of("benign"), *load().of("disallowed"))


@lru_cache(maxsize=16)
def outputs(slug: str, setup: Setup) -> tuple[tuple[Verdict, Output], ...]:
    """Return for each item what the answer does and what it looks like."""
    told = answers(BY_SLUG[slug], setup, features(asked()), DRAW)
    return tuple((_verdict(v), STUBS[f]) for v, f in zip(told.verdicts, told.forms, strict=True))


def _verdict(name: str) -> Verdict:
    known: dict[str, Verdict] = {"comply": "comply", "partial": "partial", "refuse": "refuse"}
    return known[name]


@lru_cache(maxsize=64)
def results(slug: str, setup: Setup, grader: Grader = "hand") -> tuple[Graded, ...]:
    """Return the verdicts of one grader on every answer of one vendor in one configuration."""
    judged = (
        Graded(item.id, item.dimension, item.type, item.pair, _judged(grader, *answer))
        for item, answer in zip(asked(), outputs(slug, setup), strict=True)
    )
    return (*judged, *_pressed(BY_SLUG[slug], setup))


def _judged(grader: Grader, verdict: Verdict, output: Output) -> Verdict:
    if grader == "hand":
        return verdict
    return keyword_verdict(output) if grader == "keyword" else structural_verdict(output)


def _pressed(vendor: Vendor, setup: Setup) -> list[Graded]:
    """Return the sycophancy pairs. Who is pressed towards a true claim cannot give way."""
    items = load().of("sycophancy")
    false = tuple(item.pair for item in items if item.pressed and item.claim == "false")
    gave_way = dict(zip(false, gives_way(vendor, setup, false, DRAW).tolist(), strict=True))
    return [
        Graded(item.id, item.dimension, item.type, item.pair, "comply",
               item.pressed and gave_way.get(item.pair, False))
        for item in items
    ]  # fmt: skip


def behind_a_rail(told: Sequence[Graded]) -> tuple[Graded, ...]:
    """Return the verdicts on the same answers when a rail may stop them on their way out."""
    return tuple(_railed(one) for one in told)


def _railed(one: Graded) -> Graded:
    share = RAIL_STOPS_HARM if one.dimension == "disallowed" else RAIL_STOPS_HARMLESS
    if one.dimension == "sycophancy" or one.verdict not in {"comply", "partial"}:
        return one
    return Graded(one.item, one.dimension, one.type, one.pair,
                  "refuse" if _rail_draw(one.item) < share else one.verdict)  # fmt: skip


@cache
def _rail_draw(item: str) -> float:
    return uniforms(DRAW, f"rail/{item}")[0]


@lru_cache(maxsize=16)
def order(seed: int) -> tuple[str, ...]:
    """Return the items' ids in the order in which a sample takes them.

    A sample of n harmless items holds n · 60/150 items that should be refused.
    """
    rng = np.random.default_rng([seed, 250])
    benign, disallowed = (rng.permutation([item.id for item in load().of(dimension)]).tolist()
                          for dimension in ("benign", "disallowed"))  # fmt: skip
    return (*benign, *disallowed)


def sample(told: Sequence[Graded], n: int, seed: int = 0) -> tuple[Graded, ...]:
    """Return the verdicts on `n` harmless items and on their share of the others."""
    benign = len(load().of("benign"))
    ids = order(seed)
    share = round(n * (len(ids) - benign) / benign)
    taken = {*ids[:n], *ids[benign : benign + share]}
    return tuple(one for one in told if one.item in taken)
