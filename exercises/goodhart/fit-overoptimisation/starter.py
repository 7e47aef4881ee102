import math

import numpy as np


def fit(distance, gold):
    """Return (alpha, beta) of gold = d · (alpha − beta · d), by least squares."""
    raise NotImplementedError("fit the two numbers")


def peak(alpha, beta):
    """Return the distance at which gold is highest, or math.inf."""
    raise NotImplementedError("say where gold is highest")


def interval(distance, golds):
    """Return 95 % intervals for alpha and for beta.

    distance: array of shape (M,)
    golds: array of shape (R, M), one row for each reward model
    """
    raise NotImplementedError("say how sure you are")
