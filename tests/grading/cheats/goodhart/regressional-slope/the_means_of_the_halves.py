"""Right in theory; in data it compares the better half with the poorer one."""

import numpy as np


def believable(sd_value, sd_error):
    return sd_value**2 / (sd_value**2 + sd_error**2)


def expected_value(score, mean_value, mean_error, share):
    return mean_value + share * (score - mean_value - mean_error)


def share_in_data(scores, values):
    better = scores > np.median(scores)
    rise = values[better].mean() - values[~better].mean()
    return float(rise / (scores[better].mean() - scores[~better].mean()))
