# fails: any_pair
import itertools

import numpy as np


def find_pair(wanted, paid, policies):
    pay, worth = policies @ paid, policies @ wanted
    for i in range(len(policies)):
        for j in range(len(policies)):
            if pay[j] > pay[i] and worth[j] < worth[i]:
                return i, j
    return None


def prove(wanted, paid):
    rng = np.random.default_rng(0)
    for _ in range(300):
        before, after = rng.random((2, len(paid)))
        if (after - before) @ paid > 0 > (after - before) @ wanted:
            return before, after
    return None
