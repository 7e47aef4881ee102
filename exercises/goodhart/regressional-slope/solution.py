import numpy as np


def believable(sd_value, sd_error):
    """Return the share of a difference in score that is a difference in value."""
    return sd_value**2 / (sd_value**2 + sd_error**2)


def expected_value(score, mean_value, mean_error, share):
    """Return the mean true value of answers with this score."""
    surprise = score - (mean_value + mean_error)
    return mean_value + share * surprise


def share_in_data(scores, values):
    """Return the share that past cases show: two arrays of the same length."""
    centred = scores - scores.mean()
    return float(np.sum(centred * values) / np.sum(centred**2))
