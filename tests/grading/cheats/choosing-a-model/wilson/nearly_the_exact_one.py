"""Searches for the ends by the normal approximation with a continuity correction instead."""

import math

Z = 1.959964


def wilson(failures, items):
    share = failures / items
    half = Z * math.sqrt(share * (1 - share) / items) + 1 / (2 * items)
    return max(0.0, share - half), min(1.0, share + half)


def still_possible(items):
    return 1 - 0.05 ** (1 / items)


def items_for(rate):
    return math.ceil(math.log(0.05) / math.log(1 - rate))
