import numpy as np


def elsewhere(log_chosen, log_rejected):
    """Return the probability of all replies but the two, at each entry of the log."""
    raise NotImplementedError("work out what is left for the other replies")


def diagnose(steps, margin, log_chosen, log_rejected):
    """Return ("healthy", None), ("failing", None) or ("displaced", step).

    Four arrays of shape (T,); a missing reading is NaN.
    """
    raise NotImplementedError("read the log")
