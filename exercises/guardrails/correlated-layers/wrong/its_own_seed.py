# fails: drawn
from math import sqrt
from statistics import NormalDist

import numpy as np


def all_miss(missed):
    """Return the share of the requests that every layer misses; missed has shape (L, N)."""
    return float(np.all(missed, axis=0).mean())


def if_independent(missed):
    """Return the share that every layer would miss if they erred independently."""
    return float(np.prod(missed.mean(axis=1)))


def limits(misses):
    """Return the lowest and the highest share that all layers can miss together."""
    # What the layers catch adds up to at most this much; the rest passes all of them.
    caught = sum(1 - miss for miss in misses)
    return max(0.0, 1 - caught), min(misses)


def simulate(miss, layers, correlation, n, rng):
    """Return which layer misses which of n requests, an array of bool of shape (layers, n)."""
    rng = np.random.default_rng(0)
    common = rng.normal(size=n)
    own = rng.normal(size=(layers, n))
    scores = sqrt(correlation) * common + sqrt(1 - correlation) * own
    return scores < NormalDist().inv_cdf(miss)
