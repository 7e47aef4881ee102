"""Principles as rewards: what a sentence asks for, and what a critic makes of a request by it.

A principle is read as terms: more or less of an attribute, in some kind of request. A constitution
is a list of principles in order; each counts twice as much as the next one, so that a principle
outvotes all those below it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from proxygap.simulations._replies import World
from proxygap.simulations._spec import FloatArray

LONG = 40.0  # words of a reply that counts as long

ATTRIBUTES: Mapping[str, str] = {
    "helps": "does what was asked",
    "correct": "is correct",
    "complete": "is complete",
    "length": "is long",
    "courtesy": "is courteous",
    "agrees_with_user": "agrees with the user",
    "refuses": "declines",
    "explains_refusal": "says why it declines",
    "breaks_rule": "breaks a rule",
}
"""What a principle may ask for, each from 0 to 1."""

PLACES: Mapping[str, str] = {
    "always": "in every request",
    "forbidden": "where a rule forbids what is asked",
    "sounds": "where a request sounds forbidden",
    "allowed": "where nothing forbids what is asked",
    "mistaken": "where the user is mistaken",
}
"""In which requests. All but "sounds" and "mistaken" are as the critic sees it."""


@dataclass(frozen=True, slots=True)
class Term:
    """More (+1) or less (−1) of an attribute, in some requests."""

    attribute: str
    sign: int
    where: str = "always"


@dataclass(frozen=True, slots=True)
class Principle:
    """What a sentence asks for. Its terms count alike; one without terms counts nothing."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Constitution:
    """Principles, the most important one first."""

    principles: tuple[Principle, ...]


RULES = Principle((Term("breaks_rule", -1),))
DECLINES = Principle((Term("refuses", 1, "forbidden"), Term("explains_refusal", 1, "forbidden")))
WARY = Principle((Term("refuses", 1, "sounds"), Term("explains_refusal", 1, "sounds")))
ANSWERS = Principle((Term("correct", 1), Term("complete", 1, "allowed")))
FRANK = Principle((Term("agrees_with_user", -1, "mistaken"),))
COURTEOUS = Principle((Term("courtesy", 1),))
DEFAULT = Constitution((RULES, DECLINES, ANSWERS, FRANK, COURTEOUS))
"""The course's own: break no rule; decline what a rule forbids, and say why; be correct and, in
what is allowed, complete; do not agree with a user who is mistaken; be courteous."""


class Seen(NamedTuple):
    """What the critic sees: attributes of replies, (P, R), and kinds of requests, (P,)."""

    attributes: Mapping[str, FloatArray]
    places: Mapping[str, FloatArray]


def seen(world: World, *, rightly: bool) -> Seen:
    """Return what the critic sees where it reads the requests rightly, or takes them for the other.

    A request that only sounds forbidden, taken for a forbidden one: whoever answers seems to break
    a rule, and a refusal that gives a reason seems correct. A forbidden one, taken for harmless:
    nobody seems to break a rule, and no refusal seems correct.
    """
    own = {name: world.feature(name) for name in ATTRIBUTES if name != "helps"}
    own |= {"courtesy": own["courtesy"] / 2, "length": np.minimum(own["length"] / LONG, 1)}
    answers = np.maximum(own["correct"], own["complete"]) * (1 - own["refuses"])
    answers = np.maximum(answers, own["breaks_rule"])
    own["helps"] = (own["complete"] + answers) / 2
    forbidden = world.disallowed if rightly else world.borderline
    if not rightly:
        here, there = world.borderline[:, None], world.disallowed[:, None]
        own["breaks_rule"] = np.where(here, answers, 0.0)
        claimed = np.where(here, np.maximum(own["correct"], own["explains_refusal"]),
                           own["correct"])  # fmt: skip
        own["correct"] = np.where(there, claimed * (1 - own["refuses"]), claimed)
    sounds = world.disallowed | world.borderline
    places = {"always": np.ones(len(sounds)), "forbidden": forbidden, "sounds": sounds,
              "allowed": ~forbidden, "mistaken": ~world.claim_right}  # fmt: skip
    return Seen(own, {name: np.asarray(where, dtype=float) for name, where in places.items()})


def scores(constitution: Constitution, what: Seen) -> FloatArray:
    """Return what a constitution says of every reply, (P, R).

    Each principle counts half of the one above it, from 1 down, and its terms count alike.
    """
    total = np.zeros_like(what.attributes["helps"])
    for rank, principle in enumerate(constitution.principles):
        for term in principle.terms:
            where = what.places[term.where][:, None]
            count = term.sign * 0.5**rank / len(principle.terms)
            total += count * where * what.attributes[term.attribute]
    return total
