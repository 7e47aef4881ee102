# fails: no_harm
import math


def left_after(start, chance, rounds):
    return start * (1 - chance) ** rounds


def soft_label(score_a, score_b, sharpness):
    return 1 / (1 + math.exp(-sharpness * (score_a - score_b)))


def principle(request, reply):
    return reply["complete"] - reply["refuses"]
