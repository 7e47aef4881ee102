"""Pays an arrow only if the step before was no arrow, which the boat's own past decides."""

before = {"arrow": False}


def reward(step):
    paid = 2 if step.arrow_forward and not before["arrow"] else -1
    before["arrow"] = step.arrow_forward
    return paid
