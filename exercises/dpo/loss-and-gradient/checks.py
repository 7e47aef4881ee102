"""Are margin, loss and gradient DPO's, for any numbers, and does descent end where RLHF aims?"""

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close, is_number
from proxygap.grading.display import describe
from proxygap.simulations._preference_losses import Dpo
from proxygap.simulations._preference_training import log_softmax
from proxygap.simulations._reward_model import sigmoid

STEP = 1e-5  # of the finite differences: their error is far below the tolerance
BETA, REPLIES, ROUNDS = 0.8, 5, 400


def vector(answer, shape, what, inputs):
    """Return the array of finite numbers that `answer` must be."""
    fine = type(answer) is np.ndarray and answer.shape == shape and answer.dtype.kind in "fi"
    expect(
        fine and bool(np.isfinite(answer).all()),
        f"{what} must return finite numbers, one for each entry.",
        inputs=inputs,
        got=describe(answer),
        expected=f"a NumPy array of shape {shape}",
    )
    return np.array(answer, dtype=float)


def words(numbers):
    return ", ".join(f"{number:.3g}" for number in np.atleast_1d(numbers)).replace("-", "−")


def right_loss(logits, reference, chosen, rejected, beta):
    ratio = log_softmax(logits) - reference
    return float(Dpo(beta).value(ratio[chosen] - ratio[rejected]).mean())


def right_slopes(logits, reference, chosen, rejected, beta):
    """Return the gradient, by finite differences of the loss."""
    around = [
        [right_loss(logits + sign * STEP * one, reference, chosen, rejected, beta)
         for sign in (1, -1)] for one in np.eye(len(logits))
    ]  # fmt: skip
    return np.array([(up - down) / (2 * STEP) for up, down in around])


def expect_slopes(submission, task):
    logits, reference, chosen, rejected, beta = task
    first = zip(chosen[:4], rejected[:4], strict=True)
    pairs = ", ".join(f"{won} over {lost}" for won, lost in first)
    more = f" and {len(chosen) - 4} more" if len(chosen) > 4 else ""
    inputs = f"logits {words(logits)}; β = {beta:.3g}; pairs {pairs}{more}"
    answer = submission.function("gradient")(
        logits.copy(), reference.copy(), chosen.copy(), rejected.copy(), beta
    )
    got = vector(answer, logits.shape, "gradient", inputs)
    right = right_slopes(*task)
    expect(
        bool(np.abs(got - right).max() < 1e-6),
        "The loss changes with the logits in another way.",
        inputs=inputs,
        got=words(got),
        expected=words(right),
    )


def draw(rng, pairs):
    logits, other = rng.normal(size=(2, REPLIES))
    chosen = rng.integers(0, REPLIES, pairs)
    rejected = (chosen + rng.integers(1, REPLIES, pairs)) % REPLIES
    return logits, log_softmax(other), chosen, rejected, float(rng.uniform(0.1, 2))


@check(
    "The margin of a pair",
    hint="Ask of each reply by how much its log probability has risen over the reference. The gap "
    "is the difference of the two rises.",
)
def margins(submission):
    rng = np.random.default_rng(71)
    cases = [(0.5, np.array([[-1.0], [-2.0], [-2.0], [-1.0]]))]
    cases += [(rng.uniform(0.05, 2), -rng.exponential(size=(4, 3))) for _ in range(4)]
    for beta, (won, won_ref, lost, lost_ref) in cases:
        inputs = (
            f"β = {beta:.3g}; chosen {words(won)}, before {words(won_ref)}; "
            f"rejected {words(lost)}, before {words(lost_ref)}"
        )
        answer = submission.function("margin")(beta, won, won_ref, lost, lost_ref)
        got = vector(answer, won.shape, "margin", inputs)
        right = beta * (won - won_ref - lost + lost_ref)
        expect(
            bool(np.abs(got - right).max() < 1e-9),
            "The margin is another one.",
            inputs=inputs,
            got=words(got),
            expected=words(right),
        )


@check(
    "The mean loss",
    hint="−log σ(m) is log(1 + e^−m). Work it out for each pair and take the mean.",
)
def mean_loss(submission):
    rng = np.random.default_rng(72)
    for given in (np.array([1.0]), np.zeros(3), 3 * rng.normal(size=5)):
        expect_close(
            submission.function("loss")(given.copy()),
            float(Dpo(1.0).value(given).mean()),
            inputs=f"loss of the margins {words(given)}",
            message="The loss is another one.",
        )


@check(
    "No margin is too large",
    hint="e^1000 is too large for a float. NumPy has logaddexp(a, b), which works out "
    "log(e^a + e^b) without ever holding e^a.",
)
def far_out(submission):
    for far in (-1000.0, 1000.0, -60.0):
        answer = submission.function("loss")(np.array([far]))
        right = float(Dpo(1.0).value(far))
        inputs = f"loss of the margin {far:g}".replace("-", "−")
        expect(is_number(answer), "The loss must be a finite number.", inputs=inputs,
               got=describe(answer), expected=f"{right:g}")  # fmt: skip
        expect_close(answer, right, inputs=inputs, message="The loss is another one.")


@check(
    "The gradient of one pair",
    hint="By the chain rule it is the derivative by the margin, −σ(−margin), times β, for the "
    "chosen reply, and the opposite for the rejected one. A pair that is right already pulls less.",
)
def one_pair(submission):
    rng = np.random.default_rng(73)
    for _ in range(5):
        expect_slopes(submission, draw(rng, 1))


@check(
    "The gradient of many pairs",
    hint="It is the mean over the pairs. In NumPy slopes[chosen] += … adds only once for an index "
    "that comes up twice; np.add.at(slopes, chosen, …) adds each time.",
)
def many_pairs(submission):
    rng = np.random.default_rng(74)
    for pairs in (2, 8, 30):
        expect_slopes(submission, draw(rng, pairs))


@check(
    "Descent ends at the policy that RLHF aims at",
    hint="If everything above holds, so does this: it follows your gradient and looks where it "
    "ends.",
)
def descent(submission):
    rng = np.random.default_rng(75)
    reward, reference = rng.normal(size=REPLIES), log_softmax(rng.normal(size=REPLIES))
    one, other = np.triu_indices(REPLIES, 1)
    # Of 100 comparisons of each two replies as many are won as Bradley and Terry say.
    won = np.round(100 * sigmoid(reward[one] - reward[other])).astype(int)
    chosen = np.concatenate([np.repeat(one, won), np.repeat(other, 100 - won)])
    rejected = np.concatenate([np.repeat(other, won), np.repeat(one, 100 - won)])
    slopes, logits = submission.function("gradient"), reference.copy()
    for _ in range(ROUNDS):
        found = slopes(logits.copy(), reference.copy(), chosen.copy(), rejected.copy(), BETA)
        logits = logits - 10 * vector(found, logits.shape, "gradient", "a step of the descent")
    aim = np.exp(log_softmax(reference + reward / BETA))
    away = float(np.abs(np.exp(log_softmax(logits)) - aim).sum() / 2)
    expect(
        away < 0.01,
        "Descent along your gradient ends elsewhere.",
        inputs=f"{ROUNDS} steps on 1,000 comparisons of {REPLIES} replies, β = {BETA}",
        got=f"a policy that differs in {100 * away:.1f} of 100 replies",
        expected="fewer than 1 of 100 (shares of wins were rounded)",
    )
    return f"Yours and RLHF's closed form differ in {100 * away:.2f} of 100 replies."
