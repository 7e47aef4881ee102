# fails: exact_curve
import math

import numpy as np


def fit(distance, gold):
    """Return (alpha, beta) of gold = d · (alpha − beta · d), by least squares."""
    terms = np.stack([distance, distance**2], axis=1)
    (alpha, beta), *_ = np.linalg.lstsq(terms, gold, rcond=None)
    return float(alpha), float(beta)


def peak(alpha, beta):
    """Return the distance at which gold is highest, or math.inf."""
    return alpha / (2 * beta) if beta > 0 else math.inf


def interval(distance, golds):
    """Return 95 % intervals for alpha and for beta."""
    # The points of one curve come from the same reward model and err together. What varies
    # independently is the reward model: fit each one, and look at how the fits differ.
    terms = np.stack([distance, -(distance**2)], axis=1)
    fits = np.linalg.lstsq(terms, golds.T, rcond=None)[0].T  # one row for each reward model
    middle = fits.mean(axis=0)
    reach = 2.0 * fits.std(axis=0, ddof=1) / math.sqrt(len(fits))
    (alpha_low, beta_low), (alpha_high, beta_high) = middle - reach, middle + reach
    return (float(alpha_low), float(alpha_high)), (float(beta_low), float(beta_high))
