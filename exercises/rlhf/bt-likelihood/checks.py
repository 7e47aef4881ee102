"""Is it the Bradley–Terry log-likelihood, is it safe far out, and does its gradient climb it?"""

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close, is_number
from proxygap.grading.display import describe
from proxygap.simulations._reward_model import sigmoid

CLOSE = 1e-9


def right_value(weights, chosen, rejected):
    return float(-np.logaddexp(0, -((chosen - rejected) @ weights)).mean())


def right_gradient(weights, chosen, rejected):
    difference = chosen - rejected
    return (sigmoid(-(difference @ weights))[:, None] * difference).mean(axis=0)


def in_short(numbers):
    shown = ", ".join(f"{number:.4g}" for number in list(numbers)[:6])
    return f"[{shown}{', …' if len(numbers) > 6 else ''}]"


def drawn(rng, comparisons, features=3, spread=1.0):
    chosen, rejected = rng.normal(size=(2, comparisons, features))
    return rng.normal(size=features) * spread, chosen, rejected


def inputs_of(weights, chosen, rejected):
    if len(chosen) == 1:
        one, other = in_short(chosen[0]), in_short(rejected[0])
        return f"weights {in_short(weights)}, chosen [{one}], rejected [{other}]"
    return f"weights {in_short(weights)}, {len(chosen)} comparisons"


def expect_value(submission, weights, chosen, rejected, message):
    answer = submission.function("log_likelihood")(weights.copy(), chosen.copy(), rejected.copy())
    right = right_value(weights, chosen, rejected)
    inputs = inputs_of(weights, chosen, rejected)
    expect_close(answer, right, inputs=inputs, tolerance=CLOSE * (1 + abs(right)), message=message)
    return right


def found_gradient(submission, weights, chosen, rejected):
    """Return the submission's gradient, once it is known to be F finite numbers."""
    answer = submission.function("gradient")(weights.copy(), chosen.copy(), rejected.copy())
    is_array = type(answer) is np.ndarray and answer.shape == weights.shape
    expect(
        is_array and all(is_number(number) for number in answer.tolist()),
        "gradient must return one finite number for each weight.",
        inputs=inputs_of(weights, chosen, rejected),
        got=in_short(answer.tolist()) if is_array else describe(answer),
        expected=f"a NumPy array of shape {weights.shape}",
    )
    return answer.astype(float)


def expect_gradient(submission, weights, chosen, rejected, message):
    answer = found_gradient(submission, weights, chosen, rejected)
    right = right_gradient(weights, chosen, rejected)
    expect(
        bool(np.abs(answer - right).max() <= CLOSE * (1 + np.abs(right).max())),
        message,
        inputs=inputs_of(weights, chosen, rejected),
        got=in_short(answer),
        expected=in_short(right),
    )


@check(
    "One choice",
    hint="Multiply features and weights and add up: that is a reply's score. Take the chosen "
    "reply's score less the other one's, then σ, then the log.",
)
def one_choice(submission):
    message = "The log-chance of a single choice is another number."
    one = (np.array([0.5]), np.array([[3.0]]), np.array([[1.0]]))
    expect_value(submission, *one, message)
    rng = np.random.default_rng(61)
    for features in (1, 2, 5):
        expect_value(submission, *drawn(rng, 1, features), message)


@check(
    "Many choices: the mean of the logs",
    hint="Each comparison has a log of its own; take the mean of these. The log of a mean chance "
    "is something else, and a sum would grow with the number of comparisons.",
)
def many_choices(submission):
    rng = np.random.default_rng(62)
    for comparisons in (2, 7, 40):
        message = "The mean log-chance of several choices is another number."
        expect_value(submission, *drawn(rng, comparisons), message)


@check(
    "A choice that was next to impossible",
    hint="If the rejected reply leads by 1,000, the chance is exp(−1000). A computer rounds that "
    "to 0, and the log of 0 is no number. But log σ(z) = −log(1 + exp(−z)), and np.logaddexp(0, "
    "−z) is that logarithm without the rounding.",
)
def far_out(submission):
    message = "However surprising the choice, its log-chance is a finite number."
    for lead in (-1000.0, -50.0, 50.0, 1000.0):
        far = (np.array([lead]), np.array([[1.0]]), np.array([[0.0]]))
        expect_value(submission, *far, message)


@check(
    "The gradient of one choice",
    hint="The pull of a comparison is the difference of the features, chosen less rejected, times "
    "how surprising the choice was: 1 − σ(lead).",
)
def one_gradient(submission):
    message = "A single choice pulls the weights in another way."
    one = (np.array([0.5]), np.array([[3.0]]), np.array([[1.0]]))
    expect_gradient(submission, *one, message)
    rng = np.random.default_rng(64)
    for features in (2, 5):
        expect_gradient(submission, *drawn(rng, 1, features), message)


@check(
    "The gradient is the slope of the log-likelihood",
    hint="It belongs to the mean, so it is a mean over comparisons, too. Nudge a weight by a "
    "little and see how your log_likelihood changes: that is the gradient. With a lead of 1,000 "
    "either way it is finite like any other.",
)
def slope(submission):
    rng = np.random.default_rng(65)
    for comparisons, spread in ((3, 1.0), (25, 1.0), (25, 600.0)):
        message = "The log-likelihood has another slope here."
        expect_gradient(submission, *drawn(rng, comparisons, 4, spread), message)


@check(
    "Climbing it, the rater's taste comes out",
    hint="The check draws 4,000 choices by a rater with a known taste, starts from weights of 0 "
    "and goes uphill 300 times by your gradient. Where it ends, the gradient must be 0.",
)
def climbing(submission):
    rng = np.random.default_rng(66)
    taste = np.array([1.0, -0.5, 0.0, 0.8])
    pairs = rng.normal(size=(2, 4000, 4))
    first = rng.random(4000) < sigmoid((pairs[0] - pairs[1]) @ taste)
    chosen = np.where(first[:, None], pairs[0], pairs[1])
    rejected = np.where(first[:, None], pairs[1], pairs[0])
    weights = np.zeros(4)
    for _ in range(300):
        weights = weights + found_gradient(submission, weights, chosen, rejected)
    best = np.zeros(4)
    for _ in range(300):
        best = best + right_gradient(best, chosen, rejected)
    expect(
        bool(np.abs(weights - best).max() < 1e-6),
        "Going uphill by your gradient ends somewhere else.",
        inputs="4,000 choices by a rater with taste [1, -0.5, 0, 0.8]",
        got=in_short(weights),
        expected=in_short(best),
    )
    return f"The rater's taste was {in_short(taste)}; the choices say {in_short(weights.round(2))}."
