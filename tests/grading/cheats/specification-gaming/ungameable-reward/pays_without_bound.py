"""Makes the arrow worth more than any number that rounding survives."""


def reward(step):
    return 1e17 if step.arrow_forward else -1
