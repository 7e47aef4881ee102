# fails: by_hand
import numpy as np


def believable(sd_value, sd_error):
    return sd_value / (sd_value + sd_error)


def expected_value(score, mean_value, mean_error, share):
    return mean_value + share * (score - mean_value - mean_error)


def share_in_data(scores, values):
    return float(np.polyfit(scores, values, 1)[0])
