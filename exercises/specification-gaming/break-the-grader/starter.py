def weak_grade(program):
    """Say True if what comes out is in order."""
    for numbers in ([3, 1, 2], [5, 4], [7]):
        answer = program(list(numbers))
        if list(answer) != sorted(answer):
            return False
    return True


def cheat(numbers):
    """Pass the weak grader without sorting."""
    raise NotImplementedError("write a program that passes and does not sort")


def grade(program):
    """Return True if `program` sorts, False if it does not."""
    raise NotImplementedError("write a grader that no cheat passes")


# What does the weak grader think of Python's own sorted?
print(weak_grade(sorted))
