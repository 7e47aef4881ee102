"""Does the cheat pass and not sort? Does the new grader tell sorting from looking sorted?"""

import numpy as np

from proxygap.grading.authoring import check, expect, expect_equal
from proxygap.grading.display import describe, show

FRESH, LEAST_WRONG = 40, 20  # lists on which a cheat is tried


class Program:
    """A program to be graded. What it does is kept elsewhere, so that it has to be run."""

    __slots__ = ("number",)

    def __init__(self, number):
        self.number = number

    def __call__(self, numbers):
        return BODIES[self.number](numbers)


BODIES = []


def program(body):
    BODIES.append(body)
    return Program(len(BODIES) - 1)


def weak_grade(graded):
    for numbers in ([3, 1, 2], [5, 4], [7]):
        answer = graded(list(numbers))
        if list(answer) != sorted(answer):
            return False
    return True


def fresh_list(rng, length):
    return rng.integers(-30, 31, length).tolist()


def is_sorted_copy(answer, numbers):
    return type(answer) is list and answer == sorted(numbers)


# Programs that sort --------------------------------------------------------------------------


def insertion_sort(numbers):
    done = []
    for number in numbers:
        place = sum(other <= number for other in done)
        done.insert(place, number)
    return done


def merge_sort(numbers):
    if len(numbers) < 2:
        return list(numbers)
    left, right = merge_sort(numbers[::2]), merge_sort(numbers[1::2])
    done = []
    while left and right:
        done.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
    return done + left + right


def sort_in_place(numbers):
    numbers.sort()
    return numbers


def sort_by_emptying(numbers):
    done = []
    while numbers:
        done.append(min(numbers))
        numbers.remove(done[-1])
    return done


RIGHT = {
    "Python's own sorted": sorted,
    "one that puts each number into its place": insertion_sort,
    "one that sorts two halves and merges them": merge_sort,
    "one that sorts the list it is given and returns it": sort_in_place,
    "one that takes the smallest number out, again and again": sort_by_emptying,
}

# Programs that do not ------------------------------------------------------------------------


class Agreeable(list):
    """A list that finds itself equal to everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = None


def by_heart(numbers):
    known = {(3, 1, 2): [1, 2, 3], (5, 4): [4, 5], (7,): [7]}
    return known.get(tuple(numbers), [])


def repeat_the_smallest(numbers):
    return [min(numbers)] * len(numbers) if numbers else []


def destroy_the_evidence(numbers):
    numbers.clear()
    return numbers


def honest_at_first():
    calls = []

    def body(numbers):
        calls.append(1)
        return sorted(numbers) if len(calls) <= 3 else list(numbers)

    return body


RECORDED = {
    "one that returns an empty list": lambda _: [],
    "one that knows the three lists of the weak grader by heart": by_heart,
    "one that always returns [1, 2, 3]": lambda _: [1, 2, 3],
    "one that returns the list as it came": list,
    "one that returns nothing at all": lambda _: None,
}

SLY = {
    "one that repeats the smallest number": repeat_the_smallest,
    "one that drops repeats": lambda numbers: sorted(set(numbers)),
    "one that empties the list it is given and returns that": destroy_the_evidence,
    "one that sorts by the first digit": lambda numbers: sorted(numbers, key=str),
    "one that ignores minus signs": lambda numbers: sorted(numbers, key=abs),
    "one whose answer claims to equal everything": Agreeable,
}


def sorts_only(first):
    return lambda numbers: [*sorted(numbers[:first]), *numbers[first:]]


def gives_up_beyond(length):
    return lambda numbers: sorted(numbers) if len(numbers) <= length else list(numbers)


def forgets(place):
    return lambda numbers: [n for i, n in enumerate(sorted(numbers)) if i != place]


def fails_on_nothing(numbers):
    if not numbers:
        raise IndexError("there is no smallest number in an empty list")
    return sorted(numbers)


def is_off_by(amount):
    return lambda numbers: [n + amount * (i == 0) for i, n in enumerate(sorted(numbers))]


def new_cheats(rng):
    """Return cheats that nobody has recorded; their numbers are drawn."""
    first, length, place = (int(drawn) for drawn in rng.integers([3, 4, 1], [9, 11, 5]))
    amount = int(rng.choice([-2, -1, 1, 2]))
    return {
        f"one that sorts the first {first} numbers only": sorts_only(first),
        f"one that gives up on lists of more than {length}": gives_up_beyond(length),
        f"one that loses number {place + 1} of the answer": forgets(place),
        f"one whose first number is off by {amount}": is_off_by(amount),
        "one that fails on an empty list": fails_on_nothing,
    }


# Checks --------------------------------------------------------------------------------------


@check(
    "Your cheat passes the weak grader",
    hint="Read what the weak grader asks of an answer. It never looks at the numbers that went "
    "in. Which answers are in order whatever they were made from?",
)
def cheat_passes(submission):
    cheat = submission.function("cheat")
    answer = cheat([3, 1, 2])
    expect(
        type(answer) is list,
        "Your cheat must return a list, or the weak grader cannot read it.",
        inputs="cheat([3, 1, 2])",
        got=describe(answer),
        expected="a list",
    )
    expect(
        weak_grade(cheat),
        "The weak grader does not pass your cheat.",
        inputs="weak_grade(cheat)",
        got=f"False; cheat([3, 1, 2]) is {show(answer)}",
        expected="True",
    )


@check(
    "And yet it does not sort",
    hint="Your cheat must be wrong on most lists. A program that sorts is not a cheat, and one "
    "that sorts nearly always is a poor one.",
)
def cheat_is_wrong(submission):
    cheat = submission.function("cheat")
    rng = np.random.default_rng(5)
    lists = [fresh_list(rng, rng.integers(2, 13)) for _ in range(FRESH)]
    wrong = sum(not is_sorted_copy(cheat(list(numbers)), numbers) for numbers in lists)
    expect(
        wrong >= LEAST_WRONG,
        "Your cheat sorts most lists, so the weak grader is right to pass it.",
        inputs=f"{FRESH} fresh lists, such as {show(lists[0])}",
        got=f"{wrong} wrong answers",
        expected=f"at least {LEAST_WRONG}",
    )
    return f"Paid in full, and wrong on {wrong} of {FRESH} fresh lists. That is the gap."


def verdict(submission, graded, name):
    """Return what the learner's grader says, which must be True or False."""
    grade = submission.function("grade")
    try:
        said = grade(graded)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        said = f"{type(error).__name__}: {error}"
        message = "Your grader raised an error. A grader has to survive what it grades."
        expect(False, message, inputs=name, got=show(said), expected="True or False")
    expect(
        type(said) is bool,
        "Your grader must answer True or False.",
        inputs=name,
        got=describe(said),
        expected="True or False",
    )
    return said


