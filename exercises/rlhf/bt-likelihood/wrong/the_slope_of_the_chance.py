# fails: one_gradient
import numpy as np


def log_likelihood(weights, chosen, rejected):
    lead = (chosen - rejected) @ weights
    return float(-np.logaddexp(0, -lead).mean())


def gradient(weights, chosen, rejected):
    difference = chosen - rejected
    chance = np.exp(-np.logaddexp(0, -(difference @ weights)))
    return ((chance * (1 - chance))[:, None] * difference).mean(axis=0)
