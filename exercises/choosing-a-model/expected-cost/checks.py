"""Is the expected cost right, and is it asked after the constraint and before the sensitivity?"""

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close
from proxygap.grading.display import describe
from proxygap.simulations import _expected_cost as course
from proxygap.simulations.break_even import BALANCED, CAUTIOUS, MODELS, OBLIGING


def right_cost(model, work):
    return float(course.expected_cost(course.Workload(*work), *model))


def right_winner(models, work):
    return min(models, key=lambda name: right_cost(models[name], work))


def clear(models, work, gap=0.02):
    """Return whether the cheapest model is the cheapest by more than rounding."""
    costs = sorted(right_cost(model, work) for model in models.values())
    return len(costs) < 2 or costs[1] - costs[0] > gap * costs[1]


def priced(rng):
    return float(rng.uniform(0.001, 0.2)), float(rng.uniform(1, 20)), float(rng.uniform(20, 5000))


def invented(rng):
    names = ("Ash", "Birch", "Cedar", "Elm")
    return {name: tuple(rng.uniform(0.01, 0.6, 2).round(3).tolist()) for name in names}


def shown(models):
    return ", ".join(f"{name} {over:g}/{harmful:g}" for name, (over, harmful) in models.items())


def work_in_words(work):
    prevalence, refusal, harm = work
    return f"prevalence {prevalence:.3g}, refusal {refusal:.3g}, harm {harm:.4g}"


@check(
    "What a request costs",
    hint="Harmless requests are the share 1 − prevalence, and only refused ones cost. Harmful ones "
    "are the share prevalence, and only answered ones cost.",
)
def one_request(submission):
    rng = np.random.default_rng(131)
    cases = [(CAUTIOUS, (0.02, 3, 5000)), (OBLIGING, (0.002, 8, 200))]
    cases += [(tuple(rng.uniform(0, 0.6, 2).round(3).tolist()), priced(rng)) for _ in range(4)]
    for model, work in cases:
        expect_close(
            submission.function("expected_cost")(model, work),
            right_cost(model, work),
            inputs=f"model {model}, {work_in_words(work)}",
            tolerance=1e-7,
            message="A request costs something else on average.",
        )


@check(
    "Where two models cost the same",
    hint="Write down both costs, set them equal, and collect what is multiplied by the prevalence.",
)
def same_cost(submission):
    rng = np.random.default_rng(132)
    cases = [(CAUTIOUS, BALANCED, 3, 5000), (BALANCED, OBLIGING, 15, 500)]
    for _ in range(4):
        low, high = np.sort(rng.uniform(0.01, 0.5, (2, 2)), axis=1).round(3).tolist()
        strict, lax = (low[1], high[0]), (low[0], high[1])
        cases.append((strict, lax, *priced(rng)[1:]))
    for first, second, refusal, harm in cases:
        expect_close(
            submission.function("break_even")(first, second, refusal, harm),
            course.break_even(refusal, harm, first, second),
            inputs=f"{first} and {second}, refusal {refusal:.3g}, harm {harm:.4g}",
            message="At another prevalence the two cost the same.",
        )
    return "Cautious and balanced cost the same at half a percent of harmful requests."


@check(
    "Where there is no such prevalence",
    hint="A model that is better in both errors is cheaper at every prevalence. A share below 0 or "
    "above 1 is none.",
)
def no_such_share(submission):
    for first, second in (((0.1, 0.02), (0.2, 0.05)), ((0.4, 0.3), (0.1, 0.1)),
                          ((0.2, 0.1), (0.2, 0.1))):  # fmt: skip
        answer = submission.function("break_even")(first, second, 3, 500)
        expect(
            answer is None,
            "These two never cost the same between 0 and 1.",
            inputs=f"{first} and {second}, refusal 3, harm 500",
            got=describe(answer) if not isinstance(answer, float) else f"{answer:.4g}",
            expected="None",
        )


@check(
    "The constraint comes before the cost",
    hint="First strike out every model whose ceiling is above the limit. The upper end of the "
    "interval must keep the limit, not only the rate that was measured. Then compare costs.",
)
def constraint_first(submission):
    rng = np.random.default_rng(133)
    close = {"cautious": 0.06, "balanced": 0.13, "obliging": 0.44}
    cases = [(MODELS, close, (0.002, 8, 200), limit) for limit in (0.2, 0.1, 0.06, 0.01)]
    while len(cases) < 12:
        models, work = invented(rng), priced(rng)
        ceilings = {name: harmful + 0.06 for name, (_, harmful) in models.items()}
        limit = float(rng.uniform(0.1, 0.5))
        if clear({name: m for name, m in models.items() if ceilings[name] <= limit}, work):
            cases.append((models, ceilings, work, limit))
    for models, ceilings, work, limit in cases:
        allowed = {name: model for name, model in models.items() if ceilings[name] <= limit}
        right = right_winner(allowed, work) if allowed else None
        answer = submission.function("choose")(dict(models), dict(ceilings), work, limit)
        expect(
            (answer is None) if right is None else (type(answer) is str and answer == right),
            "Another model is the cheapest of those that are allowed.",
            inputs=f"{shown(models)}; limit {limit:.3g}; {work_in_words(work)}",
            got=str(answer) if type(answer) in (str, type(None)) else describe(answer),
            expected=str(right),
        )


@check(
    "Does the winner survive other prices?",
    hint="There are four changes to try: each of the two prices times 0.5 and times 1.5, the other "
    "one left alone. The cost always changes; ask whether the winner does.",
)
def another_price(submission):
    rng = np.random.default_rng(134)
    regulated = (0.02, 3, 5000)
    cases = [(MODELS, regulated), (MODELS, (0.006, 3, 5000)), (MODELS, (0.003, 3, 5000))]
    while len(cases) < 14:
        models, work = invented(rng), priced(rng)
        if all(clear(models, prices) for prices in changes(work)):
            cases.append((models, work))
    kept = 0
    for models, work in cases:
        winner = right_winner(models, work)
        right = all(right_winner(models, prices) == winner for prices in changes(work))
        answer = submission.function("holds")(dict(models), work)
        expect(
            type(answer) in (bool, np.bool_) and bool(answer) == right,
            "The winner stays." if right else "With one of the other prices another model wins.",
            inputs=f"{shown(models)}; {work_in_words(work)}",
            got=str(answer) if type(answer) in (bool, np.bool_) else describe(answer),
            expected=str(right),
        )
        kept += right
    return f"In {kept} of {len(cases)} cases the winner does not depend on the guess of a price."


def changes(work):
    """Return the work as it is and with each price halved and raised by half."""
    prevalence, refusal, harm = work
    ways = ((1, 1), (0.5, 1), (1.5, 1), (1, 0.5), (1, 1.5))
    return [(prevalence, refusal * one, harm * other) for one, other in ways]
