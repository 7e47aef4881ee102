# fails: new_cheats_fail
def cheat(numbers):
    return [0] * 3


def grade(program):
    for numbers in ([], [7], [5, 4], [2, 2], [3, 1, 2], [10, 9, 9], [-5, 4, -1], [1, -30, 4]):
        answer = program(list(numbers))
        if type(answer) is not list or answer != sorted(numbers):
            return False
    return True
