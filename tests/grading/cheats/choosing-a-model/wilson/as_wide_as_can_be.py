"""An interval that is never wrong: everything is possible."""


def wilson(failures, items):
    return 0.0, 1.0


def still_possible(items):
    return 1.0


def items_for(rate):
    return 10**6
