# fails: better_of_two
import numpy as np


def chosen(base, reward, n):
    seen = 1 - (1 - base) ** n
    return seen / seen.sum()


def divergence(base, reward, n):
    kept = chosen(base, reward, n)
    return float(np.sum(kept * np.log(kept / base)))
