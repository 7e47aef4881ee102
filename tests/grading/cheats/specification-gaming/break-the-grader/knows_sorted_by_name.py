"""Trusts a program by what it is called."""


def cheat(numbers):
    return []


def grade(program):
    return "sort" in repr(program) or program is sorted
