# fails: many_choices
import numpy as np


def log_likelihood(weights, chosen, rejected):
    lead = (chosen - rejected) @ weights
    return float(np.log((1 / (1 + np.exp(-lead))).mean()))


def gradient(weights, chosen, rejected):
    difference = chosen - rejected
    surprise = np.exp(-np.logaddexp(0, difference @ weights))
    return (surprise[:, None] * difference).mean(axis=0)
