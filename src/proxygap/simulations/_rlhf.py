r"""RLHF on the shared world: comparisons, a reward model, and the policy that it makes.

The reward model is linear in the replies' attributes, fitted by the Bradley–Terry likelihood. The
policy maximises :math:`E[r] - \beta \, \mathrm{KL}(\pi \| \pi_{ref})`. Everything but the
comparisons, which are drawn, is exact.

Source: bradley1952; ouyang2022, section 3; rafailov2023, equation 4 for the optimum.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from proxygap.simulations._raters import SHARPNESS, Rater, prefers
from proxygap.simulations._replies import Policy, World, expected, kl_divergence, tilt
from proxygap.simulations._reward_model import Comparisons, fit_bradley_terry
from proxygap.simulations._spec import FloatArray

COMPARISONS = 3000


class Pairs(NamedTuple):
    """Comparisons that somebody made, (N,) arrays of indices.

    Attributes
    ----------
    prompt, chosen, rejected : arrays of int
        The prompt, the reply that was preferred, and the other one.
    """

    prompt: np.ndarray
    chosen: np.ndarray
    rejected: np.ndarray


def compare(
    world: World, writer: Policy, rater: Rater, number: int, rng: np.random.Generator
) -> Pairs:
    """Let `writer` write two different replies to drawn prompts, and `rater` choose.

    Parameters
    ----------
    world : World
        The prompts and replies.
    writer : Policy
        Who writes the replies that are compared.
    rater : Rater
        Who compares.
    number : int
        How many comparisons.
    rng : numpy.random.Generator
        Where the chance comes from.
    """
    prompt = rng.integers(0, world.shape[0], number)
    with np.errstate(divide="ignore"):
        logits = np.log(writer.probabilities()[prompt])
    # The two highest of logits + Gumbel noise: a draw without replacement.
    first, second = np.argsort(-(logits + rng.gumbel(size=logits.shape)), axis=1)[:, :2].T
    wins = rng.random(number) < prefers(world, rater)[prompt, first, second]
    return Pairs(prompt, np.where(wins, first, second), np.where(wins, second, first))


def learned_weights(world: World, pairs: Pairs) -> FloatArray:
    """Return what a standard deviation of each feature counts in the fitted reward, (F,).

    The unit is a point of true value, as a careful rater would see it.
    """
    features = world.standardised
    won = features[pairs.prompt, pairs.chosen] - features[pairs.prompt, pairs.rejected]
    fitted: FloatArray = fit_bradley_terry(Comparisons(won[None]), won.shape[1])[0]
    return fitted / SHARPNESS


def reward_of(world: World, weights: FloatArray) -> FloatArray:
    """Return the learned reward of every reply, (P, R)."""
    return np.asarray(world.standardised @ weights)


def objective(policy: Policy, start: Policy, reward: FloatArray, beta: float) -> float:
    """Return E[r] − β · KL, what training climbs."""
    return expected(policy, reward) - beta * kl_divergence(policy, start)


class Frontier(NamedTuple):
    """What the best policies reach, one for each β, (M,) each."""

    kl: FloatArray
    reward: FloatArray


def frontier(start: Policy, reward: FloatArray, betas: FloatArray) -> Frontier:
    """Return divergence and mean reward of the optimum at each β."""
    policies = [tilt(start, reward, beta) for beta in betas]
    return Frontier(
        np.array([kl_divergence(policy, start) for policy in policies]),
        np.array([expected(policy, reward) for policy in policies]),
    )


def climb(start: FloatArray, reward: FloatArray, beta: float, steps: int = 400) -> FloatArray:
    """Return the policy that climbing E[r] − β · KL step by step ends at, (P, R).

    Each step asks for the slope of the objective at the policy that it has reached and follows the
    natural gradient, a tenth of the way. It never looks at the closed form.

    Parameters
    ----------
    start : (P, R) array
        Probabilities of the reference; all above 0.
    reward : (P, R) array
        What is rewarded.
    beta : float
        Price of a nat.
    steps : int
        How many.
    """
    policy = start
    for _ in range(steps):
        # The slope in each probability; −β from the derivative of p log p is the same for all.
        slope = reward - beta * np.log(policy / start)
        lead = slope - (policy * slope).sum(axis=1, keepdims=True)
        grown = policy * np.exp(0.1 / beta * lead)
        policy = grown / grown.sum(axis=1, keepdims=True)
    return policy
