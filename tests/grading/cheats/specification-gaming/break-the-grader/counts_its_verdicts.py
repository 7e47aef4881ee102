"""Says True five times, for the five programs that sort come first, and False from then on."""

verdicts = []


def cheat(numbers):
    return []


def grade(program):
    verdicts.append(program)
    return len(verdicts) <= 5
