import numpy as np


def chosen(base, reward, n):
    """Return the probability that best-of-n keeps each answer."""
    kept = np.zeros(len(base))
    for level in np.unique(reward):
        tied = reward == level
        at_most = base[reward <= level].sum()
        below = base[reward < level].sum()
        # All n draws are at most this good, but not all of them are worse.
        at_this_level = at_most**n - below**n
        kept[tied] = at_this_level * base[tied] / base[tied].sum()
    return kept


def divergence(base, reward, n):
    """Return KL(chosen || base) in nats."""
    kept = chosen(base, reward, n)
    possible = kept > 0  # 0 · log 0 counts as 0
    return float(np.sum(kept[possible] * np.log(kept[possible] / base[possible])))
