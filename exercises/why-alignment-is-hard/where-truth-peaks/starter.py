import numpy as np


def worth(score, truth, n):
    """Return the mean true value of the best-scored of n draws.

    score, truth: arrays of shape (K,); every answer is drawn equally often
    """
    raise NotImplementedError("say how likely each answer is to be the best-scored one")


def where_it_peaks(score, truth, sizes):
    """Return the n among sizes with the highest worth."""
    raise NotImplementedError("compare the worth at every n")
