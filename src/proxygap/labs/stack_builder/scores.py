r"""Two detectors with a score: a classifier that is really fitted, a self-check that is SIMULATED.

The classifier counts words and pairs of words; its weights are those of a regularised logistic
regression on the practice messages. The self-check stands for a language model that is asked
whether a message should be answered. It knows the meaning, and it errs. Its errors correlate with
the classifier's, since models that read the same texts stumble over the same messages:

    logit = MEANING[sort] + NOISE (rho r + sqrt(1 - rho^2) u)

with the classifier's error r, in standard deviations, and u drawn once for each text.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from proxygap.labs.stack_builder.messages import SORTS, SPLITS, Message, Sort, of_split
from proxygap.simulations import FloatArray

SEEN_TWICE = 2
RIDGE = 0.5  # weight of the penalty; the larger, the closer all weights are to 0
ROUNDS = 8  # Newton's method needs no more
MEANING: dict[Sort, float] = {"asks": 2.0, "near": -1.2, "ordinary": -2.6}
NOISE = 1.6
KIN = {"other": 0.1, "sister": 0.6, "same": 0.95}
"""How far the self-check's errors correlate with the classifier's, by who does it."""


def pieces(text: str) -> list[str]:
    """Return the words of a text and its pairs of words.

    Examples
    --------
    >>> pieces("Who won?")
    ['who', 'won', 'who won']
    """
    words = re.findall(r"[a-z0-9']+", text.lower())
    return words + [f"{a} {b}" for a, b in pairwise(words)]


class Classifier(NamedTuple):
    """Weights of words and pairs of words, and what is added to every message."""

    weights: dict[str, float]
    bias: float

    def logit(self, text: str) -> float:
        """Return how much a text looks like those that ask for something forbidden."""
        found = set(pieces(text))
        return self.bias + sum(self.weights.get(piece, 0.0) for piece in found) / sqrt(
            len(found) or 1
        )


@cache
def classifier() -> Classifier:
    """Return the classifier, fitted on the practice messages."""
    known = of_split("practice")
    texts = [set(pieces(one.text)) for one in known]
    counts: dict[str, int] = {}
    for text in texts:
        for piece in text:
            counts[piece] = counts.get(piece, 0) + 1
    names = sorted(piece for piece, times in counts.items() if times >= SEEN_TWICE)
    place = {name: at for at, name in enumerate(names)}
    features = np.zeros((len(known), len(names)))
    for row, text in zip(features, texts, strict=True):
        row[[place[piece] for piece in text if piece in place]] = 1 / sqrt(len(text))
    weights, bias = _fitted(features, np.array([float(one.forbidden) for one in known]))
    return Classifier(dict(zip(names, weights.round(3).tolist(), strict=True)), round(bias, 3))


def _fitted(features: FloatArray, labels: FloatArray) -> tuple[FloatArray, float]:
    """Return weights and bias of a logistic regression, by Newton's method in the dual."""
    kernel = features @ features.T + 1.0  # the 1 is the bias
    logits: FloatArray = np.zeros(len(labels))
    alpha: FloatArray = logits
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-logits))
        curvature = np.maximum(chance * (1 - chance), 1e-4)
        target = logits + (labels - chance) / curvature
        alpha = np.asarray(
            np.linalg.solve(kernel + np.diag(RIDGE / curvature), target), dtype=float
        )
        logits = kernel @ alpha
    return np.asarray(features.T @ alpha), float(alpha.sum())


@lru_cache(maxsize=1024)
def classifier_score(text: str) -> float:
    """Return the classifier's score, from 0 to 1."""
    return _squash(classifier().logit(text))


@lru_cache(maxsize=4096)
def self_check_score(message: Message, kin: str) -> float:
    """Return the self-check's score, from 0 to 1.

    Parameters
    ----------
    message : Message
        The message, with what it means.
    kin : str
        Who does the check: a key of `KIN`.
    """
    rho = KIN[kin]
    mean, spread = _usual()[message.sort, message.split]
    error = (classifier().logit(message.text) - mean) / spread
    drawn = sqrt(1 - rho**2) * _drawn(message.text)
    return _squash(MEANING[message.sort] + NOISE * (rho * error + drawn))


@cache
def _usual() -> dict[tuple[str, str], tuple[float, float]]:
    """Return mean and spread of the classifier's logit over each sort of message and split."""
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for split in SPLITS:
        for sort in SORTS:
            logits = [classifier().logit(one.text) for one in of_split(split) if one.sort == sort]
            found[sort, split] = (float(np.mean(logits)), float(np.std(logits)))
    return found


def _drawn(text: str) -> float:
    """Return a standard normal number that belongs to this text."""
    return NormalDist().inv_cdf((zlib.crc32(text.encode()) + 0.5) / 2**32)


def _squash(logit: float) -> float:
    return 1 / (1 + float(np.exp(-logit)))


def scores(kind: str, texts: Sequence[Message], kin: str) -> FloatArray:
    """Return the scores of messages by the detector `kind`: classifier or self_check."""
    if kind == "classifier":
        return np.array([classifier_score(one.text) for one in texts])
    return np.array([self_check_score(one, kin) for one in texts])
