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
    sets = np.array(list(itertools.product([0.0, 1.0], repeat=len(paid))))
    found = find_pair(wanted, paid, sets)
    return None if found is None else (sets[found[0]], sets[found[1]])
