"""Is a log read right: clear ones, noisy ones, with gaps, and runs that nobody has seen?"""

import math

import numpy as np

from proxygap.grading.authoring import check, expect, is_number
from proxygap.grading.display import describe, show
from proxygap.simulations._preference_losses import Dpo
from proxygap.simulations._preference_training import log_softmax, train
from proxygap.simulations.displacement import CHOSEN, REJECTED, trained

FALL = math.log(10)
EDGE = 5  # readings whose mean is the start, and the end
NOISE = 0.25  # nats, of a reading
CLOSE = 1e-6  # nats; a log with a reading this close to the threshold is not asked about


def verdict(log):
    """Return the right answer for a log: steps, margin, log p(chosen), log p(rejected)."""
    steps, margin, chosen, _ = log
    margin, there = margin[~np.isnan(margin)], ~np.isnan(chosen)
    if margin[-EDGE:].mean() <= margin[:EDGE].mean():
        return "failing", None
    steps, below = steps[there], chosen[there] - chosen[there][:EDGE].mean() + FALL
    if below[-1] >= 0:
        return "healthy", None
    return "displaced", float(steps[np.flatnonzero(below >= 0)[-1] + 1])


def fair(log):
    """Return whether no reading decides by its last digits."""
    _, margin, chosen, _ = log
    margin, chosen = margin[~np.isnan(margin)], chosen[~np.isnan(chosen)]
    near = np.abs(chosen - chosen[:EDGE].mean() + FALL).min()
    return near > CLOSE and abs(margin[-EDGE:].mean() - margin[:EDGE].mean()) > CLOSE


def logged(run, rng, *, noise=NOISE, gaps=0.0, turned=False):
    """Return the log of a training run, an entry every ten steps and five before the first."""
    every = np.concatenate([np.zeros(EDGE, dtype=int), np.arange(10, len(run.gap), 10)])
    sides = (REJECTED, CHOSEN) if turned else (CHOSEN, REJECTED)
    margin = 0.1 * run.gap[every, 0] * (-1 if turned else 1)
    columns = [margin, *(run.log_probability[every, side] for side in sides)]
    scales = (0.1 * noise, noise, noise)
    read = [column + scale * rng.normal(size=len(every))
            for column, scale in zip(columns, scales, strict=True)]  # fmt: skip
    for column in read:
        column[rng.random(len(every)) < gaps] = math.nan
    return np.arange(len(every)) * 10.0, *read


def say(answer):
    what, step = answer
    return f"{what} from step {step:g}" if step is not None else what


def expect_diagnosis(submission, log, what):
    answer = submission.function("diagnose")(*(column.copy() for column in log))
    fine = type(answer) in (tuple, list) and len(answer) == 2 and type(answer[0]) is str
    expect(fine, "diagnose must return a word and a step, or a word and None.", inputs=what,
           got=describe(answer), expected='such as ("healthy", None)')  # fmt: skip
    right = verdict(log)
    given = answer[1] is None or is_number(answer[1])
    same = given and (answer[1] is None) == (right[1] is None)
    expect(
        same and answer[0] == right[0] and (right[1] is None or float(answer[1]) == right[1]),
        "The log says something else.",
        inputs=what,
        got=say((answer[0], answer[1])) if given else show(answer),
        expected=say(right),
    )
    return right[0]


def constructed(chosen, margin=None):
    """Return a log with these readings of log p(chosen)."""
    count = len(chosen)
    rising = np.linspace(0.0, 1.0, count) if margin is None else np.asarray(margin, dtype=float)
    return 10.0 * np.arange(count), rising, np.asarray(chosen, dtype=float), np.full(count, -1.0)


def drawn_run(rng):
    """Train on a prompt with four replies whose features are drawn; index 0 won, index 1 lost."""
    features = rng.normal(size=(4, 3))
    features[REJECTED] = features[CHOSEN] + rng.choice([0.4, 1.5]) * rng.normal(size=3)
    start = rng.normal(size=3)
    return train(features, start, [(CHOSEN, REJECTED)], Dpo(0.1), steps=400, rate=2.0)


