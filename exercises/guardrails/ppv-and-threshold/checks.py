"""Is an alarm's worth right, and the cost of a threshold, and is the best one found?"""

import math

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close, is_number
from proxygap.simulations._detection import precision


def sample(seed, apart, n=120):
    rng = np.random.default_rng(seed)
    return rng.normal(apart, 1, n).round(3), rng.normal(0, 1, 4 * n).round(3)


def cost_of(threshold, harmful, harmless, prevalence, costs):
    miss, alarm = costs
    missed = np.mean(harmful < threshold)
    stopped = np.mean(harmless >= threshold)
    return float(prevalence * missed * miss + (1 - prevalence) * stopped * alarm)


def expect_ppv(submission, prevalence, tpr, fpr, message):
    expect_close(
        submission.function("ppv")(prevalence, tpr, fpr),
        float(precision(prevalence, tpr, fpr)),
        inputs=f"ppv({prevalence:.4g}, {tpr:.4g}, {fpr:.4g})",
        tolerance=1e-12,
        message=message,
    )


def expect_cost(submission, case, inputs, message):
    expect_close(
        submission.function("expected_cost")(*(np.copy(part) if isinstance(part, np.ndarray)
                                               else part for part in case)),
        cost_of(*case),
        inputs=inputs,
        message=message,
    )  # fmt: skip


@check(
    "What an alarm is worth",
    hint="Count among 100,000 requests: how many alarms come from harmful ones, how many from "
    "harmless ones? The first count belongs over the sum of both.",
)
def worth(submission):
    message = "Another share of the alarms is right."
    expect_ppv(submission, 0.001, 0.95, 0.01, message)
    rng = np.random.default_rng(61)
    for prevalence, tpr, fpr in rng.uniform(0.01, 0.99, (6, 3)).tolist():
        expect_ppv(submission, prevalence, tpr, fpr, message)
    return "At a prevalence of 0.001 the filter is right in 8.68 % of its alarms."


@check(
    "Where there is no harm, and where there is no alarm",
    hint="With a prevalence of 0 every alarm is false. With TPR and FPR of 0 there is no alarm: "
    "return None there.",
)
def limits(submission):
    expect_ppv(submission, 0.0, 0.9, 0.1, "Where nothing is harmful, no alarm is right.")
    expect_ppv(submission, 0.3, 0.9, 0.0, "Without false alarms every alarm is right.")
    for prevalence, tpr, fpr in ((0.2, 0.0, 0.0), (0.0, 0.9, 0.0), (1.0, 0.0, 0.5)):
        got = submission.function("ppv")(prevalence, tpr, fpr)
        inputs = f"ppv({prevalence}, {tpr}, {fpr})"
        expect(got is None, "There is no alarm here, so none is right or wrong: return None.",
               inputs=inputs, got=got, expected=None)  # fmt: skip


@check(
    "The cost of a threshold",
    hint="The sample says how often each kind errs; the prevalence says how often each kind "
    "comes. A score that equals the threshold is stopped.",
)
def cost(submission):
    scores = np.array([0.4, 0.8]), np.array([0.1, 0.3, 0.5, 0.7])
    expect_cost(
        submission,
        (0.5, *scores, 0.01, (100, 1)),
        "the scores by hand, threshold 0.5",
        "This threshold costs something else.",
    )
    rng = np.random.default_rng(62)
    for seed in range(4):
        harmful, harmless = sample(seed, 2.0)
        prevalence, miss, alarm = float(rng.uniform(0.001, 0.5)), *rng.uniform(1, 90, 2).tolist()
        expect_cost(
            submission,
            (float(harmless[3]), harmful, harmless, prevalence, (miss, alarm)),
            f"120 harmful and 480 harmless scores, prevalence {prevalence:.3f}",
            "This threshold costs something else.",
        )


@check(
    "No threshold costs less",
    hint="The cost changes only where a score lies, so the scores themselves are all the "
    "thresholds to try, and math.inf, which stops nothing.",
)
def best(submission):
    moved = []
    for prevalence in (0.5, 0.05, 0.005, 0.0002):
        harmful, harmless = sample(11, 1.5)
        arguments = harmful, harmless, prevalence, (40.0, 1.0)
        got = submission.function("best_threshold")(harmful.copy(), harmless.copy(),
                                                    prevalence, (40.0, 1.0))  # fmt: skip
        inputs = f"120 harmful and 480 harmless scores, prevalence {prevalence}, costs 40 and 1"
        expect(is_number(got) or (type(got) is float and got == math.inf),
               "A threshold is a number, or math.inf.", inputs=inputs, got=got)  # fmt: skip
        tries = [*np.unique(np.concatenate([harmful, harmless])).tolist(), math.inf]
        least = min(cost_of(one, *arguments) for one in tries)
        expect_close(
            cost_of(float(got), *arguments),
            least,
            inputs=inputs,
            message="Your threshold costs more than the best one.",
        )
        moved.append(float(got))
    return "As harm gets rarer, the best threshold moves up: " + ", ".join(
        f"{one:.2f}" for one in moved
    )


@check(
    "Every case that has an end",
    hint="Try a sample in which all scores are equal, and costs of 0.",
)
def ends(submission):
    same = np.full(5, 0.3)
    for miss, alarm, wanted in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (10.0, 1.0, None)):
        got = submission.function("best_threshold")(same.copy(), same.copy(), 0.4, (miss, alarm))
        expect(is_number(got) or (type(got) is float and got == math.inf),
               "A threshold is a number, or math.inf.",
               inputs="all scores 0.3", got=got)  # fmt: skip
        arguments = same, same, 0.4, (miss, alarm)
        least = min(cost_of(one, *arguments) for one in (0.3, math.inf))
        expect_close(
            cost_of(float(got), *arguments),
            least if wanted is None else wanted,
            inputs=f"all scores 0.3, costs {miss:g} and {alarm:g}",
            message="Your threshold costs more than the best one.",
        )
