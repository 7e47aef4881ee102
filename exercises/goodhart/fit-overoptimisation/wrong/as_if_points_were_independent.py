# fails: honest
import math

import numpy as np


def fit(distance, gold):
    """Return (alpha, beta) of gold = d · (alpha − beta · d), by least squares."""
    terms = np.stack([distance, -(distance**2)], axis=1)
    (alpha, beta), *_ = np.linalg.lstsq(terms, gold, rcond=None)
    return float(alpha), float(beta)


def peak(alpha, beta):
    """Return the distance at which gold is highest, or math.inf."""
    return alpha / (2 * beta) if beta > 0 else math.inf


def interval(distance, golds):
    """Return 95 % intervals for alpha and for beta."""
    mean = golds.mean(axis=0)
    middle = np.array(fit(distance, mean))
    terms = np.stack([distance, -(distance**2)], axis=1)
    missed = mean - terms @ middle
    variance = missed @ missed / (len(distance) - 2)
    reach = 2.0 * np.sqrt(variance * np.diag(np.linalg.inv(terms.T @ terms)))
    (alpha_low, beta_low), (alpha_high, beta_high) = middle - reach, middle + reach
    return (float(alpha_low), float(alpha_high)), (float(beta_low), float(beta_high))
