"""Preference models learned from soft, drawn and rounded labels, many worlds at once.

In each world replies differ in six features, and a preference is σ(difference in worth). A judge
knows the odds up to an error. A *soft* label is the probability that it gives; a *hard* one is a
verdict drawn by that probability; a *rounded* one says only which reply it finds likelier. A drawn
verdict has the soft label as its mean, so it can only add scatter.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from proxygap.simulations._reward_model import sigmoid
from proxygap.simulations._spec import FloatArray

COMPARISONS = np.array([25.0, 50.0, 100.0, 200.0, 400.0, 800.0])
WORLDS, FEATURES, HELD_OUT = 24, 6, 400
SPREAD = 1.5 * 2**0.5  # standard deviation of the log-odds of a preference


@cache
def label_losses(noise: float, seed: int = 3) -> dict[str, FloatArray]:
    """Return the held-out log-loss of preference models by kind of label, (6,) nats each.

    The mean over `WORLDS` worlds in each of which replies differ in six features and a preference
    is σ(difference in worth). ``floor`` is the entropy of the preferences themselves.
    """
    rng = np.random.default_rng(seed)
    worth = SPREAD * rng.normal(size=(WORLDS, FEATURES)) / np.sqrt(FEATURES)
    most = int(COMPARISONS[-1])
    seen, new = rng.normal(size=(2, WORLDS, most, FEATURES))
    new = new[:, :HELD_OUT]
    odds = np.einsum("snf,sf->sn", seen, worth) + noise * rng.normal(size=(WORLDS, most))
    soft = sigmoid(odds)
    labels = {"soft": soft, "hard": (rng.random(soft.shape) < soft).astype(float),
              "rounded": (odds > 0).astype(float)}  # fmt: skip
    true = sigmoid(np.einsum("snf,sf->sn", new, worth))
    losses = {"floor": np.full(len(COMPARISONS), _cross_entropy(true, true))}
    for name, given in labels.items():
        fitted = [_fit_many(seen[:, : int(n)], given[:, : int(n)]) for n in COMPARISONS]
        guessed = [sigmoid(np.einsum("snf,sf->sn", new, weights)) for weights in fitted]
        losses[name] = np.array([_cross_entropy(true, guess) for guess in guessed])
    return losses


def _cross_entropy(true: FloatArray, guess: FloatArray) -> float:
    guess = np.clip(guess, 1e-9, 1 - 1e-9)
    return float(-(true * np.log(guess) + (1 - true) * np.log(1 - guess)).mean())


def _fit_many(seen: FloatArray, labels: FloatArray, ridge: float = 0.1) -> FloatArray:
    """Return the weights of a Bradley–Terry model in each world, (S, F), by Newton's method."""
    found = np.zeros((len(seen), seen.shape[-1]))
    across = np.ascontiguousarray(seen.transpose(0, 2, 1))
    for _ in range(10):
        chance = sigmoid((seen @ found[..., None])[..., 0])
        slope = (across @ (labels - chance)[..., None])[..., 0] - ridge * found
        curvature = (across * (chance * (1 - chance))[:, None, :]) @ seen
        found += np.linalg.solve(curvature + ridge * np.eye(seen.shape[-1]), slope[..., None])[
            ..., 0
        ]
    return found
