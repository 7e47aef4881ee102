# fails: right_answers_pass
def cheat(numbers):
    return []


def grade(program):
    numbers = [3, 1, 2, 3]
    return program(numbers) == list(set(numbers))
