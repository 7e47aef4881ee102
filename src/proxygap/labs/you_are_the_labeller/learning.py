"""From clicks to a reward model, and from there to an assistant: all of it really computed.

The reward model is linear in the replies' attributes and is fitted by the Bradley–Terry likelihood.
With thirty comparisons eight weights are not settled, so each is held near 0 by a normal prior, and
comes with an interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proxygap.labs.you_are_the_labeller.pairs import pairs
from proxygap.labs.you_are_the_labeller.state import Labels
from proxygap.simulations import FloatArray
from proxygap.simulations._dpo import DpoFit, fit_dpo
from proxygap.simulations._raters import RATERS, prefers
from proxygap.simulations._replies import (
    FEATURES,
    Policy,
    TablePolicy,
    expected,
    kl_divergence,
    load,
    tilt,
)
from proxygap.simulations._reward_model import Comparisons, covariance, fit_bradley_terry
from proxygap.simulations._techniques import stage

RIDGE = 1.0
"""Prior: each weight is normal with variance 1, in nats for a standard deviation of its feature."""

IntArray = NDArray[np.intp]

Votes = tuple[tuple[str, float], ...]
"""For each pair that counts, the share of votes for reply A: 1, 0, or ½ for a tie."""

SIDE = {"a": 1.0, "b": 0.0, "tie": 0.5}
SURE = 1.96  # standard errors on each side of a 95 % interval


class Learned(NamedTuple):
    """A reward model that was learned from votes.

    Attributes
    ----------
    weights, error : (F,) array
        What a standard deviation of each feature counts, in nats, and its standard error.
    reward : (P, R) array
        The learned reward of every reply.
    """

    weights: FloatArray
    error: FloatArray
    reward: FloatArray


def votes(labels: Labels) -> Votes:
    """Return what labels say; skipped pairs say nothing."""
    known = pairs()
    return tuple(
        (name, SIDE[labels[name]]) for name in known if labels.get(name, "skip") in SIDE
    )  # fmt: skip


def mixed(clicks: Votes, bias: str, share: float) -> Votes:
    """Return votes of which a share was given by a biased rater instead, on average.

    Parameters
    ----------
    clicks : Votes
        What was voted.
    bias : str
        A key of `RATERS`.
    share : float
        How much of each vote the biased rater gives, from 0 to 1.
    """
    swayed = dict(of_rater(bias))
    return tuple((name, (1 - share) * vote + share * swayed[name]) for name, vote in clicks)


@cache
def of_rater(name: str) -> Votes:
    """Return how often a rater prefers reply A, for every pair."""
    chance = prefers(load(), RATERS[name])
    return tuple((one, float(chance[p.place, p.a, p.b])) for one, p in pairs().items())


def of_truth() -> Votes:
    """Return the votes of somebody who sees the true value and never errs."""
    return tuple((name, SIDE[pair.better]) for name, pair in pairs().items())


def _rows(cast: Votes) -> tuple[IntArray, IntArray, IntArray]:
    """Return prompt, reply A and reply B of each vote, as indices."""
    known = pairs()
    found = [(known[name].place, known[name].a, known[name].b) for name, _ in cast]
    place, a, b = np.array(found, dtype=np.intp).reshape(-1, 3).T
    return place, a, b


@lru_cache(maxsize=64)
def learn(cast: Votes) -> Learned:
    """Fit a reward model to votes: each is A over B and B over A, by its shares."""
    features = load().standardised
    place, a, b = _rows(cast)
    gap = features[place, a] - features[place, b]
    share = np.array([vote for _, vote in cast])
    both = Comparisons(np.concatenate([gap, -gap])[None], np.concatenate([share, 1 - share])[None])
    weights = fit_bradley_terry(both, len(FEATURES), RIDGE)
    error = np.sqrt(np.diagonal(covariance(both, weights, RIDGE)[0]))
    return Learned(weights[0], error, np.asarray(features @ weights[0]))


def foreseen(learned: Learned, labels: Labels) -> int:
    """Return how many of the choices between A and B the reward model has the right way round."""
    known, right = pairs(), 0
    for name, choice in labels.items():
        pair = known[name]
        gap = learned.reward[pair.place, pair.a] - learned.reward[pair.place, pair.b]
        right += bool(gap > 0) if choice == "a" else bool(gap < 0) if choice == "b" else 0
    return right


@cache
def start() -> Policy:
    """Return the assistant that the clicks train: the one after instruction tuning."""
    return stage("instruction-tuning").policy


def assistant(learned: Learned, beta: float) -> TablePolicy:
    """Return the policy that RLHF makes of a reward model."""
    return tilt(start(), learned.reward, beta)


class Path(NamedTuple):
    """What comes of a reward model as the leash is let out; (M,) each.

    Attributes
    ----------
    kl : array
        Divergence from the start, nats.
    proxy, truth : array
        Learned reward and true value above the start's, in standard deviations over all replies.
    """

    kl: FloatArray
    proxy: FloatArray
    truth: FloatArray


def path(learned: Learned, betas: FloatArray) -> Path:
    """Return divergence, proxy and truth of the optimum at each β."""
    made = [assistant(learned, float(beta)) for beta in betas]
    worth = [gains(learned, policy) for policy in made]
    return Path(np.array([kl_divergence(policy, start()) for policy in made]),
                *(np.array(each) for each in zip(*worth, strict=True)))  # fmt: skip


def gains(learned: Learned, policy: Policy) -> tuple[float, float]:
    """Return how far learned reward and true value rose, in standard deviations over replies."""
    found = []
    for values in (learned.reward, load().truth):
        spread = float(values.std()) or 1.0
        found.append((expected(policy, values) - expected(start(), values)) / spread)
    return found[0], found[1]


def by_dpo(cast: Votes, beta: float, *, tied: bool) -> DpoFit:
    """Return what DPO makes of the same votes.

    Parameters
    ----------
    cast : Votes
        The votes; a tie counts half for each order.
    beta : float
        Price of a nat.
    tied : bool
        Whether the policy sees attributes, so that what it learns of one prompt holds for all.
        Else every reply has a score of its own.
    """
    place, a, b = _rows(cast)
    share = np.array([vote for _, vote in cast])
    return fit_dpo(
        start(),
        np.concatenate([place, place]),
        np.concatenate([a, b]),
        np.concatenate([b, a]),
        beta=beta,
        features=load().standardised if tied else None,
        count=np.concatenate([share, 1 - share]),
        ridge=RIDGE,
    )


def variation(one: Policy, other: Policy) -> float:
    """Return the total variation between two policies: the largest over prompts."""
    gap = np.abs(one.probabilities() - other.probabilities())
    return float(gap.sum(axis=-1).max() / 2)


UNITS: Mapping[str, float] = {"length": 10.0}
"""How much of a feature is counted together in words: ten words; else one."""


class Payment(NamedTuple):
    """What a reward model pays for a feature, in points for each unit of it."""

    feature: str
    value: float
    low: float
    high: float

    @property
    def shown(self) -> bool:
        """Return whether the comparisons settle its sign: the interval excludes 0."""
        return self.low > 0 or self.high < 0


def payments(learned: Learned) -> tuple[Payment, ...]:
    """Return what is paid for each feature, with a 95 % interval."""
    spread = load().features.std(axis=(0, 1))
    unit = np.array([UNITS.get(name, 1.0) for name in FEATURES]) / spread
    value, half = learned.weights * unit, SURE * learned.error * unit
    return tuple(
        Payment(name, float(v), float(v - h), float(v + h))
        for name, v, h in zip(FEATURES, value, half, strict=True)
    )
