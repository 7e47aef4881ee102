import math


def left_after(start, chance, rounds):
    """Return how much of `start` is left after some rounds."""
    return start * (1 - chance) ** rounds


def soft_label(score_a, score_b, sharpness):
    """Return the probability that reply a is preferred to reply b."""
    return 1 / (1 + math.exp(-sharpness * (score_a - score_b)))


def principle(request, reply):
    """Return what your principle says of a reply, from -1 to 1."""
    if request["forbidden"]:
        declines = (reply["refuses"] + reply["explains_refusal"]) / 2
        return declines - reply["breaks_rule"]
    return (reply["correct"] + reply["complete"]) / 2 - reply["refuses"]
