# fails: one_gradient
import numpy as np


def log_likelihood(weights, chosen, rejected):
    lead = (chosen - rejected) @ weights
    return float(-np.logaddexp(0, -lead).mean())


def gradient(weights, chosen, rejected):
    difference = chosen - rejected
    sure = np.exp(-np.logaddexp(0, -(difference @ weights)))
    return (sure[:, None] * difference).mean(axis=0)
