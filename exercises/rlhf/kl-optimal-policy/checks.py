"""Is it the best policy at a price, what is it worth, and which price keeps it on a leash?"""

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close, is_number
from proxygap.grading.display import describe
from proxygap.simulations._order_statistics import kl
from proxygap.simulations._overoptimisation import tilt

CLOSE = 1e-9


def in_short(numbers):
    shown = ", ".join(f"{number:.4g}" for number in list(numbers)[:6])
    return f"[{shown}{', …' if len(numbers) > 6 else ''}]"


def call(reference, reward, beta):
    return f"reference {in_short(reference)}, reward {in_short(reward)}, beta = {beta:g}"


def found(submission, reference, reward, beta):
    """Return the submission's policy, once it is known to be K finite numbers."""
    answer = submission.function("best_policy")(reference.copy(), reward.copy(), beta)
    is_array = type(answer) is np.ndarray and answer.shape == reference.shape
    expect(
        is_array and all(is_number(number) for number in answer.tolist()),
        "best_policy must return one finite probability for each reply.",
        inputs=call(reference, reward, beta),
        got=in_short(answer.tolist()) if is_array else describe(answer),
        expected=f"a NumPy array of shape {reference.shape}",
    )
    return answer.astype(float)


def expect_policy(submission, reference, reward, beta, message):
    answer = found(submission, reference, reward, beta)
    right = tilt(reference, reward, 1 / beta)
    expect(
        bool(np.abs(answer - right).max() <= CLOSE),
        message,
        inputs=call(reference, reward, beta),
        got=in_short(answer),
        expected=in_short(right),
    )


def expect_value(submission, policy, case, message):
    reference, reward, beta = case
    expect_close(
        submission.function("divergence")(policy.copy(), reference.copy()),
        kl(policy, reference),
        inputs=f"policy {in_short(policy)}, reference {in_short(reference)}",
        tolerance=CLOSE,
        message="The policy is another distance away from the reference.",
    )
    right = float(policy @ reward - beta * kl(policy, reference))
    expect_close(
        submission.function("value")(policy.copy(), reference.copy(), reward.copy(), beta),
        right,
        inputs=f"policy {in_short(policy)}, {call(reference, reward, beta)}",
        tolerance=CLOSE * (1 + abs(right)),
        message=message,
    )


def fresh(rng, replies):
    return rng.dirichlet(np.full(replies, 2.0)), rng.normal(size=replies)


@check(
    "Two replies",
    hint="Multiply each probability of the reference by exp(reward / beta), then divide by the "
    "sum. A dearer nat, a larger beta, must leave the policy nearer to the reference.",
)
def two_replies(submission):
    message = "At this price the best of two replies has another probability."
    even, uneven = np.array([0.5, 0.5]), np.array([0.9, 0.1])
    expect_policy(submission, even, np.array([1.0, 0.0]), 0.5, message)
    for beta in (0.3, 2.0):
        expect_policy(submission, uneven, np.array([0.0, 1.0]), beta, message)


@check(
    "Any number of replies, some of which the reference never gives",
    hint="What the reference never gives stays at 0, however good it would be: moving there "
    "would cost infinitely many nats. The highest reward among such replies must not matter.",
)
def any_number(submission):
    rng = np.random.default_rng(51)
    for replies in (3, 5, 9):
        reference, reward = fresh(rng, replies)
        expect_policy(submission, reference, reward, 0.4, "One of the replies is too likely.")
        reference[0], reward[0] = 0.0, 9.0
        reference /= reference.sum()
        message = "A reply that the reference never gives stays out."
        expect_policy(submission, reference, reward, 0.4, message)


@check(
    "A very cheap nat",
    hint="With a small beta exp(reward / beta) is larger than a computer can hold. Adding the same "
    "number to all rewards changes nothing about the policy, so take off the highest first: the "
    "highest of the replies that can be given at all.",
)
def cheap(submission):
    rng = np.random.default_rng(52)
    for beta in (1e-3, 1e-5):
        reference, reward = fresh(rng, 6)
        message = "When a nat is cheap, the best reply takes nearly everything."
        expect_policy(submission, reference, reward + 3, beta, message)
        reference[0], reward[0] = 0.0, 9.0
        reference /= reference.sum()
        message = "A reply that cannot be given must not push the others out of range."
        expect_policy(submission, reference, reward, beta, message)


@check(
    "What any policy is worth",
    hint="The divergence is the sum of policy · log(policy / reference): first the policy, then "
    "the reference. A reply that the policy never gives adds nothing. The value is the mean "
    "reward less beta times that.",
)
def worth(submission):
    rng = np.random.default_rng(53)
    for replies in (2, 4, 8):
        reference, reward = fresh(rng, replies)
        message = "At this price the policy is worth something else."
        expect_value(submission, rng.dirichlet(np.ones(replies)), (reference, reward, 0.7), message)
        sure = np.eye(replies)[0]
        message = "A policy that never gives some replies is worth a finite number."
        expect_value(submission, sure, (reference, reward, 0.7), message)


@check(
    "Nothing beats the best policy, and it is worth β · log Z",
    hint="Use your two functions together. If another policy is worth more, look at the sign of "
    "the divergence and at where beta stands.",
)
def nothing_better(submission):
    rng = np.random.default_rng(54)
    reference, reward = fresh(rng, 6)
    beta = 0.35
    best = found(submission, reference, reward, beta)
    top = beta * float(np.log(reference @ np.exp(reward / beta)))
    expect_close(
        submission.function("value")(best.copy(), reference.copy(), reward.copy(), beta),
        top,
        inputs=call(reference, reward, beta),
        message="The best policy is worth β · log Z.",
    )
    others = rng.dirichlet(np.ones(6), 300)
    for other in others[:20]:
        expect_value(submission, other, (reference, reward, beta), "This policy is worth less.")
    close = max(float(p @ reward - beta * kl(p, reference)) for p in others)
    return f"The best of 300 others is worth {close:.2f}, yours {top:.2f}."


@check(
    "The price that keeps it on a leash",
    hint="Start from a very small and a very large beta. Try one between, and keep the half in "
    "which the divergence passes the number of nats. Geometric means halve quickest here.",
)
def leash(submission):
    rng = np.random.default_rng(55)
    for replies in (2, 5, 10):
        reference, reward = fresh(rng, replies)
        for beta in (0.15, 0.6, 3.0):
            nats = kl(tilt(reference, reward, 1 / beta), reference)
            expect_close(
                submission.function("price")(reference.copy(), reward.copy(), nats),
                beta,
                inputs=f"reference {in_short(reference)}, reward {in_short(reward)}, "
                f"nats = {nats:.4g}",
                tolerance=1e-4 * beta,
                message="At this price the best policy moves by another distance.",
            )
