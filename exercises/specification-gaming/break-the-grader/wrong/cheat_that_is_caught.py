# fails: cheat_passes
def cheat(numbers):
    return numbers


def grade(program):
    return program([3, 1, 2]) == [1, 2, 3]
