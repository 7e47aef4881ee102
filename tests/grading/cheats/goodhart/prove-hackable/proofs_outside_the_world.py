"""Cleans rooms less than never."""

import numpy as np


def find_pair(wanted, paid, policies):
    pay, worth = policies @ paid, policies @ wanted
    pairs = [
        (i, j)
        for i in range(len(pay))
        for j in range(len(pay))
        if pay[j] > pay[i] and worth[j] < worth[i]
    ]
    return pairs[0] if pairs else None


def prove(wanted, paid):
    if not wanted.any() or not paid.any():
        return None
    change = paid / np.linalg.norm(paid) - wanted / np.linalg.norm(wanted)
    return None if np.allclose(change, 0) else (-change, change)