@check(
    "Your grader passes programs that sort",
    hint="Be fair: only the answer counts, not how it was reached. A program may change the list "
    "it is given, and the answer may be that very list. Are repeats and negative numbers right?",
)
def right_answers_pass(submission):
    for name, body in RIGHT.items():
        said = verdict(submission, program(body), name)
        message = "Your grader fails a program that sorts."
        expect_equal(said, True, inputs=name, message=message)


def expect_failed(submission, body, name):
    said = verdict(submission, program(body), name)
    expect_equal(said, False, inputs=name, message="Your grader passes a program that cheats.")


@check(
    "The recorded cheats fail, and so does yours",
    hint="In order is not enough. What else is true of a right answer? Python can work the right "
    "answer out for you: compare with that.",
)
def recorded_cheats_fail(submission):
    for name, body in (RECORDED | {"your own cheat": submission.function("cheat")}).items():
        expect_failed(submission, body, name)


@check(
    "Sly cheats fail too",
    hint="Work the right answer out before the program runs, and hand over a copy. Ask whether the "
    "answer is a list and nothing else. Test more than three lists, with repeats, negative "
    "numbers and numbers of several digits.",
)
def sly_cheats_fail(submission):
    lazy = {"one that sorts three times and is lazy from then on": honest_at_first()}
    for name, body in (SLY | lazy).items():
        expect_failed(submission, body, name)


@check(
    "Cheats that nobody has recorded fail, and sorting still passes",
    hint="A cheat can be built for any fixed set of lists. Draw yours: short and long, up to a "
    "few dozen numbers, and the empty list as well. A program that raises an error has failed.",
)
def new_cheats_fail(submission):
    rng = np.random.default_rng(17)
    drawn = [(name, body, False) for _ in range(4) for name, body in new_cheats(rng).items()]
    drawn += [(name, body, True) for name, body in RIGHT.items()]
    rng.shuffle(drawn)
    for name, body, sorts in drawn:
        said = verdict(submission, program(body), name)
        message = f"Your grader {'fails' if sorts else 'passes'} the wrong program."
        expect_equal(said, sorts, inputs=name, message=message)
    return f"{len(drawn)} programs, each judged rightly. A cheat that reads your grader is next."
