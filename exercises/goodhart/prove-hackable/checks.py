"""Is every pair a proof, is one found wherever there is one, and None only where there is none?"""

import numpy as np

from proxygap.grading.authoring import check, expect, is_number
from proxygap.grading.display import describe, show
from proxygap.simulations._occupancy import deterministic, hackable, witness
from proxygap.simulations.hackability import PUBLISHED

ROUNDING = 1e-12  # a proof must rest on more than the last digits
NEARLY_PARALLEL = 0.01  # radians


def weights(numbers):
    shown = ", ".join(f"{number:.3g}" for number in np.asarray(numbers).tolist())
    return f"({shown})".replace("-", "−")


def task(wanted, paid):
    return f"wanted {weights(wanted)}, paid {weights(paid)}"


def change(reward, before, after):
    """Return what `reward` gains, 0 where only rounding differs."""
    gained = float((after - before) @ reward)
    return gained if abs(gained) > ROUNDING * np.linalg.norm(reward) else 0.0


def expect_proof(wanted, paid, before, after, inputs):
    pay, worth = change(paid, before, after), change(wanted, before, after)
    expect(
        pay > 0 and worth < 0,
        "These two policies prove nothing.",
        inputs=inputs,
        got=f"pay changes by {pay:.3g}, worth by {worth:.3g}".replace("-", "−"),
        expected="pay rises and worth falls, both strictly",
    )


def rows(answer, count, inputs):
    """Return the two row numbers that `answer` must be."""
    fine = type(answer) in (tuple, list, np.ndarray) and len(answer) == 2
    expect(
        fine and all(is_number(n) and float(n) in range(count) for n in answer),
        "find_pair must return two row numbers, or None.",
        inputs=inputs,
        got=show(answer) if fine else describe(answer),
        expected=f"two whole numbers from 0 to {count - 1}",
    )
    return int(answer[0]), int(answer[1])


def expect_pair(submission, wanted, paid, policies, what):
    """Expect a proof from `find_pair` where there is one and None where there is none."""
    inputs = f"{task(wanted, paid)}; {what}"
    answer = submission.function("find_pair")(wanted.copy(), paid.copy(), policies.copy())
    if hackable(paid, wanted, policies):
        expect(answer is not None, "There is such a pair, and it was not found.", inputs=inputs,
               got="None", expected="two row numbers")  # fmt: skip
        i, j = rows(answer, len(policies), inputs)
        expect_proof(wanted, paid, policies[i], policies[j], inputs)
    else:
        expect(answer is None, "There is no such pair.", inputs=inputs,
               got=show(answer), expected="None")  # fmt: skip


def policy(answer, count, inputs):
    """Return the policy, shape (count,), that `answer` must be."""
    fine = type(answer) in (tuple, list, np.ndarray) and len(answer) == count
    expect(
        fine and all(map(is_number, answer)),
        "A policy is one number a room.",
        inputs=inputs,
        got=show(answer) if fine else describe(answer),
        expected=f"{count} finite numbers",
    )
    found = np.array([float(number) for number in answer])
    expect(
        found.min() >= -ROUNDING and found.max() <= 1 + ROUNDING,
        "A room cannot be cleaned less than never or more than always.",
        inputs=inputs,
        got=f"frequencies {weights(found)}",
        expected="frequencies from 0 to 1",
    )
    return found


def expect_proven(submission, wanted, paid):
    """Expect a proof from `prove` where there is one and None where there is none."""
    inputs = f"prove: {task(wanted, paid)}"
    answer = submission.function("prove")(wanted.copy(), paid.copy())
    if witness(paid, wanted) is None:
        expect(answer is None, "No two policies can prove this pair hackable.", inputs=inputs,
               got=show(answer), expected="None")  # fmt: skip
        return
    expect(answer is not None, "With coins there is a proof.", inputs=inputs,
           got="None", expected="two policies: before, after")  # fmt: skip
    fine = type(answer) in (tuple, list, np.ndarray) and len(answer) == 2
    expect(fine, "prove must return two policies, or None.", inputs=inputs,
           got=describe(answer), expected="two policies: before, after")  # fmt: skip
    before, after = (policy(one, len(paid), inputs) for one in answer)
    expect_proof(wanted, paid, before, after, inputs)


