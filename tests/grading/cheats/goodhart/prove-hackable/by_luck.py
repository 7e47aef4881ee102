"""Throws policies until two of them prove it, and gives up after a while."""

import numpy as np


def find_pair(wanted, paid, policies):
    rng = np.random.default_rng(1)
    for i, j in rng.integers(len(policies), size=(3 * len(policies), 2)):
        if policies[j] @ paid > policies[i] @ paid and policies[j] @ wanted < policies[i] @ wanted:
            return int(i), int(j)
    return None


def prove(wanted, paid):
    rng = np.random.default_rng(1)
    for _ in range(300):
        before, after = rng.random((2, len(paid)))
        if after @ paid > before @ paid and after @ wanted < before @ wanted:
            return before, after
    return None
