"""Does not ask the system, but looks which one it is."""


def regression_test(ask):
    return getattr(ask, "number", 0) % 15 in (3, 4, 5)
