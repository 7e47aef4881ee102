"""Is it the distribution of best-of-n, with ties, and its divergence from the base?"""

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close, is_number
from proxygap.grading.display import describe
from proxygap.simulations._order_statistics import best_of_n, kl, kl_bound

CLOSE = 1e-9
ROUNDS = 6


def in_short(numbers):
    shown = ", ".join(f"{number:.4g}" for number in numbers[:6])
    return f"[{shown}{', …' if len(numbers) > 6 else ''}]"


def call(base, reward, n):
    return f"base {in_short(base)}, reward {in_short(reward)}, n = {n}"


def kept(submission, base, reward, n):
    """Return what the submission's `chosen` answers, once it is known to be K numbers."""
    answer = submission.function("chosen")(base.copy(), reward.copy(), n)
    is_array = type(answer) is np.ndarray and answer.shape == base.shape
    expect(
        is_array and all(is_number(number) for number in answer.tolist()),
        "chosen must return one finite probability for each answer.",
        inputs=call(base, reward, n),
        got=in_short(answer.tolist()) if is_array else describe(answer),
        expected=f"a NumPy array of shape {base.shape}",
    )
    return answer.astype(float)


def expect_kept(submission, base, reward, n, message):
    answer = kept(submission, base, reward, n)
    right = best_of_n(base, reward, n)
    expect(
        bool(np.abs(answer - right).max() <= CLOSE),
        message,
        inputs=call(base, reward, n),
        got=in_short(answer),
        expected=in_short(right),
    )


def expect_divergence(submission, base, reward, n, message):
    answer = submission.function("divergence")(base.copy(), reward.copy(), n)
    right = kl(best_of_n(base, reward, n), base)
    expect_close(answer, right, inputs=call(base, reward, n), tolerance=1e-7, message=message)
    return right


def fresh(rng, answers, levels=None):
    """Return a base and rewards: all different, or of so many levels that some tie."""
    base = rng.dirichlet(np.full(answers, 2.0))
    different = rng.permutation(answers) + rng.random(answers) / 2
    return base, different if levels is None else rng.integers(0, levels, answers).astype(float)


@check(
    "The better of two draws",
    hint="The poorer answer is kept only if every draw is the poorer answer. What is left is kept "
    "for the better one.",
)
def better_of_two(submission):
    base, reward = np.array([0.75, 0.25]), np.array([0.0, 1.0])
    for n in (1, 2, 5):
        expect_kept(submission, base, reward, n, "Two answers are kept with other probabilities.")


@check(
    "Any number of answers, in any order",
    hint="An answer is kept if all draws are at most as good as it, but not all are worse. Which "
    "answers are worse is a matter of their rewards, not of their places in the array.",
)
def any_order(submission):
    rng = np.random.default_rng(71)
    for _ in range(ROUNDS):
        n = int(rng.integers(2, 30))
        base, reward = fresh(rng, int(rng.integers(3, 9)))
        expect_kept(
            submission, base, reward, n, "One of the answers is kept too often or too rarely."
        )


@check(
    "Answers that tie share by chance",
    hint="Work out how likely it is that the kept answer has this reward at all. Then share that "
    "among the answers with this reward, in proportion to how often each is drawn.",
)
def ties(submission):
    rng = np.random.default_rng(72)
    for _ in range(ROUNDS):
        n = int(rng.integers(2, 12))
        base, reward = fresh(rng, int(rng.integers(4, 9)), levels=3)
        expect_kept(submission, base, reward, n, "Among tied answers, one is kept at random.")


@check(
    "The divergence is that of this distribution from the base",
    hint="Sum kept · log(kept / base) over the answers: first the policy, then the base. The "
    "formula log n − (n − 1)/n is the most that it can be, not what it is.",
)
def true_divergence(submission):
    rng = np.random.default_rng(73)
    least = 1.0
    for levels in (None, 3, 2, 4):
        n = int(rng.integers(2, 9))
        base, reward = fresh(rng, 8, levels)
        right = expect_divergence(submission, base, reward, n, "The divergence is another number.")
        least = min(least, right / float(kl_bound(n)))
    return f"It was as little as {100 * least:.0f} % of log n − (n − 1)/n."


@check(
    "60,000 draws",
    hint="With so many draws a poor answer is kept with a probability that a computer rounds to 0. "
    "An answer that is never kept adds nothing to the sum; 0 · log 0 is not a number to NumPy.",
)
def many_draws(submission):
    rng = np.random.default_rng(74)
    for levels in (None, 5):
        base, reward = fresh(rng, 12, levels)
        message = "With many draws the divergence is a finite number like any other."
        right = expect_divergence(submission, base, reward, 60_000, message)
    return f"12 answers, 60,000 draws: {right:.2f} nats. The formula says {kl_bound(60_000):.2f}."
