# fails: ties
import numpy as np


def chosen(base, reward, n):
    order = np.argsort(reward, kind="stable")
    at_most = np.cumsum(base[order])
    kept = np.zeros(len(base))
    kept[order] = at_most**n - (at_most - base[order]) ** n
    return kept


def divergence(base, reward, n):
    kept = chosen(base, reward, n)
    return float(np.sum(kept * np.log(kept / base)))
