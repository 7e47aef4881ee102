# fails: sly_cheats_fail
import numpy as np


def cheat(numbers):
    return []


def grade(program):
    for length in range(30):
        numbers = np.random.default_rng(length).integers(-50, 51, length).tolist()
        original = len(numbers)
        answer = program(numbers)
        if type(answer) is not list:
            return False
        if answer != sorted(numbers) and len(numbers) == original:
            return False
        if numbers and not answer:
            return False
    return True
