# fails: true_divergence
import numpy as np


def chosen(base, reward, n):
    kept = np.zeros(len(base))
    for level in np.unique(reward):
        tied = reward == level
        at_this_level = base[reward <= level].sum() ** n - base[reward < level].sum() ** n
        kept[tied] = at_this_level * base[tied] / base[tied].sum()
    return kept


def divergence(base, reward, n):
    return float(np.log(n) - (n - 1) / n)
