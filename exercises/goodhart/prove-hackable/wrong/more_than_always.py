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
    if not wanted.any() or not paid.any():
        return None
    change = paid / np.linalg.norm(paid) - wanted / np.linalg.norm(wanted)
    return None if np.allclose(change, 0) else (0.5 - change, 0.5 + change)
