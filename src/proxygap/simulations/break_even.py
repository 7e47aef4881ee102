"""Break-even: which of three postures costs least, by how common harmful requests are.

A wrongly refused request costs something, a wrongly served one costs more. What a request costs on
average depends on a model's two error rates and on the share of requests that are harmful:

    (1 − prevalence) · over-refusal · cost of a refusal + prevalence · compliance · cost of harm

The cheapest model depends on the two costs by their ratio alone, so the page asks for that: one
harmful answer is as bad as so many wrong refusals. Where two lines cross, two models cost the same:

>>> print(f"{break_even(3, 5000, CAUTIOUS, BALANCED):.2%}")
0.49%

All rates are SIMULATED; they are round numbers for three invented models.

Not modelled: the interval of every rate, costs that differ from request to request, users who give
up after a refusal, a rail or a person behind the model. The lab of the chapter has the first and
the last of them.

Source: elkan2001: the expected cost of decisions when errors cost differently.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from proxygap.simulations._expected_cost import Workload, break_even, expected_cost
from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    RunAt,
    Simulation,
)
from proxygap.simulations._views import Bars, Curve, Line

CAUTIOUS, BALANCED, OBLIGING = (0.45, 0.02), (0.12, 0.06), (0.03, 0.35)
"""Over-refusal and harmful compliance of three invented models."""

MODELS = {"cautious": CAUTIOUS, "balanced": BALANCED, "obliging": OBLIGING}
RATIOS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1667.0, 10_000.0)
PREVALENCES = (0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
BRIEFS = {
    "regulated": Workload(prevalence=0.02, refusal=3, harm=5000),
    "creative": Workload(prevalence=0.002, refusal=8, harm=200),
    "internal research": Workload(prevalence=0.001, refusal=15, harm=500),
}
"""Three worked examples, costs in any currency."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    prevalence: float = 0.02  # share of requests that should be refused
    ratio: float = 1667.0  # wrong refusals that one harmful answer costs as much as


def costs(work: Workload) -> dict[str, float]:
    """Return what a request costs on average with each of the three models.

    >>> [round(cost, 2) for cost in costs(BRIEFS["regulated"]).values()]
    [3.32, 6.35, 35.09]
    """
    return {name: float(expected_cost(work, *rates)) for name, rates in MODELS.items()}


def cheapest(work: Workload) -> str:
    """Return the model with the least expected cost.

    >>> [cheapest(work) for work in BRIEFS.values()]
    ['cautious', 'obliging', 'obliging']
    """
    found = costs(work)
    return min(found, key=lambda name: found[name])


def relative(ratio: float, prevalences: FloatArray) -> dict[str, FloatArray]:
    """Return each model's cost in percent of the dearest one's, for each prevalence."""
    absolute = {
        name: np.array([expected_cost(Workload(float(p), 1.0, ratio), *rates) for p in prevalences])
        for name, rates in MODELS.items()
    }
    dearest = np.max(list(absolute.values()), axis=0)
    return {name: np.minimum(100 * (cost / dearest), 100) for name, cost in absolute.items()}


def run(settings: Settings, rng: np.random.Generator) -> Result:  # noqa: ARG001  (nothing is drawn)
    """Return what the three models cost, along all prevalences and at the one that is set.

    Returns
    -------
    Result
        Over ``percent`` (11,), the prevalence in percent: ``cautious``, ``balanced``, ``obliging``,
        cost in percent of the dearest. At the prevalence that is set: ``now_percent`` and
        ``now_cautious``, ``now_balanced``, ``now_obliging``; ``refusals_cautious`` …, the cost of
        1,000 requests in wrong refusals.
    """
    prevalences = np.array(PREVALENCES)
    along = relative(settings.ratio, prevalences)
    now = int(np.searchsorted(prevalences, settings.prevalence))
    here = costs(Workload(settings.prevalence, 1.0, settings.ratio))
    return Result(
        {
            "percent": 100 * prevalences,
            **along,
            "now_percent": np.asarray(100 * prevalences[now]),
            **{f"now_{name}": cost[now] for name, cost in along.items()},
            **{f"refusals_{name}": np.asarray(1000 * cost) for name, cost in here.items()},
        }
    )


def _cost_of(brief: str, name: str) -> float:
    return costs(BRIEFS[brief])[name]


