import numpy as np


def chosen(base, reward, n):
    """Return the probability that best-of-n keeps each answer.

    base: array of shape (K,), probabilities that sum to 1
    reward: array of shape (K,)
    n: how many answers are drawn
    """
    raise NotImplementedError("say how likely each answer is to be kept")


def divergence(base, reward, n):
    """Return KL(chosen || base) in nats."""
    raise NotImplementedError("say how far that is from the base")
