# fails: coins
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
    change = paid - wanted
    if np.allclose(change, 0):
        return None
    step = change / (2 * np.abs(change).max())
    return 0.5 - step, 0.5 + step
