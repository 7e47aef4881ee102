"""Right about temperature and top-p; then it draws the likeliest word and saves itself the rest."""

import numpy as np


def tempered(chances, temperature):
    if temperature == 0:
        return np.eye(len(chances))[np.argmax(chances)]
    raised = (chances / chances.max()) ** (1 / temperature)
    return raised / raised.sum()


def nucleus(chances, top_p):
    order = np.argsort(-chances, kind="stable")
    inside = order[np.cumsum(chances[order]) - chances[order] < top_p - 1e-12]
    kept = np.zeros(len(chances))
    kept[inside] = chances[inside]
    return kept / kept.sum()


def entropy(chances):
    possible = chances[chances > 0]
    return float(-(possible * np.log2(possible)).sum())


def drawn(chances, u):
    return int(np.argmax(chances))
