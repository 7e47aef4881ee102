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
    if np.linalg.matrix_rank(np.stack([wanted, paid])) < 2:
        return None
    change = paid / np.linalg.norm(paid) - wanted / np.linalg.norm(wanted)
    step = change / (2 * np.abs(change).max())
    return 0.5 - step, 0.5 + step
