"""Takes every score for the value, less the mean error."""


def believable(sd_value, sd_error):
    return 1.0 if sd_error == 0 else 0.0


def expected_value(score, mean_value, mean_error, share):
    return score - mean_error


def share_in_data(scores, values):
    return 1.0
