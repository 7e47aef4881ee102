# fails: ties
import numpy as np


def chosen(base, reward, n):
    kept = np.zeros(len(base))
    for level in np.unique(reward):
        tied = reward == level
        kept[tied] = (
            base[reward <= level].sum() ** n - base[reward < level].sum() ** n
        ) / tied.sum()
    return kept


def divergence(base, reward, n):
    kept = chosen(base, reward, n)
    return float(np.sum(kept * np.log(kept / base)))
