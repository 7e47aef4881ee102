import math

import numpy as np


def loss(chances, came):
    """Return the loss in bits a word; math.inf if the impossible came."""
    raise NotImplementedError("measure the model on the words that came")


def perplexity(bits):
    """Return among how many equally likely words one would guess as badly."""
    raise NotImplementedError("turn bits into a number of words")


def smoothed(counts, discount, shorter):
    """Return the probabilities of the next word, of shape (K,)."""
    raise NotImplementedError("mix what was seen with the shorter context")
