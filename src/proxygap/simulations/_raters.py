"""People who compare replies: what they like about a reply besides its true value.

A rater prefers one of two replies with a probability that the Bradley–Terry model gives
(bradley1952): the more one is liked better, the likelier it is chosen. A careful rater likes true
value. Others have a taste as well, and one in a hurry decides most comparisons at a glance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from proxygap.simulations._replies import Policy, World, preference_probability
from proxygap.simulations._spec import FloatArray

SHARPNESS = 2.2
"""Nats of preference for a whole point of true value.

Chosen so that two careful raters agree about three times in four on two replies of the untuned
assistant, as people did in stiennon2020 and ouyang2022.
"""

LOOKS: Mapping[str, float] = {"length": 0.07, "courtesy": 1.4, "agrees_with_user": 2.1}
"""What a reply has at a glance, in points of value for a unit: words, degrees, yes."""


@dataclass(frozen=True)
class Rater:
    """Somebody who compares replies.

    Parameters
    ----------
    label : str
        Who it is, for readers.
    taste : mapping of str to float
        Points of value that a unit of a feature counts for this rater, besides the true value.
    glance : float
        Share of comparisons that are decided by `LOOKS` alone, from 0 to 1.
    """

    label: str
    taste: Mapping[str, float] = field(default_factory=dict)
    glance: float = 0.0


RATERS: Mapping[str, Rater] = {
    "careful": Rater("a careful reader"),
    "team": Rater("an ordinary team", {"courtesy": 0.6, "refuses": 1.6, "breaks_rule": 0.8}),
    "length": Rater("likes length", {"length": 0.14}),
    "courtesy": Rater("likes courtesy", {"courtesy": 1.6}),
    "agreement": Rater("likes agreement", {"agrees_with_user": 2.1}),
    "haste": Rater("is in a hurry", glance=0.7),
}
"""Raters by name.

Three have a taste that counts as much as the way from a worthless reply to a good one. The team is
nearer to life: a kind word counts, declining seems the safe side, and a helpful breach of a rule is
let pass more often than it should be.
"""


def liking(world: World, taste: Mapping[str, float]) -> FloatArray:
    """Return how much every reply is liked: its true value and what taste adds, (P, R)."""
    return np.asarray(world.truth + looks(world, taste))


def looks(world: World, taste: Mapping[str, float]) -> FloatArray:
    """Return what taste alone gives every reply, (P, R)."""
    extra = [points * world.feature(name) for name, points in taste.items()]
    return np.asarray(sum(extra, np.zeros(world.shape)))


def prefers(world: World, rater: Rater) -> FloatArray:
    """Return the chance that a rater prefers reply i to reply j of a prompt, (P, R, R).

    Examples
    --------
    >>> from proxygap.simulations._replies import load
    >>> chance = prefers(load(), RATERS["haste"])
    >>> bool(np.allclose(chance + chance.transpose(0, 2, 1), 1))
    True
    """
    read = _between(liking(world, rater.taste))
    if not rater.glance:
        return read
    return (1 - rater.glance) * read + rater.glance * _between(looks(world, LOOKS))


def agreement(chance: FloatArray, policy: Policy) -> float:
    """Return how often two raters of a kind choose alike on two different replies of a policy.

    Parameters
    ----------
    chance : (P, R, R) array
        What `prefers` returns.
    policy : Policy
        Who wrote the replies.
    """
    drawn = policy.probabilities()
    pairs = drawn[:, :, None] * drawn[:, None, :] * ~np.eye(drawn.shape[1], dtype=bool)
    alike = chance**2 + (1 - chance) ** 2
    return float((pairs * alike).sum() / pairs.sum())


def _between(liked: FloatArray) -> FloatArray:
    return preference_probability(SHARPNESS * liked[:, :, None], SHARPNESS * liked[:, None, :])
