import numpy as np


def believable(sd_value, sd_error):
    """Return the share of a difference in score that is a difference in value."""
    raise NotImplementedError("say how much of a score is value")


def expected_value(score, mean_value, mean_error, share):
    """Return the mean true value of answers with this score."""
    raise NotImplementedError("say what such a score is worth")


def share_in_data(scores, values):
    """Return the share that past cases show: two arrays of the same length."""
    raise NotImplementedError("measure the share")
