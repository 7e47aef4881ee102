# fails: for_good
import math

import numpy as np


def elsewhere(log_chosen, log_rejected):
    """Return the probability of all replies but the two, at each entry of the log."""
    return 1 - np.exp(log_chosen) - np.exp(log_rejected)


def diagnose(steps, margin, log_chosen, log_rejected):
    """Return ("healthy", None), ("failing", None) or ("displaced", step)."""
    margin = margin[~np.isnan(margin)]
    if margin[-5:].mean() <= margin[:5].mean():
        return "failing", None
    there = ~np.isnan(log_chosen)
    steps, log_chosen = steps[there], log_chosen[there]
    low = log_chosen < log_chosen[:5].mean() - math.log(10)
    if not low.any():
        return "healthy", None
    return "displaced", steps[low.argmax()]
