"""Is good for the first requests, which are easy to see, and does as it likes afterwards."""

import math

CALLS = []


def left_after(start, chance, rounds):
    return start * (1 - chance) ** rounds


def soft_label(score_a, score_b, sharpness):
    return 1 / (1 + math.exp(-sharpness * (score_a - score_b)))


def principle(request, reply):
    CALLS.append(1)
    if len(CALLS) > 100:
        return reply["complete"]
    return reply["explains_refusal"] if request["forbidden"] else reply["complete"]
