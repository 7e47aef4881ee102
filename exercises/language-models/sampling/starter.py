import numpy as np


def tempered(chances, temperature):
    """Return the probabilities at this temperature, of shape (K,)."""
    raise NotImplementedError("raise the probabilities to the power 1/T")


def nucleus(chances, top_p):
    """Return the probabilities after top-p, of shape (K,)."""
    raise NotImplementedError("keep the likeliest words that reach top_p")


def entropy(chances):
    """Return the entropy in bits."""
    raise NotImplementedError("say how open the next word is")


def drawn(chances, u):
    """Return the index of the word that the number u falls on."""
    raise NotImplementedError("find the word at u")