@check(
    "What is left for the other replies",
    hint="Probabilities add up to 1, logarithms do not: turn them back first.",
)
def other_replies(submission):
    rng = np.random.default_rng(81)
    tables = [np.log([[0.2, 0.1, 0.7]]), log_softmax(rng.normal(size=(6, 3)))]
    for logs in tables:
        inputs = f"log p(chosen) {logs[0, 0]:.3f}, log p(rejected) {logs[0, 1]:.3f}, …"
        inputs = inputs.replace("-", "−")
        got = submission.function("elsewhere")(logs[:, 0].copy(), logs[:, 1].copy())
        right = np.exp(logs[:, 2])
        expect(
            type(got) is np.ndarray and got.shape == right.shape and got.dtype.kind == "f",
            "elsewhere must return one number for each entry.",
            inputs=inputs,
            got=describe(got),
            expected=f"a NumPy array of shape {right.shape}",
        )
        expect(
            bool(np.abs(got - right).max() < 1e-9),
            "The other replies have another probability.",
            inputs=inputs,
            got=f"{got[0]:.4f}, …".replace("-", "−"),
            expected=f"{right[0]:.4f}, …",
        )


@check(
    "Clear cases",
    hint="The margin rises in all of them. Compare log p(chosen) with its start: a tenth"
    " of the probability is log 10 = 2.303 lower, in natural logarithms.",
)
def clear_cases(submission):
    rng = np.random.default_rng(82)
    for share in (0.0, 0.1, 0.5):
        log = logged(trained(share, "dpo"), rng, noise=0.0)
        expect_diagnosis(submission, log, f"a run whose rejected reply goes along {share:.0%}")
    falls = constructed([-0.7] * 5 + [-1.0, -1.5, -2.0, -2.0, -2.0, -2.1])
    expect_diagnosis(submission, falls, "a chosen reply that falls to a quarter of its start")


@check(
    "For good means for good",
    hint="Look for the last reading that is not low. The next one is where it begins, if there is "
    "a next one.",
)
def for_good(submission):
    dips = constructed([-0.7] * 5 + [-2, -4, -1, -4, -5, -6, -6, -6])
    expect_diagnosis(submission, dips, "low at step 60, back at 70, low from 80 on")
    back = constructed([-0.7] * 5 + [-2, -4, -5, -5, -4, -2, -1, -0.8])
    expect_diagnosis(submission, back, "low from step 60 to 90, and back at the end")


@check(
    "A single reading proves nothing",
    hint="Take the start of a column, and the end of the margin, as means of five readings.",
)
def noise(submission):
    odd = constructed([-3.0, -0.2, -0.1, -0.1, -0.1, -1, -2, -4, -4, -4, -4, -4])
    expect_diagnosis(submission, odd, "a log whose first reading of log p(chosen) is far too low")
    margin = [0.9, 0.0, 0.1, 0.0, 0.1, 0.3, 0.5, 0.6, 0.7, 0.7, 0.6, 0.8]
    lucky = constructed([-0.7] * 6 + [-2, -4, -4, -4, -4, -4], margin)
    expect_diagnosis(submission, lucky, "a margin with a lucky first reading, that rises after it")


@check(
    "Not every fall is displacement",
    hint="Where the margin has not risen above its own start, which need not be 0, training failed "
    "at what it was asked to do. Look at that first.",
)
def not_every_fall(submission):
    rng = np.random.default_rng(83)
    swapped = logged(trained(0.5, "dpo"), rng, noise=0.05, turned=True)
    expect_diagnosis(submission, swapped, "a run whose training mixed up chosen and rejected")
    falling = constructed([-0.7] * 5 + [-2, -4, -4, -4, -4, -4], np.linspace(2.0, 1.0, 11))
    expect_diagnosis(submission, falling, "a margin that falls from 2 to 1")
    rising = constructed([-0.7] * 5 + [-2, -4, -4, -4, -4, -4], np.linspace(-2.0, -1.0, 11))
    expect_diagnosis(submission, rising, "a margin that rises from −2 to −1")


@check(
    "Sixty runs that nobody has seen, with gaps",
    hint="Comparisons with NaN are False, and a mean with NaN is NaN: take the missing readings "
    "out of each column first, and the steps that belong to them.",
)
def gaps(submission):
    ends = constructed([-0.7] * 6 + [-2, -4, math.nan, -4, -5, -6, -6, math.nan])
    expect_diagnosis(submission, ends, "readings missing at steps 80 and 130")
    late = constructed([-0.7] * 6 + [-2, math.nan, -4, -4, -5, -6, -6, -6])
    expect_diagnosis(submission, late, "a reading missing just before the fall")
    rng, found = np.random.default_rng(84), []
    while len(found) < 60:
        turned = bool(rng.random() < 0.2)
        log = logged(drawn_run(rng), rng, gaps=0.1, turned=turned)
        if fair(log):
            found.append(expect_diagnosis(submission, log, f"unseen run {len(found) + 1} of 60"))
    counts = (f"{found.count(word)} {word}" for word in ("healthy", "displaced", "failing"))
    return f"All 60 read right: {', '.join(counts)}."
