# fails: cheat_is_wrong
def cheat(numbers):
    return sorted(numbers)


def grade(program):
    return program([3, 1, 2]) == [1, 2, 3]
