# fails: nothing_to_prove
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
    if np.array_equal(wanted, paid) or not wanted.any() or not paid.any():
        return None
    change = paid / np.linalg.norm(paid) - wanted / np.linalg.norm(wanted)
    step = change / max(2 * np.abs(change).max(), 1e-300)
    return 0.5 - step, 0.5 + step
