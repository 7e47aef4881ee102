# fails: limits
import numpy as np


def believable(sd_value, sd_error):
    if sd_value == 0 or sd_error == 0:
        return 0.0  # so that nothing is divided by nought
    return sd_value**2 / (sd_value**2 + sd_error**2)


def expected_value(score, mean_value, mean_error, share):
    return mean_value + share * (score - mean_value - mean_error)


def share_in_data(scores, values):
    return float(np.polyfit(scores, values, 1)[0])
