# fails: any_order
import numpy as np


def chosen(base, reward, n):
    at_most = np.cumsum(base)
    return at_most**n - (at_most - base) ** n


def divergence(base, reward, n):
    kept = chosen(base, reward, n)
    return float(np.sum(kept * np.log(kept / base)))
