# fails: the_peak
import numpy as np


def worth(score, truth, n):
    """Return the mean true value of the best-scored of n draws."""
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    at_most = np.cumsum(count) / len(score)
    below = at_most - count / len(score)
    chance = at_most**n - below**n  # that the best score has this level
    mean_truth = np.bincount(place, weights=truth) / count
    return float(np.sum(chance * mean_truth))


def where_it_peaks(score, truth, sizes):
    return sizes[-1]
