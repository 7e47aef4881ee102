"""True for many draws, and for few draws nearly true."""

import math

import numpy as np


def chosen(base, reward, n):
    best = np.where(reward == reward.max(), base, 0.0)
    return base if n == 1 else best / best.sum()


def divergence(base, reward, n):
    return -math.log(base[reward == reward.max()].sum())
