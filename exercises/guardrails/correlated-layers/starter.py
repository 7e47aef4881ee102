from math import sqrt
from statistics import NormalDist

import numpy as np


def all_miss(missed):
    """Return the share of the requests that every layer misses; missed has shape (L, N)."""
    raise NotImplementedError("count what passes all layers")


def if_independent(missed):
    """Return the share that every layer would miss if they erred independently."""
    raise NotImplementedError("multiply what should be multiplied")


def limits(misses):
    """Return the lowest and the highest share that all layers can miss together."""
    raise NotImplementedError("say what is possible")


def simulate(miss, layers, correlation, n, rng):
    """Return which layer misses which of n requests, an array of bool of shape (layers, n)."""
    raise NotImplementedError("make a table of misses")
