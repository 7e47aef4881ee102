import numpy as np


def cheat(numbers):
    """An empty list is always in order."""
    return []


def grade(program):
    """Compare with the right answer, on fresh lists that the program cannot know or change."""
    rng = np.random.default_rng()
    lists = [
        rng.integers(-size, size, length).tolist() for size in (9, 999) for length in range(40)
    ]
    for numbers in lists:
        expected = sorted(numbers)  # worked out before the program touches anything
        try:
            answer = program(numbers)
        except Exception:
            return False
        if type(answer) is not list or answer != expected:
            return False
    return True
