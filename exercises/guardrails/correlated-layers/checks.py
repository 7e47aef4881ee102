"""Are joint misses counted, bounded and made as the copula makes them?"""

from math import sqrt

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close
from proxygap.simulations._detection import joint_miss

MANY = 100_000


def drawn_table(seed, layers=3, n=400):
    rng = np.random.default_rng(seed)
    return rng.random((layers, n)) < rng.uniform(0.1, 0.9, (layers, 1)) * rng.random(n)


def table_of(submission, miss, layers, correlation, seed):
    """Return the learner's table; a sentence where it is none."""
    got = submission.function("simulate")(
        miss, layers, correlation, MANY, np.random.default_rng(seed)
    )
    shape = (layers, MANY)
    inputs = f"simulate({miss}, {layers}, {correlation}, {MANY}, rng)"
    right = type(got) is np.ndarray and got.shape == shape and got.dtype == bool
    expect(right, f"A NumPy array of True and False of shape {shape} was expected.",
           inputs=inputs, got=str(getattr(got, "shape", type(got).__name__)),
           expected=str(shape))  # fmt: skip
    return got, inputs


def expect_share(got, expected, inputs, message):
    # Five standard errors of a share among so many independent requests.
    tolerance = 5 * sqrt(max(expected * (1 - expected), 1e-9) / MANY)
    expect_close(float(got), expected, inputs=inputs, tolerance=tolerance, message=message)


@check(
    "What passes all layers",
    hint="Go through the table request by request, not layer by layer: a column counts if all of "
    "its entries are True.",
)
def counted(submission):
    by_hand = np.zeros((2, 10), dtype=bool)
    by_hand[0, :2] = by_hand[1, 1:3] = True
    for table, what in ((by_hand, "the table by hand"), *((drawn_table(seed, n), f"{n} layers")
                        for seed, n in ((1, 3), (2, 1), (3, 5)))):  # fmt: skip
        expect_close(
            submission.function("all_miss")(table.copy()),
            float(table.all(axis=0).mean()),
            inputs=what,
            message="Another share of the requests passes all layers.",
        )


@check(
    "What independent layers would miss",
    hint="Each layer's own share is the mean of its row. Independent chances multiply.",
)
def multiplied(submission):
    for seed, layers in ((4, 2), (5, 3), (6, 4)):
        table = drawn_table(seed, layers)
        expect_close(
            submission.function("if_independent")(table.copy()),
            float(table.mean(axis=1).prod()),
            inputs=f"a table of {layers} layers and 400 requests",
            message="Independent layers would miss another share.",
        )


@check(
    "What is possible at all",
    hint="All miss at most what the best layer misses. For the lowest share, give every request "
    "to as few layers as you can: what they catch adds up, and once it reaches 1, nothing passes.",
)
def bounded(submission):
    rng = np.random.default_rng(7)
    cases = [[0.6, 0.7], [0.1, 0.1, 0.1], [0.9, 0.8, 0.95], [1.0, 0.4], [0.25]]
    cases += [rng.uniform(0.5, 1, 3).round(3).tolist() for _ in range(4)]
    for misses in cases:
        got = submission.function("limits")(list(misses))
        inputs = f"limits({misses})"
        expect(type(got) is tuple and len(got) == 2, "Two numbers were expected: (low, high).",
               inputs=inputs, got=got)  # fmt: skip
        low = max(0.0, 1 - sum(1 - miss for miss in misses))
        expect_close(got[0], low, inputs=inputs, message="The lowest share is another one.")
        expect_close(got[1], min(misses), inputs=inputs, message="The highest share is another.")


@check(
    "Every layer misses its share",
    hint="The common part and the own part must add up to a variance of 1: weigh them by the "
    "square roots of the correlation and of what is left of 1.",
)
def margins(submission):
    for miss, correlation, seed in ((0.1, 0.6, 8), (0.3, 0.0, 9), (0.2, 1.0, 10)):
        table, inputs = table_of(submission, miss, 3, correlation, seed)
        for row in table:
            expect_share(row.mean(), miss, inputs, "A layer misses another share of the requests.")


@check(
    "The layers fail together as they should",
    hint="Draw one common part for each request and use it in every layer; the own parts are "
    "drawn anew for each layer. Any two scores then share the common part's variance.",
)
def together(submission):
    found = []
    for correlation, seed in ((0.0, 11), (0.3, 12), (0.6, 13), (0.9, 14), (1.0, 15)):
        table, inputs = table_of(submission, 0.1, 3, correlation, seed)
        share = table.all(axis=0).mean()
        right = joint_miss((0.1,) * 3, correlation)
        expect_share(share, right, inputs, "All three layers miss another share together.")
        found.append(f"{100 * share:.1f} % at {correlation:g}")
    return "Three layers that miss 10 % each: " + ", ".join(found) + "."


@check(
    "Every draw is a new one",
    hint="Use the rng that you are given, and no other source of chance.",
)
def drawn(submission):
    first, inputs = table_of(submission, 0.3, 2, 0.5, 16)
    again, _ = table_of(submission, 0.3, 2, 0.5, 16)
    other, _ = table_of(submission, 0.3, 2, 0.5, 17)
    expect(bool((first == again).all()), "The same rng must give the same table.",
           inputs=inputs, got="two different tables", expected="one table")  # fmt: skip
    expect(not bool((first == other).all()), "Another rng must give another table.",
           inputs=inputs, got="the same table twice", expected="two tables")  # fmt: skip
