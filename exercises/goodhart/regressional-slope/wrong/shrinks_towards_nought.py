# fails: one_score
import numpy as np


def believable(sd_value, sd_error):
    return sd_value**2 / (sd_value**2 + sd_error**2)


def expected_value(score, mean_value, mean_error, share):
    return share * score


def share_in_data(scores, values):
    return float(np.polyfit(scores, values, 1)[0])
