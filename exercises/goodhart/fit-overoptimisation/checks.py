"""Is the fit the least-squares one, and are the intervals honest and useful?"""

import math

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close, is_number
from proxygap.grading.display import describe
from proxygap.simulations._order_statistics import kl_bound
from proxygap.simulations._overoptimisation import curve, fit_curve

DISTANCE = np.sqrt(kl_bound(np.array([2.0**k for k in range(1, 10)])))
# Each study has its own truth, and its own spread of reward models round it.
TRUE = {"alpha": (0.5, 1.2), "beta": (0.2, 0.5)}
SPREAD = {"alpha": 0.3, "beta": 0.15}
SCALE = (0.3, 2.0)
MODELS, STUDIES = 20, 60
NOISE = 0.02
NAMES = ("alpha", "beta")


def study(rng):
    """Return what the judges say about reward models of one kind, (R, M), and the true means."""
    truth = {name: rng.uniform(*ends) for name, ends in TRUE.items()}
    scale = rng.uniform(*SCALE)
    golds = [
        curve(DISTANCE, *(rng.normal(truth[name], scale * SPREAD[name]) for name in NAMES))
        for _ in range(MODELS)
    ]
    return np.array(golds) + NOISE * rng.normal(size=(MODELS, len(DISTANCE))), truth


def pair(answer, what, inputs):
    """Return the two numbers that `answer` must be."""
    fine = type(answer) in (tuple, list) and len(answer) == 2 and all(map(is_number, answer))
    expect(
        fine,
        f"{what} must be two finite numbers, as in (0.8, 0.3).",
        inputs=inputs,
        got=answer if type(answer) in (tuple, list) else describe(answer),
        expected="two finite numbers",
    )
    return float(answer[0]), float(answer[1])


def expect_fit(submission, distance, gold, message):
    inputs = f"{len(distance)} points, d from {distance.min():.2f} to {distance.max():.2f}"
    got = pair(submission.function("fit")(distance.copy(), gold.copy()), "The fit", inputs)
    right = fit_curve(distance, gold)
    expect(
        math.isclose(got[0], right.alpha, abs_tol=1e-6)
        and math.isclose(got[1], right.beta, abs_tol=1e-6),
        message,
        inputs=inputs,
        got="alpha {:.4g}, beta {:.4g}".format(*got),
        expected=f"alpha {right.alpha:.4g}, beta {right.beta:.4g}",
    )


def intervals(submission, golds):
    inputs = f"{MODELS} reward models, {len(DISTANCE)} distances"
    answer = submission.function("interval")(DISTANCE.copy(), golds.copy())
    expect(
        type(answer) in (tuple, list) and len(answer) == 2,
        "interval must return two intervals: the one for alpha, then the one for beta.",
        inputs=inputs,
        got=describe(answer),
        expected="((alpha_low, alpha_high), (beta_low, beta_high))",
    )
    return [
        pair(ends, f"The interval for {name}", inputs)
        for name, ends in zip(NAMES, answer, strict=True)
    ]


@check(
    "A curve without noise is found again",
    hint="Two terms are fitted, d and −d². There is no constant: at distance 0 nothing is gained.",
)
def exact_curve(submission):
    by_hand = np.array([1.0, 2.0])
    expect_fit(submission, by_hand, np.array([1.0, 1.2]), "Two points fix alpha and beta.")
    rng = np.random.default_rng(61)
    for alpha, beta in rng.uniform(-0.2, 1.5, (4, 2)).tolist():
        message = "These points lie on a curve with other numbers."
        expect_fit(submission, DISTANCE, curve(DISTANCE, alpha, beta), message)


@check(
    "With noise, it is the least-squares fit",
    hint="All points count alike. Dividing gold by d and fitting a straight line finds the exact "
    "curve too, but gives the points near 0 more weight.",
)
def least_squares(submission):
    rng = np.random.default_rng(62)
    for _ in range(4):
        gold = curve(DISTANCE, 0.9, 0.35) + 0.1 * rng.normal(size=len(DISTANCE))
        expect_fit(submission, DISTANCE, gold, "Another curve is nearer to these points.")


@check(
    "Where gold is highest",
    hint="The slope of d · (alpha − beta · d) is alpha − 2 · beta · d. Where it is never 0 the "
    "curve never turns.",
)
def the_peak(submission):
    peak = submission.function("peak")
    rng = np.random.default_rng(63)
    for alpha, beta in [(1.4, 0.4), *rng.uniform(0.1, 1.5, (3, 2)).tolist()]:
        message = "Gold is highest elsewhere."
        inputs = f"peak({alpha:.4g}, {beta:.4g})"
        expect_close(peak(alpha, beta), alpha / (2 * beta), inputs=inputs, message=message)
    for beta in (0.0, -0.1):
        got = peak(0.8, beta)
        expect(
            type(got) in (float, np.float64) and got == math.inf,
            "Without wear, searching harder is always better.",
            inputs=f"peak(0.8, {beta:g})",
            got=got,
            expected="math.inf",
        )


@check(
    "Intervals in order, round the fit",
    hint="Each interval is (low, high). The fit to the mean of all rows lies inside it.",
)
def in_order(submission):
    golds, _ = study(np.random.default_rng(64))
    fitted = fit_curve(DISTANCE, golds.mean(axis=0))
    found = intervals(submission, golds)
    for name, (low, high), middle in zip(NAMES, found, fitted[:2], strict=True):
        expect(
            low < middle < high,
            f"The interval for {name} does not hold the fit to all reward models.",
            inputs=f"{MODELS} reward models; {name} of the fit to their mean: {middle:.3f}",
            got=f"from {low:.3f} to {high:.3f}",
            expected=f"low < {middle:.3f} < high",
        )


@check(
    "The intervals are honest",
    hint="The points of one curve come from one reward model and err together, so they are not "
    "nine independent points. What is independent is the reward models: how much do their fits "
    "differ?",
)
def honest(submission):
    rng = np.random.default_rng(65)
    hits = np.zeros(2)
    for _ in range(STUDIES):
        golds, truth = study(rng)
        found = intervals(submission, golds)
        hits += [low <= truth[name] <= high for name, (low, high) in zip(NAMES, found, strict=True)]
    for name, share in zip(NAMES, hits / STUDIES, strict=True):
        # Of intervals that hold it 93 times in 100, fewer than 80 do in one of 4,000 tests.
        expect(
            share >= 0.8,
            f"The interval for {name} misses the true mean far too often.",
            inputs=f"{STUDIES} studies of {MODELS} reward models each",
            got=f"{100 * share:.0f} % of the intervals hold it",
            expected="about 95 %",
        )
    return "{:.0f} % and {:.0f} % of the intervals hold the truth.".format(*(100 * hits / STUDIES))


@check(
    "The intervals are no wider than it takes",
    hint="The mean of 20 fits is surer than a single one: its standard error is their standard "
    "deviation divided by √20.",
)
def useful(submission):
    rng = np.random.default_rng(66)
    for _ in range(5):
        golds, _ = study(rng)
        fits = np.array([fit_curve(DISTANCE, gold)[:2] for gold in golds])
        needed = 2 * 1.96 * fits.std(axis=0, ddof=1) / math.sqrt(MODELS)
        found = intervals(submission, golds)
        for name, (low, high), width in zip(NAMES, found, needed, strict=True):
            expect(
                high - low <= 1.6 * width,
                f"The interval for {name} is wider than it has to be.",
                inputs=f"{MODELS} reward models, {len(DISTANCE)} distances",
                got=f"{high - low:.3f} wide",
                expected=f"about {width:.3f}",
            )
