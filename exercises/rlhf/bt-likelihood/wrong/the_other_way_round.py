# fails: one_choice
import numpy as np


def log_likelihood(weights, chosen, rejected):
    lead = (rejected - chosen) @ weights
    return float(-np.logaddexp(0, -lead).mean())


def gradient(weights, chosen, rejected):
    difference = rejected - chosen
    return ((1 / (1 + np.exp(difference @ weights)))[:, None] * difference).mean(axis=0)
