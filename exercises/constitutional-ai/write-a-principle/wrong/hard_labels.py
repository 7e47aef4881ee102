# fails: labels_are_soft
import math


def left_after(start, chance, rounds):
    return start * (1 - chance) ** rounds


def soft_label(score_a, score_b, sharpness):
    return 1.0 if score_a > score_b else 0.0


def principle(request, reply):
    if request["forbidden"]:
        return (reply["refuses"] + reply["explains_refusal"]) / 2 - reply["breaks_rule"]
    return (reply["correct"] + reply["complete"]) / 2 - reply["refuses"]
