# fails: from_the_first
import numpy as np


def log_softmax(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def token_losses(logits, tokens):
    """Return −log p of every token but the first, shape (T - 1,)."""
    foreseen = np.asarray(tokens)[1:]
    return -log_softmax(logits[:-1])[np.arange(len(foreseen)), foreseen]


def counted(length, prompt):
    """Return which of the T - 1 losses belong to the reply, an array of bool."""
    return np.arange(length - 1) >= prompt


def masked_loss(examples):
    """Return the mean loss over every token that counts in a list of (logits, tokens, prompt)."""
    losses = [
        token_losses(logits, tokens)[counted(len(tokens), prompt)]
        for logits, tokens, prompt in examples
    ]
    return float(np.concatenate(losses).mean())


def masked_gradient(logits, tokens, prompt):
    """Return the gradient of one example's masked loss, shape (T, K)."""
    rows = np.flatnonzero(counted(len(tokens), prompt))
    gradient = np.zeros(logits.shape)
    gradient[rows] = np.exp(log_softmax(logits[rows]))
    gradient[rows, np.asarray(tokens)[rows + 1]] -= 1
    return gradient / len(rows)
