"""Is the worth of best-of-n exact, and is its peak found?"""

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close, is_number
from proxygap.grading.display import describe
from proxygap.simulations._noisy_scores import TAILS
from proxygap.simulations._order_statistics import best_of_n

CLOSE = 1e-8
SIZES = [2**k for k in range(13)]  # 1 to 4,096


def right_worth(score, truth, n):
    base = np.full(len(score), 1 / len(score))
    return float(best_of_n(base, score, n) @ truth)


def right_peak(score, truth):
    return max(SIZES, key=lambda n: right_worth(score, truth, n))


def in_short(numbers):
    shown = ", ".join(f"{number:.3g}" for number in numbers[:5])
    return f"[{shown}{', …' if len(numbers) > 5 else ''}]"


def expect_worth(submission, score, truth, n, message):
    answer = submission.function("worth")(score.copy(), truth.copy(), n)
    inputs = f"score {in_short(score)}, truth {in_short(truth)}, n = {n}"
    right = right_worth(score, truth, n)
    expect_close(answer, right, inputs=inputs, tolerance=CLOSE, message=message)


def expect_peak(submission, score, truth, *, what):
    answer = submission.function("where_it_peaks")(score.copy(), truth.copy(), list(SIZES))
    right = right_peak(score, truth)
    expect(
        is_number(answer) and answer == right,
        "Another n is worth more.",
        inputs=f"{what}, sizes {in_short(SIZES)}",
        got=str(answer) if is_number(answer) else describe(answer),
        expected=f"{right}, where the worth is {right_worth(score, truth, right):.3g}",
    )
    return right


def scored(rng, tail, answers):
    truth = rng.normal(size=answers)
    return truth + TAILS[tail].draw(rng, (answers,)), truth


@check(
    "One draw is no choice",
    hint="With n = 1 the score has no say. Every answer is as likely as any other.",
)
def one_draw(submission):
    rng = np.random.default_rng(81)
    score, truth = scored(rng, "gaussian", 7)
    message = "With one draw the worth is the mean true value of all answers."
    expect_worth(submission, score, truth, 1, message)


@check(
    "The worth of the best of n, by hand",
    hint="The best of n draws is an answer or a poorer one with probability (share of answers "
    "scored at most as high) to the power n. Draws are with replacement: the same answer may come "
    "twice.",
)
def by_hand(submission):
    score, truth = np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.0, -1.0])
    for n in (2, 3):
        expect_worth(submission, score, truth, n, "Three answers are worth another number.")


@check(
    "Any scores, in any order",
    hint="The place of an answer in the array says nothing. Sort by the score and take the true "
    "values along, or ask for each answer how many are scored lower.",
)
def any_order(submission):
    rng = np.random.default_rng(82)
    for n in (2, 5, 17, 1000):
        score, truth = scored(rng, "t3", int(rng.integers(20, 60)))
        expect_worth(submission, score, truth, n, "The worth is another number.")


@check(
    "Answers with the same score share by chance",
    hint="Work out how likely it is that the best score has this value. What such an answer is "
    "worth is the mean over all answers that have it.",
)
def ties(submission):
    rng = np.random.default_rng(83)
    for n in (2, 6, 40):
        score = rng.integers(1, 6, 30).astype(float)  # five stars
        truth = score + rng.normal(size=30)
        expect_worth(submission, score, truth, n, "Five stars, thirty answers: many tie.")


@check(
    "The n where truth is highest",
    hint="Work out the worth at every size and take the largest. Stopping where it first falls is "
    "not enough: it may rise again.",
)
def the_peak(submission):
    rng = np.random.default_rng(84)
    found = {}
    for tail in ("t2", "bounded", "t3"):
        score, truth = scored(rng, tail, 3000)
        what = f"3,000 answers, errors: {TAILS[tail].label}"
        found[tail] = expect_peak(submission, score, truth, what=what)
    # Good answers, then poor ones, then very good ones: the worth falls before it peaks.
    score = np.arange(1000.0)
    truth = np.where(score < 700, 0.0, np.where(score < 990, -1.0, 5.0))
    shuffled = rng.permutation(1000)
    what = "1,000 answers, the top 1 % excellent, those below them poor"
    expect_peak(submission, score[shuffled], truth[shuffled], what=what)
    return (
        f"With heavy-tailed errors at n = {found['t2']}, with bounded ones at {found['bounded']}."
    )