@check(
    "A pair of fixed sets of rooms, by hand",
    hint="Work out pay and worth of each row. Then ask of every two rows: does the pay rise from "
    "the first to the second, and does the worth fall?",
)
def by_hand(submission):
    expect_pair(submission, np.ones(3), np.array([1.0, 0.0, 0.0]), deterministic(3),
                "the eight sets of rooms")  # fmt: skip


@check(
    "A pair among any policies",
    hint="Every row may be the one before and every row the one after, also rows that are far "
    "apart in the list.",
)
def any_policies(submission):
    rng = np.random.default_rng(31)
    expect_pair(submission, np.array([1.0, 1.5, 3.0]), np.ones(3), deterministic(3),
                "the eight sets of rooms")  # fmt: skip
    for _ in range(12):
        rooms, count = rng.integers(2, 5), rng.integers(3, 9)
        wanted, paid = rng.normal(size=(2, rooms))
        policies = rng.random((count, rooms))
        expect_pair(submission, wanted, paid, policies, f"{count} policies drawn at random")
        expect_pair(submission, wanted, 2 * wanted, policies, f"{count} policies drawn at random")


@check(
    "Equal is neither more nor less",
    hint="Going from rooms one, two and three to rooms one and two costs worth, but does not pay "
    "more where the third room is not paid for.",
)
def ties(submission):
    for wanted, paid in (PUBLISHED[0], PUBLISHED[2]):
        expect_pair(submission, np.array(wanted), np.array(paid), deterministic(3),
                    "the eight sets of rooms")  # fmt: skip
    expect_pair(submission, np.ones(3), np.zeros(3), deterministic(3), "the eight sets of rooms")


@check(
    "With coins, the published pairs are all hackable",
    hint="Start in the middle, at one half for each room, where you can go in any direction. Which "
    "change has a positive sum with the paid weights and a negative one with the wanted weights?",
)
def coins(submission):
    for wanted, paid in PUBLISHED:
        expect_proven(submission, np.array(wanted), np.array(paid))
    return "All four are proven, two of which no fixed set of rooms could prove."


@check(
    "None where nothing can be proven, and only there",
    hint="When do two rewards rank all policies alike? One may be in other units. And what "
    "if one of them pays nothing at all? Opposite rewards are another matter.",
)
def nothing_to_prove(submission):
    wanted = np.random.default_rng(32).normal(size=4)
    for factor in (1.0, 2.0, 0.125):
        expect_proven(submission, wanted, factor * wanted)
    for nothing in ((wanted, np.zeros(4)), (np.zeros(4), wanted)):
        expect_proven(submission, *nothing)
    expect_proven(submission, wanted, -wanted)


@check(
    "Any two rewards, in any units, however alike",
    hint="Weights may be in thousands for one reward and in thousandths for the other: bring both "
    "to length 1 before you compare them. Where they are nearly alike, luck will not find a proof.",
)
def any_pair(submission):
    rng = np.random.default_rng(33)
    for _ in range(30):
        rooms = rng.integers(2, 7)
        first, second = np.linalg.qr(rng.normal(size=(rooms, 2)))[0].T
        angle = rng.choice([NEARLY_PARALLEL, rng.uniform(0.1, 3.1)])
        units = 10.0 ** rng.uniform(-3, 3, 2)
        paid = np.cos(angle) * first + np.sin(angle) * second
        expect_proven(submission, units[0] * first, units[1] * paid)
    return "All 30 were proven, from nearly the same reward to nearly its opposite."
