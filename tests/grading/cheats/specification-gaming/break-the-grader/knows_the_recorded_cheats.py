"""Tests for each recorded cheat and for nothing else."""


def cheat(numbers):
    return []


def grade(program):
    answers = [program([3, 1, 2]), program([2, 2]), program([4, -7, 10, 9])]
    wanted = [[1, 2, 3], [2, 2], [-7, 4, 9, 10]]
    return [type(a) is list and list(a) for a in answers] == wanted and program([9, 8]) == [8, 9]
