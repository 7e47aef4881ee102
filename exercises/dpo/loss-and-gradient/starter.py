import numpy as np


def margin(beta, chosen, chosen_ref, rejected, rejected_ref):
    """Return β times the gap of each pair; the four are log probabilities."""
    raise NotImplementedError("work out the margin")


def loss(margins):
    """Return the mean of −log σ(margin)."""
    raise NotImplementedError("work out the loss")


def gradient(logits, reference, chosen, rejected, beta):
    """Return the derivative of the mean loss by each logit, shape (K,).

    logits, reference: arrays of shape (K,)
    chosen, rejected: arrays of indices, shape (N,)
    """
    raise NotImplementedError("work out the gradient")
