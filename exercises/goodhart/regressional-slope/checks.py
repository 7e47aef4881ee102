"""Is the share of a score that is value right: in theory, for one score, and in data?"""

import numpy as np

from proxygap.grading.authoring import check, expect_close
from proxygap.simulations._answer_graph import draw, graph
from proxygap.simulations.goodhart_kinds import slope


def expect_share(submission, sd_value, sd_error, message):
    expect_close(
        submission.function("believable")(sd_value, sd_error),
        sd_value**2 / (sd_value**2 + sd_error**2),
        inputs=f"believable({sd_value:.4g}, {sd_error:.4g})",
        message=message,
    )


def expect_value(submission, score, mean_value, mean_error, share):
    named = {"score": score, "mean_value": mean_value, "mean_error": mean_error, "share": share}
    right = mean_value + share * (score - mean_value - mean_error)
    expect_close(
        submission.function("expected_value")(score, mean_value, mean_error, share),
        right,
        inputs=", ".join(f"{name} = {number:.4g}" for name, number in named.items()),
        tolerance=1e-6,
        message="An answer with this score is worth something else on average.",
    )


def expect_measured(submission, scores, values, what):
    right = slope(scores, values)
    expect_close(
        submission.function("share_in_data")(scores.copy(), values.copy()),
        right,
        inputs=what,
        tolerance=1e-7,
        message="The past cases show another share.",
    )
    return right


@check(
    "How much is believable, by hand",
    hint="Independent errors add up by their variances. The share is the variance of the value in "
    "the variance of the score.",
)
def by_hand(submission):
    message = "This share of a difference in score is not value."
    rng = np.random.default_rng(91)
    expect_share(submission, 3.0, 4.0, message)
    for sd_value, sd_error in rng.uniform(0.2, 5, (5, 2)).tolist():
        expect_share(submission, sd_value, sd_error, message)


@check(
    "A score without error is believed, pure noise is not",
    hint="Put 0 in for one of the two standard deviations.",
)
def limits(submission):
    expect_share(submission, 2.0, 0.0, "Without errors the whole difference is value.")
    expect_share(submission, 0.0, 2.0, "Where all values are equal, no difference is value.")


@check(
    "What one score is worth",
    hint="First ask what score to expect of an average answer: its value and its error. Only the "
    "surprise, what lies above that, is shrunk.",
)
def one_score(submission):
    expect_value(submission, 70.0, 50.0, 0.0, 0.36)
    rng = np.random.default_rng(92)
    for _ in range(5):
        score, mean_value, mean_error = rng.uniform(-20, 90, 3).tolist()
        expect_value(submission, score, mean_value, mean_error, float(rng.uniform(0.05, 0.95)))


@check(
    "The share in past cases",
    hint="Fit a straight line of the value on the score, not of the score on the value. Means that "
    "are not 0 must not matter.",
)
def in_data(submission):
    found = []
    for seed, noise, shift in ((93, 0.5, 4.0), (94, 1.0, -7.0), (95, 2.0, 50.0)):
        drawn = draw(graph(noise), 4000, np.random.default_rng(seed))
        what = f"4,000 cases, errors {noise:g} times as large as values differ, mean {shift:g}"
        scores, values = drawn["mark"] + shift + 1, drawn["value"] + shift
        found.append(expect_measured(submission, scores, values, what))
    return "Measured: " + ", ".join(f"{share:.2f}" for share in found) + "."


@check(
    "The top of a list, predicted",
    hint="Use your three functions one after the other: measure the share in past cases, then work "
    "out what the top scorers among new ones are worth. The errors' mean may differ from 0.",
)
def the_top(submission):
    rng = np.random.default_rng(96)
    values = 60 + 8 * rng.normal(size=50_000)
    scores = values + 3 + 6 * rng.normal(size=50_000)
    past, new = slice(0, 25_000), slice(25_000, None)
    share = submission.function("share_in_data")(scores[past].copy(), values[past].copy())
    top = np.argsort(scores[new])[-250:]
    predict = submission.function("expected_value")
    predicted = [predict(score, 60.0, 3.0, share) for score in scores[new][top].tolist()]
    real = float(values[new][top].mean())
    expect_close(
        float(np.mean(predicted)),
        real,
        inputs="25,000 past cases, then the top 250 of 25,000 new ones",
        # The values of 250 answers differ by 4.8 at a given score: five standard errors of a mean.
        tolerance=5 * 4.8 / 250**0.5,
        message="The top scorers are worth something else.",
    )
    looks = float(scores[new][top].mean())
    return f"The top 1 % score {looks:.0f} and are worth {real:.0f}."
