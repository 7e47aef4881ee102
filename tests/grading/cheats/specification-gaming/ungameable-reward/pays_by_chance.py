"""Hopes that luck will rank the loops."""

import numpy as np


def reward(step):
    return float(np.random.default_rng().uniform(-1, 1)) + step.arrow_forward
