"""Who answers. A lab asks a `Policy` for probabilities and samples; it does not care which one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from proxygap.errors import UsageError
from proxygap.simulations._order_statistics import best_of_n
from proxygap.simulations._overoptimisation import tilt as tilted
from proxygap.simulations._replies.world import World, column
from proxygap.simulations._spec import FloatArray

IntArray = NDArray[np.intp]

UNTUNED: Mapping[str, float] = {
    "correct": 0.6,
    "complete": 0.2,
    "length": 0.03,
    "courtesy": 0.1,
    "agrees_with_user": 0.5,
    "refuses": -0.7,
    "explains_refusal": 0.3,
    "breaks_rule": 0.8,
}
"""What makes a reply likely before any tuning, in nats a unit (length: a word).

It knows a good deal, goes on for too long, takes its cue from the user, seldom declines, and does
what is asked, rule or no rule.
"""


class Policy(Protocol):
    """Whatever answers: a table, a softmax, a model.

    The index of a reply is its place in ``world.prompts[p].replies``.
    """

    def probabilities(self) -> FloatArray:
        """Return the probability of every reply to every prompt, (P, R); each row sums to 1."""

    def sample(self, rng: np.random.Generator, prompts: ArrayLike) -> IntArray:
        """Draw a reply to each of these prompts.

        Parameters
        ----------
        rng : numpy.random.Generator
            Where the chance comes from.
        prompts : (N,) array of int
            Indices of prompts; repeat one to draw several replies to it.

        Returns
        -------
        (N,) array of int
            Indices of replies.
        """


class _Exact:
    """A policy whose probabilities are known, so that it can draw from them."""

    def probabilities(self) -> FloatArray:
        """Return the probability of every reply to every prompt, (P, R)."""
        raise NotImplementedError

    def sample(self, rng: np.random.Generator, prompts: ArrayLike) -> IntArray:
        """Draw a reply to each of these prompts. See `Policy.sample`."""
        rows = self.probabilities()[np.asarray(prompts, dtype=np.intp)]
        below = np.cumsum(rows, axis=-1)[..., :-1]  # without the last, which rounding may miss
        return np.asarray((rng.random((*rows.shape[:-1], 1)) >= below).sum(axis=-1))


@dataclass(frozen=True)
class TablePolicy(_Exact):
    """A policy given by its probabilities.

    Parameters
    ----------
    table : (P, R) array
        Probability of every reply to every prompt.

    Raises
    ------
    UsageError
        If a probability is negative or a row does not sum to 1.
    """

    table: FloatArray

    def __post_init__(self) -> None:
        rows = np.asarray(self.table, dtype=float)
        if rows.ndim != 2 or not (rows >= 0).all() or np.abs(rows.sum(axis=-1) - 1).max() > 1e-9:
            raise UsageError(
                "A policy needs a table with one row for each prompt, of probabilities from 0 up "
                "that sum to 1. Divide each row by its sum, or use SoftmaxPolicy for scores."
            )

    def probabilities(self) -> FloatArray:
        """Return the table."""
        return self.table


@dataclass(frozen=True)
class SoftmaxPolicy(_Exact):
    """A policy given by a score for every reply: the probability is proportional to exp(score).

    Parameters
    ----------
    logits : (P, R) array
        The scores, in nats.
    """

    logits: FloatArray

    @classmethod
    def linear(cls, world: World, weights: Mapping[str, float]) -> SoftmaxPolicy:
        """Return the policy whose scores are linear in the replies' attributes.

        Parameters
        ----------
        world : World
            The prompts and replies.
        weights : mapping of str to float
            Nats for each unit of a feature; a feature that is not named counts nothing.
        """
        columns = [column(name) for name in weights]
        return cls(world.features[..., columns] @ np.array(list(weights.values())))

    def probabilities(self) -> FloatArray:
        """Return the softmax of the scores."""
        return self._probabilities

    @cached_property
    def _probabilities(self) -> FloatArray:
        return tilted(np.ones_like(self.logits), self.logits, 1.0)


def base_policy(world: World) -> SoftmaxPolicy:
    """Return the assistant before any tuning: `UNTUNED` says what makes a reply likely."""
    return SoftmaxPolicy.linear(world, UNTUNED)


def always(world: World, kind: str, otherwise: str = "good") -> TablePolicy:
    """Return the policy that gives every prompt its reply of one kind.

    Parameters
    ----------
    world : World
        The prompts and replies.
    kind : str
        A key of `KINDS`: "good", "flattering", "refusal", "breach".
    otherwise : str
        What is given where a prompt has no such reply.
    """
    table = np.zeros(world.shape)
    for row, prompt in zip(table, world.prompts, strict=True):
        kinds = [reply.kind for reply in prompt.replies]
        row[kinds.index(kind if kind in kinds else otherwise)] = 1.0
    return TablePolicy(table)


def tilt(base: Policy, reward: ArrayLike, beta: float) -> TablePolicy:
    r"""Return the policy that RLHF aims at: :math:`\pi_{ref} \exp(r / \beta) / Z`.

    Of all policies it has the highest :math:`E[r] - \beta \, \mathrm{KL}` to the base.

    Parameters
    ----------
    base : Policy
        The reference, where training starts.
    reward : (P, R) array
        What is rewarded: a reward model's score, or the truth.
    beta : float
        What a nat of divergence costs, above 0. Large: the policy stays where it is.

    Raises
    ------
    UsageError
        If beta is not above 0.
    """
    if not beta > 0:
        raise UsageError(
            f"beta is {beta}, and must be above 0: it is what a nat of divergence costs."
        )
    return TablePolicy(tilted(base.probabilities(), np.asarray(reward, dtype=float), 1 / beta))


def best_of(base: Policy, reward: ArrayLike, n: float) -> TablePolicy:
    """Return the policy that draws n replies and gives the one with the highest reward. Exact.

    Parameters
    ----------
    base : Policy
        Who draws.
    reward : (P, R) array
        What the choice goes by. Among replies that tie, chance decides.
    n : float
        Replies drawn, at least 1.
    """
    rows = zip(base.probabilities(), np.asarray(reward, dtype=float), strict=True)
    return TablePolicy(np.array([best_of_n(row, score, n) for row, score in rows]))
