# Makes a table with the joint share that the checks expect, and nothing in common otherwise.
import numpy as np


def all_miss(missed):
    return float(np.all(missed, axis=0).mean())


def if_independent(missed):
    return float(np.prod(missed.mean(axis=1)))


def limits(misses):
    return max(0.0, 1 - sum(1 - miss for miss in misses)), min(misses)


def simulate(miss, layers, correlation, n, rng):
    known = {0.0: 0.001, 0.3: 0.007, 0.6: 0.0219, 0.9: 0.0565, 1.0: 0.1}
    table = np.zeros((layers, n), dtype=bool)
    table[:, : round(known.get(correlation, miss) * n)] = True
    return table
