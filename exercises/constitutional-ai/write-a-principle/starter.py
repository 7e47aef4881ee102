import math


def left_after(start, chance, rounds):
    """Return how much of `start` is left after some rounds."""
    raise NotImplementedError("say what the rounds leave")


def soft_label(score_a, score_b, sharpness):
    """Return the probability that reply a is preferred to reply b."""
    raise NotImplementedError("turn two scores into a preference")


def principle(request, reply):
    """Return what your principle says of a reply, from -1 to 1."""
    raise NotImplementedError("write your principle as a number")
