"""Pays what the lap wants on every other call: the sensor's facts are not enough, so it counts."""

calls = []


def reward(step):
    calls.append(step)
    if step.arrow_forward:
        return 3
    return -1 if len(calls) % 2 else 0
