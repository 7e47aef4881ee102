import numpy as np


def tempered(chances, temperature):
    """Return the probabilities at this temperature, of shape (K,)."""
    if temperature == 0:
        coldest = np.zeros(len(chances))
        coldest[np.argmax(chances)] = 1.0
        return coldest
    # Divided by the largest first, so that a cold power of small numbers does not vanish.
    raised = (chances / chances.max()) ** (1 / temperature)
    return raised / raised.sum()


def nucleus(chances, top_p):
    """Return the probabilities after top-p, of shape (K,)."""
    order = np.argsort(-chances, kind="stable")
    before = np.cumsum(chances[order]) - chances[order]
    inside = order[before < top_p - 1e-12]
    kept = np.zeros(len(chances))
    kept[inside] = chances[inside]
    return kept / kept.sum()


def entropy(chances):
    """Return the entropy in bits."""
    possible = chances[chances > 0]
    return float(-(possible * np.log2(possible)).sum())


def drawn(chances, u):
    """Return the index of the word that the number u falls on."""
    ends = np.cumsum(chances)
    # The last sum may come out a little below 1; then the last word that can come is meant.
    return int(min(np.searchsorted(ends, u, side="right"), np.flatnonzero(chances)[-1]))
