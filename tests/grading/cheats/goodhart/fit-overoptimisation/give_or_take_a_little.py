"""The fit to the mean, give or take a fixed amount."""

import math

import numpy as np


def fit(distance, gold):
    terms = np.stack([distance, -(distance**2)], axis=1)
    (alpha, beta), *_ = np.linalg.lstsq(terms, gold, rcond=None)
    return float(alpha), float(beta)


def peak(alpha, beta):
    return alpha / (2 * beta) if beta > 0 else math.inf


def interval(distance, golds):
    alpha, beta = fit(distance, golds.mean(axis=0))
    return (alpha - 0.15, alpha + 0.15), (beta - 0.08, beta + 0.08)
