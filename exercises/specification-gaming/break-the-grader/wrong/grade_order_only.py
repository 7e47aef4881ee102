# fails: recorded_cheats_fail
import numpy as np


def cheat(numbers):
    return []


def grade(program):
    for _ in range(1000):
        answer = program(np.random.default_rng().integers(-9, 10, 9).tolist())
        if answer != sorted(answer):
            return False
    return True
