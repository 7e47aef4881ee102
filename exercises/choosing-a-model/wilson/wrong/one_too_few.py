# fails: how_many
import math

Z = 1.959964


def wilson(failures, items):
    share = failures / items
    middle = share + Z**2 / (2 * items)
    half = Z * math.sqrt(share * (1 - share) / items + Z**2 / (4 * items**2))
    return (middle - half) / (1 + Z**2 / items), (middle + half) / (1 + Z**2 / items)


def still_possible(items):
    return 1 - 0.05 ** (1 / items)


def items_for(rate):
    return math.floor(math.log(0.05) / math.log(1 - rate))
