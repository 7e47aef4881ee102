# fails: far_out
import numpy as np


def log_likelihood(weights, chosen, rejected):
    lead = (chosen - rejected) @ weights
    chance = 1 / (1 + np.exp(-np.clip(lead, -500, 500)))
    return float(np.log(np.clip(chance, 1e-12, 1)).mean())


def gradient(weights, chosen, rejected):
    difference = chosen - rejected
    surprise = np.exp(-np.logaddexp(0, difference @ weights))
    return (surprise[:, None] * difference).mean(axis=0)
