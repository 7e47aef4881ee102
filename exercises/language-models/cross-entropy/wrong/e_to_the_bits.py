# fails: of_bits
import math

import numpy as np


def loss(chances, came):
    """Return the loss in bits a word; math.inf if the impossible came."""
    of_words = chances[np.arange(len(came)), came]
    if of_words.min() == 0:
        return math.inf
    return float(-np.log2(of_words).mean())


def perplexity(bits):
    """Return among how many equally likely words one would guess as badly."""
    return math.exp(bits)


def smoothed(counts, discount, shorter):
    """Return the probabilities of the next word, of shape (K,)."""
    total = counts.sum()
    if total == 0:
        return shorter.copy()
    kept = np.maximum(counts - discount, 0)
    return (kept + (total - kept.sum()) * shorter) / total
