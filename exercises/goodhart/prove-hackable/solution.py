import numpy as np


def find_pair(wanted, paid, policies):
    """Return (i, j): from row i to row j pay rises and worth falls. Or None."""
    pay, worth = policies @ paid, policies @ wanted
    for i in range(len(policies)):
        for j in range(len(policies)):
            if pay[j] > pay[i] and worth[j] < worth[i]:
                return i, j
    return None


def prove(wanted, paid):
    """Return (before, after): how often each room is cleaned, 0 to 1. Or None."""
    if not wanted.any() or not paid.any():
        return None  # nothing can rise, or nothing can fall
    # Towards what is paid and away from what is wanted, both with length 1.
    change = paid / np.linalg.norm(paid) - wanted / np.linalg.norm(wanted)
    if np.allclose(change, 0):
        return None  # both rank all policies alike
    step = change / (2 * np.abs(change).max())  # as far as the middle is from always and never
    return 0.5 - step, 0.5 + step
