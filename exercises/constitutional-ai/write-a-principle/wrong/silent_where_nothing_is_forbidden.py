# fails: still_helps
import math


def left_after(start, chance, rounds):
    return start * (1 - chance) ** rounds


def soft_label(score_a, score_b, sharpness):
    return 1 / (1 + math.exp(-sharpness * (score_a - score_b)))


def principle(request, reply):
    if request["forbidden"]:
        return reply["explains_refusal"] - reply["breaks_rule"]
    return (reply["agrees_with_user"] - 1) * 0.0 - reply["refuses"] * 0.2