def _off_crossing(_: RunAt) -> float:
    """Return how far two models' costs differ, at worst, where they should be equal."""
    pairs = [(CAUTIOUS, BALANCED), (BALANCED, OBLIGING)]
    worst = 0.0
    for ratio in RATIOS:
        for first, second in pairs:
            share = break_even(1.0, ratio, first, second)
            if share is not None:
                work = Workload(share, 1.0, ratio)
                gap = float(expected_cost(work, *first) - expected_cost(work, *second))
                worst = max(worst, abs(gap))
    return worst


def _missed_diagnosis() -> float:
    """Return the balanced model's cost over the cautious one's if a refusal costs 200."""
    found = costs(BRIEFS["regulated"]._replace(refusal=200))
    return found["balanced"] / found["cautious"]


CLAIMS = (
    Claim("Regulated work: the cautious model costs 3.32 a request", "elkan2001",
          lambda _: _cost_of("regulated", "cautious"), 3.315, 3.325),
    Claim("… the balanced one 6.35", "elkan2001",
          lambda _: _cost_of("regulated", "balanced"), 6.345, 6.355),
    Claim("… the obliging one 35.1", "elkan2001",
          lambda _: _cost_of("regulated", "obliging"), 35.05, 35.15),
    Claim("Creative work turns the order round: cautious over obliging", "elkan2001",
          lambda _: _cost_of("creative", "cautious") / _cost_of("creative", "obliging"), 9, 10),
    Claim("Internal research: cautious over obliging", "elkan2001",
          lambda _: _cost_of("internal research", "cautious")
          / _cost_of("internal research", "obliging"), 10, 11),
    Claim("Regulated work where a refusal is a missed diagnosis: balanced over cautious",
          "elkan2001", lambda _: _missed_diagnosis(), 0, 0.5),
    Claim("Where two lines cross, the two models cost the same", "elkan2001", _off_crossing,
          0, 1e-12),
)  # fmt: skip

SIMULATION = Simulation(
    slug="break-even",
    title="Break-even",
    parameters=(
        Parameter("prevalence", "Share of requests that should be refused", PREVALENCES, 0.02,
                  value_labels=tuple(f"{100 * p:g} %" for p in PREVALENCES)),
        Parameter("ratio", "One harmful answer is as bad as", RATIOS, 1667.0,
                  value_labels=("1 wrong refusal",
                                *(f"{ratio:,.0f} wrong refusals" for ratio in RATIOS[1:]))),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("What each model costs, the dearest being 100 %", "percent",
              (Line("cautious", "cautious"), Line("balanced", "balanced"),
               Line("obliging", "obliging")),
              "requests that should be refused, %", "cost, % of the dearest", (0.0, 100.0),
              x_scale="log", marker="now_percent"),
        Bars("The three models, SIMULATED: cost here",
             (Line("now_cautious", "cautious"), Line("now_balanced", "balanced"),
              Line("now_obliging", "obliging")), "% of the dearest", (0.0, 100.0)),
    ),
    claims=CLAIMS,
    alt_text=(
        "Line chart over the share of requests that should be refused, 0.01 to 20 %. The cautious "
        "model is the dearest where harmful requests are rare and the cheapest where they are "
        "common; the obliging one the other way round; the balanced one lies between and is the "
        "cheapest from 0.02 to 0.5 %. Bars at 2 %: cautious 9 % of the dearest, balanced 18 %, "
        "obliging 100 %. All rates are simulated."
    ),
    finding=(
        "No posture is the cheapest everywhere. With these costs the cautious model wins from "
        "1 harmful request in 200 on, and is the dearest where they are rarer than 1 in 1,300."
    ),
    summary=(
        "{prevalence} of the requests should be refused, and one harmful answer is as bad as "
        "{ratio}. SIMULATED costs of 1,000 requests in wrong refusals: cautious "
        "{refusals_cautious:,.0f}, balanced {refusals_balanced:,.0f}, obliging "
        "{refusals_obliging:,.0f}."
    ),
    prediction=Prediction(
        id="break-even-balanced",
        prompt=(
            "Two invented models: the cautious one refuses 45 % of harmless requests and answers 2 "
            "% of harmful ones; the balanced one refuses 12 % and answers 6 %. A harmful answer is "
            "as bad as 1,667 wrong refusals. How many of 10,000 requests have to be harmful before "
            "the cautious model is the cheaper one?"
        ),
        outcome=lambda _: 10_000 * (break_even(1.0, 1667.0, CAUTIOUS, BALANCED) or 0.0),
        low=0,
        high=1000,
        unit="harmful requests in 10,000",
        step=5,
        tolerance=30,
    ),
)  # fmt: skip
