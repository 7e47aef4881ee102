# fails: by_hand
import math

Z = 1.959964


def wilson(failures, items):
    share = failures / items
    half = Z * math.sqrt(share * (1 - share) / items)
    return share - half, share + half


def still_possible(items):
    return 1 - 0.05 ** (1 / items)


def items_for(rate):
    items = 1
    while still_possible(items) > rate:
        items += 1
    return items
