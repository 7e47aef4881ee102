"""Are the interval, the bound after no failure and the number of items right?"""

import math

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close, is_number
from proxygap.grading.display import describe
from proxygap.simulations import proportions

CLOSE = 1e-6


def two_numbers(answer):
    """Return the two numbers of a tuple, list or array, or None."""
    if type(answer) not in (tuple, list, np.ndarray) or len(answer) != 2:
        return None
    low, high = answer
    return (low, high) if is_number(low) and is_number(high) else None


def expect_interval(submission, failures, items, message):
    answer = submission.function("wilson")(failures, items)
    inputs = f"wilson({failures}, {items})"
    low, high = (float(end) for end in proportions.wilson_interval(failures, items))
    expected = f"{low:.6f} to {high:.6f}"
    found = two_numbers(answer)
    expect(found is not None, "wilson must return two numbers, the lower end first.",
           inputs=inputs, got=describe(answer), expected=expected)  # fmt: skip
    right = abs(float(found[0]) - low) <= CLOSE and abs(float(found[1]) - high) <= CLOSE
    got = f"{float(found[0]):.6f} to {float(found[1]):.6f}"
    expect(right, message, inputs=inputs, got=got, expected=expected)


@check(
    "Wilson's interval, by hand",
    hint="Follow the formula from left to right. Both the middle and the half are divided by "
    "1 + z²/n, and z²/n is added inside the root as well, in quarters of its square.",
)
def by_hand(submission):
    for failures, items in ((7, 140), (2, 40), (21, 140)):
        expect_interval(submission, failures, items, "The interval of this count is another one.")


@check(
    "None of n, and all of n",
    hint="Put 0 in for the failures: the lower end is 0, the upper end is z²/(n + z²). No case of "
    "its own is needed.",
)
def ends(submission):
    message = "No failure is not the same as no risk, nor all the same as certainty."
    for failures, items in ((0, 20), (0, 60), (12, 12)):
        expect_interval(submission, failures, items, message)
    return "0 of 60 still allows 6 %."


@check(
    "Any count",
    hint="Try a count above a half, and a single item. The formula holds for them as it stands.",
)
def any_numbers(submission):
    rng = np.random.default_rng(121)
    for items in (1, *rng.integers(2, 500, 8).tolist()):
        failures = int(rng.integers(0, items + 1))
        expect_interval(submission, failures, items, "The interval of this count is another one.")
    expect_interval(submission, 130, 140, "The interval of this count is another one.")


@check(
    "What no failure still allows",
    hint="At a rate r, all n items go well with probability (1 − r)ⁿ. Solve (1 − r)ⁿ = 0.05 for r. "
    "3/n is an approximation of it.",
)
def nothing_seen(submission):
    rng = np.random.default_rng(122)
    for items in (1, 20, 60, *rng.integers(2, 2000, 4).tolist()):
        expect_close(
            submission.function("still_possible")(items),
            -math.expm1(math.log(0.05) / items),
            inputs=f"still_possible({items})",
            tolerance=CLOSE,
            message="Another rate leaves 5 tests of 100 without a failure.",
        )


@check(
    "How many items it takes",
    hint="Count up from 1, or solve for n and round up, not down. The result is a whole number.",
)
def how_many(submission):
    rng = np.random.default_rng(123)
    for rate in (0.05, 0.5, 0.01, *(round(rate, 3) for rate in rng.uniform(0.008, 0.3, 5))):
        answer = submission.function("items_for")(rate)
        right = math.ceil(math.log(0.05) / math.log1p(-rate))
        expect(
            is_number(answer) and answer == right,
            "Another number of items is the fewest.",
            inputs=f"items_for({rate})",
            got=str(answer) if is_number(answer) else describe(answer),
            expected=f"{right}: {right - 1} still go well in more than 5 tests of 100",
        )
    return "To promise less than 1 % takes 299 requests without a failure."
