import numpy as np


def log_likelihood(weights, chosen, rejected):
    """Return the mean log-chance of the choices."""
    lead = (chosen - rejected) @ weights
    # log σ(z) = −log(1 + exp(−z)), without ever forming exp(−z)
    return float(-np.logaddexp(0, -lead).mean())


def gradient(weights, chosen, rejected):
    """Return how the mean log-chance grows with each weight."""
    difference = chosen - rejected
    lead = difference @ weights
    surprise = np.exp(-np.logaddexp(0, lead))  # 1 − σ(lead)
    return (surprise[:, None] * difference).mean(axis=0)
