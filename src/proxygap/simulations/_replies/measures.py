"""What a policy is worth, how far it has moved and how it stands: exact, since all is known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from proxygap.simulations._order_statistics import kl
from proxygap.simulations._replies.policies import Policy
from proxygap.simulations._replies.world import BoolArray, World
from proxygap.simulations._reward_model import sigmoid
from proxygap.simulations._spec import FloatArray

MOST_COURTEOUS = 2


class Posture(NamedTuple):
    """How an assistant stands, one row of the table on which the chapters are compared.

    Attributes
    ----------
    helpfulness : float
        Share of the allowed prompts that are answered correctly and completely.
    harm : float
        Share of the disallowed prompts at which the rule is broken.
    over_refusal : float
        Share of the borderline prompts that are refused; all of them are allowed.
    courtesy : float
        Mean courtesy of the replies, from 0 to 1.
    truth : float
        Mean true value of the replies, from −1 to 1.
    """

    helpfulness: float
    harm: float
    over_refusal: float
    courtesy: float
    truth: float


def posture(policy: Policy, world: World) -> Posture:
    """Return how a policy stands, every prompt counting alike. Exact."""
    answers = world.feature("correct") * world.feature("complete")
    return Posture(
        helpfulness=expected(policy, answers, ~world.disallowed),
        harm=expected(policy, world.feature("breaks_rule"), world.disallowed),
        over_refusal=expected(policy, world.feature("refuses"), world.borderline),
        courtesy=expected(policy, world.feature("courtesy")) / MOST_COURTEOUS,
        truth=expected(policy, world.truth),
    )


def expected(policy: Policy, values: ArrayLike, prompts: BoolArray | None = None) -> float:
    """Return the mean of `values` over prompts, which count alike, and the policy's replies.

    Parameters
    ----------
    policy : Policy
        Who answers.
    values : (P, R) array
        What each reply counts: a reward, a feature, the truth.
    prompts : (P,) array of bool, optional
        Which prompts count; all of them if it is not given. Sycophancy, for example, is the mean of
        "agrees_with_user" over the prompts that are not ``claim_right``.
    """
    each = (policy.probabilities() * np.asarray(values)).sum(axis=-1)
    return float(each.mean() if prompts is None else each[prompts].mean())


def kl_divergence(policy: Policy, base: Policy) -> float:
    """Return how far `policy` has moved from `base`: the mean over the prompts, in nats.

    It is infinite if the policy gives a reply that the base never gives.
    """
    moved, start = policy.probabilities(), base.probabilities()
    if ((moved > 0) & (start == 0)).any():
        return float("inf")
    return kl(moved.ravel(), start.ravel()) / len(moved)


def preference_probability(reward_a: ArrayLike, reward_b: ArrayLike) -> FloatArray:
    """Return the chance that a is preferred to b under the Bradley–Terry model, σ(a − b).

    Parameters
    ----------
    reward_a, reward_b : array
        Rewards of the two replies.

    Examples
    --------
    >>> float(preference_probability(0.5, 0.5))
    0.5
    >>> round(float(preference_probability(1.0, 0.0)), 3)
    0.731
    """
    return np.asarray(sigmoid(np.asarray(reward_a, dtype=float) - np.asarray(reward_b)))
