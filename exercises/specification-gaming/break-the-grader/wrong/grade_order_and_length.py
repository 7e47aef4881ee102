# fails: sly_cheats_fail
def cheat(numbers):
    return []


def grade(program):
    for numbers in ([3, 1, 2], [5, 4], [7], [9, 8, 7, 6]):
        answer = program(list(numbers))
        if not isinstance(answer, list) or len(answer) != len(numbers):
            return False
        if answer != sorted(answer):
            return False
        if answer == [1, 2, 3] and numbers != [3, 1, 2]:
            return False
    return True
