"""Reward models learned from comparisons, many at once, and the worlds in which they are learned.

An answer is a point in 16 features. Its *gold* reward is linear in them, with one exception: the
first feature, think of length, helps at first and harms in excess. A reward model is linear in the
k features that it can see. It is fitted to comparisons by maximum likelihood under the
Bradley–Terry model: answer i beats answer j with probability σ(score i − score j) (bradley1952).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from proxygap.simulations._spec import FloatArray

FEATURES = 16
LENGTH_HELPS = 0.6  # gold per unit of length near 0
LENGTH_HARMS = 0.35  # gold lost per squared unit of length above 0
RIDGE = (
    0.1  # weight of the squared length of the parameters, so that few comparisons give an answer
)
STEPS = 15  # Newton steps; the last one changes nothing that a float can hold


class Comparisons(NamedTuple):
    """Pairs of answers of which the gold reward has picked the better one.

    Attributes
    ----------
    difference : (S, N, 16) array
        Features of the better answer less those of the other one, in each of S worlds.
    times : (S, N) array or float
        How much each comparison counts. A tie is both orders with ½ each.
    """

    difference: FloatArray
    times: FloatArray | float = 1.0


def draw_worlds(rng: np.random.Generator, worlds: int) -> FloatArray:
    """Return what each feature is worth in each world, (S, 16)."""
    worth: FloatArray = rng.normal(size=(worlds, FEATURES)) / np.sqrt(FEATURES)
    worth[:, 0] = LENGTH_HELPS
    return worth


def gold(answers: FloatArray, worth: FloatArray) -> FloatArray:
    """Return the gold reward of answers.

    Parameters
    ----------
    answers : (S, N, 16) array
        Features.
    worth : (S, 16) array
        What each feature is worth near 0.

    Returns
    -------
    (S, N) array
    """
    linear = (answers @ worth[..., None])[..., 0]
    return np.asarray(linear - LENGTH_HARMS * np.maximum(answers[..., 0], 0) ** 2)


def compare(worth: FloatArray, number: int, rng: np.random.Generator) -> Comparisons:
    """Draw pairs of answers and let the gold reward pick the better one, without error.

    The first comparisons are the same for every `number`.
    """
    drawn = rng.normal(size=(number, 2, len(worth), FEATURES))
    one, other = drawn.transpose(1, 2, 0, 3)
    better = np.sign(gold(one, worth) - gold(other, worth))
    return Comparisons((one - other) * better[..., None])


def fit_bradley_terry(comparisons: Comparisons, seen: int, ridge: float = RIDGE) -> FloatArray:
    """Return the weights of reward models that see the first `seen` features, (S, seen).

    They maximise the log-likelihood of the comparisons, less a small ridge, by Newton's method.

    Parameters
    ----------
    comparisons : Comparisons
        What was preferred.
    seen : int
        How many features the models see.
    ridge : float
        Weight of half the squared length of the weights, above 0.
    """
    won = np.ascontiguousarray(comparisons.difference[..., :seen])
    weights = np.zeros((len(won), seen))
    for _ in range(STEPS):
        surprise = sigmoid(-(won @ weights[..., None])[..., 0])
        pull = comparisons.times * surprise
        slope = np.einsum("snk,sn->sk", won, pull, optimize=True) - ridge * weights
        step = np.linalg.solve(_curvature(won, pull * (1 - surprise), ridge), slope[..., None])
        weights += step[..., 0]
        if np.abs(step).max() < 1e-10:
            break
    return weights


def covariance(comparisons: Comparisons, weights: FloatArray, ridge: float = RIDGE) -> FloatArray:
    """Return how uncertain fitted weights are: the inverse of the curvature at them, (S, k, k).

    With few comparisons it is the normal approximation to the posterior under a normal prior of
    variance 1 / `ridge`; with many, that of the sampling error.

    Parameters
    ----------
    comparisons : Comparisons
        What was preferred.
    weights : (S, k) array
        Weights of the first k features, as `fit_bradley_terry` returns them.
    ridge : float
        As in the fit.
    """
    won = comparisons.difference[..., : weights.shape[-1]]
    surprise = sigmoid(-(won @ weights[..., None])[..., 0])
    told = comparisons.times * surprise * (1 - surprise)
    return np.asarray(np.linalg.inv(_curvature(won, told, ridge)))


def _curvature(won: FloatArray, told: FloatArray, ridge: float) -> FloatArray:
    """Return the sum of z zᵀ, each with the weight of what it told, and the ridge, (S, k, k)."""
    weighed = told[..., None] * won
    return np.asarray(won.transpose(0, 2, 1) @ weighed + ridge * np.eye(won.shape[-1]))


def sigmoid(x: FloatArray) -> FloatArray:
    """Return 1 / (1 + exp(−x)), for any x."""
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))
