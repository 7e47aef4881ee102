"""Are the rate at k tries, the interval over requests, the bound and the attacker right?"""

import math

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close, is_number
from proxygap.grading.display import describe
from proxygap.simulations import proportions
from proxygap.simulations.rare_events import at_least_once

CLOSE = 1e-6


def rate_at(hits, attempts, k):
    missed = [math.comb(attempts - c, k) / math.comb(attempts, k) for c in hits]
    return 1 - sum(missed) / len(hits)


def expect_rate(submission, hits, attempts, k, message):
    expect_close(
        submission.function("asr_at")(list(hits), attempts, k),
        rate_at(hits, attempts, k),
        inputs=f"asr_at({hits}, {attempts}, {k})",
        tolerance=CLOSE,
        message=message,
    )


@check(
    "The rate at k tries, by hand",
    hint="Work out for each request how likely k of its attempts are all misses. Take the mean of "
    "that over the requests, and 1 minus it.",
)
def by_hand(submission):
    expect_rate(submission, [2, 0], 4, 2, "Two tries come to another rate.")
    expect_rate(submission, [2, 0], 4, 1, "One try comes to the mean share of hits.")
    expect_rate(
        submission, [1, 3, 0], 6, 6, "All six tries: every request with a hit gets through."
    )


@check(
    "Requests that differ",
    hint="Do not pool the attempts. A request that never gets through is not helped by one that "
    "always does: first each request by itself, then the mean.",
)
def uneven(submission):
    rng = np.random.default_rng(91)
    message = "These requests differ, and their rate at k tries is another one."
    expect_rate(submission, [9, 1, 1] + [0] * 37, 10, 5, message)
    for _ in range(4):
        attempts = int(rng.integers(3, 30))
        hits = rng.binomial(attempts, rng.beta(0.4, 2, 8)).tolist()
        expect_rate(submission, hits, attempts, int(rng.integers(2, attempts + 1)), message)
    return "Three requests of forty, and one of them nearly always."


@check(
    "The interval counts requests",
    hint="The items are the requests. Count those with at least one hit, and put them into "
    "Wilson's formula with the number of requests.",
)
def over_requests(submission):
    rng = np.random.default_rng(92)
    some = [rng.binomial(10, 0.1, int(rng.integers(5, 60))).tolist() for _ in range(4)]
    for hits in ([9, 1, 1] + [0] * 37, [0] * 20, [3, 3, 3], *some):
        through, requests = sum(c > 0 for c in hits), len(hits)
        low, high = (float(end) for end in proportions.wilson_interval(through, requests))
        answer = submission.function("interval")(list(hits))
        shown = f"interval: {through} of {requests} requests, {sum(hits)} hits"
        found = two_numbers(answer)
        expected = f"{low:.6f} to {high:.6f}"
        expect(found is not None, "interval must return two numbers, the lower end first.",
               inputs=shown, got=describe(answer), expected=expected)  # fmt: skip
        right = abs(found[0] - low) <= CLOSE and abs(found[1] - high) <= CLOSE
        expect(right, "The interval of these requests is another one.", inputs=shown,
               got=f"{found[0]:.6f} to {found[1]:.6f}", expected=expected)  # fmt: skip


def two_numbers(answer):
    """Return the two numbers of a tuple, list or array, or None."""
    if type(answer) not in (tuple, list, np.ndarray) or len(answer) != 2:
        return None
    low, high = answer
    return (float(low), float(high)) if is_number(low) and is_number(high) else None


def expect_upper(submission, hits, attempts, message):
    expect_close(
        submission.function("upper")(hits, attempts),
        float(proportions.upper_limit(hits, attempts)),
        inputs=f"upper({hits}, {attempts})",
        tolerance=CLOSE,
        message=message,
    )


@check(
    "What no hit still allows",
    hint="At a rate r all attempts miss with probability (1 − r)ⁿ. Look for the r at which that is "
    "0.05. The rule of three, 3/n, comes near and is not it.",
)
def none_of_n(submission):
    rng = np.random.default_rng(93)
    for attempts in (100, 10, 1, *rng.integers(2, 800, 3).tolist()):
        expect_upper(submission, 0, attempts, "Another rate leaves 5 of 100 tests without a hit.")
    return "0 of 100 still allows nearly 3 %."


@check(
    "What a few hits still allow",
    hint="Now so many hits or fewer must happen in 5 of 100 tests: add up the binomial chances "
    "of 0, 1, … hits, as at_most does, and halve the interval from 0 to 1 until the sum is 0.05.",
)
def some_of_n(submission):
    rng = np.random.default_rng(94)
    message = "At another rate so few hits happen in 5 of 100 tests."
    for hits, attempts in ((1, 30), (3, 60), (4, 4)):
        expect_upper(submission, hits, attempts, message)
    for attempts in rng.integers(10, 200, 3).tolist():
        expect_upper(submission, int(rng.integers(1, attempts)), attempts, message)


@check(
    "What an attacker makes of it",
    hint="The measured rate is not what the test allows. Take the highest rate that is not "
    "refuted, and ask for at least one hit in so many tries.",
)
def with_more_tries(submission):
    rng = np.random.default_rng(95)
    cases = [(0, 100, 100), (0, 30, 1), (2, 50, 20)]
    cases += [(int(rng.integers(0, 3)), int(rng.integers(20, 300)), int(rng.integers(2, 500)))
              for _ in range(3)]  # fmt: skip
    for hits, attempts, tries in cases:
        expect_close(
            submission.function("attacker")(hits, attempts, tries),
            float(at_least_once(proportions.upper_limit(hits, attempts), tries)),
            inputs=f"attacker({hits}, {attempts}, {tries})",
            tolerance=CLOSE,
            message="The attacker's chance may be another one.",
        )
    return "A clean test of 100 leaves an attacker with 100 tries up to 95 %."
