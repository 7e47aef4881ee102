# fails: any_numbers
import math

Z = 1.959964


def wilson(failures, items):
    if items > failures > items / 2:  # what holds for successes holds for failures
        return wilson(items - failures, items)
    share = failures / items
    middle = share + Z**2 / (2 * items)
    half = Z * math.sqrt(share * (1 - share) / items + Z**2 / (4 * items**2))
    return (middle - half) / (1 + Z**2 / items), (middle + half) / (1 + Z**2 / items)


def still_possible(items):
    return 1 - 0.05 ** (1 / items)


def items_for(rate):
    items = 1
    while still_possible(items) > rate:
        items += 1
    return items
