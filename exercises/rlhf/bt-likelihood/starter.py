import numpy as np


def log_likelihood(weights, chosen, rejected):
    """Return the mean log-chance of the choices.

    weights: array of shape (F,)
    chosen, rejected: arrays of shape (N, F)
    """
    raise NotImplementedError("say how likely the choices were")


def gradient(weights, chosen, rejected):
    """Return how the mean log-chance grows with each weight, shape (F,)."""
    raise NotImplementedError("say which way to change the weights")
