import numpy as np


def log_softmax(logits):
    """Return the logarithm of the softmax of each row, of the same shape."""
    raise NotImplementedError("turn scores into logarithms of probabilities")


def token_losses(logits, tokens):
    """Return −log p of every token but the first, shape (T - 1,)."""
    raise NotImplementedError("say what each token costs")


def counted(length, prompt):
    """Return which of the T - 1 losses belong to the reply, an array of bool."""
    raise NotImplementedError("say which tokens count")


def masked_loss(examples):
    """Return the mean loss over every token that counts in a list of (logits, tokens, prompt)."""
    raise NotImplementedError("average over the tokens that count")


def masked_gradient(logits, tokens, prompt):
    """Return the gradient of one example's masked loss, shape (T, K)."""
    raise NotImplementedError("say where and how the scores should move")
