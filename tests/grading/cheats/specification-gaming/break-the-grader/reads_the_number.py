"""Does not run the program, but asks it which number it has."""


def cheat(numbers):
    return []


def grade(program):
    return getattr(program, "number", 0) < 5
