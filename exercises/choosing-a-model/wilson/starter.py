import math

Z = 1.959964


def wilson(failures, items):
    """Return the ends of Wilson's 95 % interval, two shares."""
    raise NotImplementedError("say which rates are still possible")


def still_possible(items):
    """Return the highest rate that no failure in so many items leaves possible."""
    raise NotImplementedError("say what no failure still allows")


def items_for(rate):
    """Return the fewest items without a failure that rule this rate out."""
    raise NotImplementedError("say how many items it takes")
