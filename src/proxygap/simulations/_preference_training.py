"""Training on preferences step by step, with the log that a training run keeps.

One prompt, a few replies, and a softmax policy that is linear in what it sees of each reply. Plain
gradient descent, so that one can watch what a fit to the end would hide: where the probability goes
while the loss falls.

Source: rafailov2023, equation 7; razin2025, section 4 (where probability goes).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from proxygap.simulations._preference_losses import Loss
from proxygap.simulations._spec import FloatArray


def log_softmax(logits: ArrayLike) -> FloatArray:
    """Return log probabilities along the last axis, without overflow."""
    scores = np.asarray(logits, dtype=float)
    highest = scores.max(axis=-1, keepdims=True)
    total = np.exp(scores - highest).sum(axis=-1, keepdims=True)
    return np.asarray(scores - highest - np.log(total))


class Training(NamedTuple):
    """A training run, step by step; index 0 is before the first step.

    Attributes
    ----------
    log_probability : (T + 1, R) array
        Of every reply.
    gap : (T + 1, N) array
        Of every pair, in nats.
    """

    log_probability: FloatArray
    gap: FloatArray


def train(
    features: FloatArray,
    start: FloatArray,
    pairs: ArrayLike,
    loss: Loss,
    *,
    steps: int,
    rate: float,
    anchor: float = 0.0,
) -> Training:
    """Train a softmax policy over the replies to one prompt by plain gradient descent.

    Parameters
    ----------
    features : (R, F) array
        What the policy sees of each reply.
    start : (F,) array
        Its weights before training; that policy is the reference.
    pairs : (N, 2) array of int
        Chosen and rejected reply of each comparison.
    loss : Loss
        DPO's or IPO's, averaged over the pairs.
    steps : int
        T.
    rate : float
        Length of a step, times the gradient.
    anchor : float
        Weight of an additional loss, −log π(chosen). At 0 the comparisons are all there is.

    Returns
    -------
    Training
    """
    won, lost = np.asarray(pairs, dtype=np.intp).T
    difference = features[won] - features[lost]
    weights = np.array(start, dtype=float)
    logs, gaps = np.empty((steps + 1, len(features))), np.empty((steps + 1, len(won)))
    for step in range(steps + 1):
        logs[step] = log_softmax(features @ weights)
        gaps[step] = difference @ (weights - start)
        slope = loss.slope(gaps[step]) @ difference / len(won)
        pull = (features[won] - np.exp(logs[step]) @ features).mean(axis=0)
        weights -= rate * (slope - anchor * pull)
    return Training(logs, gaps)
