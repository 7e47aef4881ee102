"""Telling apart: how many items it takes to see that one model refuses more than another.

Two models refuse harmless requests at rates that we know and the buyer does not. The buyer gives
each of them n items and compares. How often does the comparison find the difference? Exact, summed
over everything that can come out; nothing is drawn by chance.

Three ways to compare, each at the level of 5 %:

- the same items for both, where the better model fails only on items on which the other one fails
  too (McNemar's exact test);
- different items for each (Fisher's exact test);
- a look at two 95 % intervals, taking the models for different where the bars do not overlap.

>>> [round(100 * float(chance(0.05, 0.15, 40))) for chance in (nested, different_items, bars_apart)]
[21, 18, 5]

Where both answer the same items and fail independently of each other, the same items are no better
than different ones:

>>> round(100 * float(power_of_comparison(0.05, 0.15, 40, paired=0)))
18

And a test that found nothing: 0 of 60 still allows 6 % (Wilson), 5 % by the rule of three.

Not modelled: items that resemble each other, models that answer the same item differently from day
to day, a grader that errs. Each makes n items worth less than n.

Source: mcnemar1947, fleiss2003 (Fisher's test and its sample size), wilson1927, hanley1983.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from proxygap.simulations._proportions import (
    exact_interval,
    power_of_comparison,
    power_of_rule,
    rule_of_three,
    wilson_interval,
)
from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    RunAt,
    Simulation,
)
from proxygap.simulations._views import Curve, Line

N = np.arange(20.0, 201.0, 20.0)
RATES = {
    "5 % and 5 %": (0.05, 0.05),
    "5 % and 10 %": (0.05, 0.10),
    "5 % and 15 %": (0.05, 0.15),
    "5 % and 30 %": (0.05, 0.30),
}
ENOUGH = 0.8  # power that studies are usually planned for


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    n: float = 40.0  # items that each model answers
    rates: str = "5 % and 15 %"  # how often each of them really refuses


def nested(p1: float, p2: float, n: float) -> float:
    """Return the power on the same items, failures nested."""
    return float(power_of_comparison(p1, p2, n, paired=1))


def different_items(p1: float, p2: float, n: float) -> float:
    """Return the power on items of their own."""
    return float(power_of_comparison(p1, p2, n))


def bars_apart(p1: float, p2: float, n: float) -> float:
    """Return the chance that two Wilson intervals do not overlap."""
    low, high = wilson_interval(np.arange(n + 1), n)
    return power_of_rule((low[:, None] > high) | (low > high[:, None]), p1, p2)


@lru_cache(maxsize=len(RATES))
def _powers(p1: float, p2: float) -> dict[str, FloatArray]:
    ways: dict[str, Callable[[float, float, float], float]] = {
        "nested": nested, "different": different_items, "bars": bars_apart,
    }  # fmt: skip
    return {name: 100 * np.array([way(p1, p2, n) for n in N]) for name, way in ways.items()}


def _intervals(name: str, rate: float) -> dict[str, FloatArray]:
    """Return the measured rate and its interval, if exactly the expected number fails, %."""
    low, high = wilson_interval(np.rint(rate * N), N)
    return {name: np.full_like(N, 100 * rate), f"{name}_low": 100 * low, f"{name}_high": 100 * high}


def run(settings: Settings, rng: np.random.Generator) -> Result:  # noqa: ARG001  (nothing is drawn)
    """Return what a comparison finds, along all numbers of items and at the one that is set.

    Returns
    -------
    Result
        Over ``n`` (10,), all in percent: ``nested``, ``different`` and ``bars``, the chance to find
        the difference; ``first`` and ``second``, what is measured, each with ``_low`` and
        ``_high``; ``allowed``, the rate that none of n still allows (Wilson), and ``three``, the
        same by the rule of three. At the n that is set: ``now_n`` and ``now_nested``,
        ``now_different``, ``now_bars``, ``now_allowed``.
    """
    p1, p2 = RATES[settings.rates]
    along = {
        **_powers(p1, p2),
        **_intervals("first", p1),
        **_intervals("second", p2),
        "allowed": 100 * wilson_interval(0, N)[1],
        "three": 100 * rule_of_three(N),
    }
    now = int(np.searchsorted(N, settings.n))
    shown = ("nested", "different", "bars", "allowed")
    return Result(
        {"n": N, **along, "now_n": np.asarray(N[now]),
         **{f"now_{name}": along[name][now] for name in shown}}
    )  # fmt: skip


def items_needed(p1: float, p2: float, paired: float | None = None) -> float:
    """Return the number of items, of 20 to 240, from which on the power stays at 80 %."""
    n = np.arange(20.0, 241.0, 4.0)
    enough = power_of_comparison(p1, p2, n, paired=paired) >= ENOUGH
    too_few = np.flatnonzero(~enough)
    return float(n[too_few[-1] + 1]) if len(too_few) else float(n[0])


def textbook_items(p1: float, p2: float) -> float:
    """Return the items per model for 80 % power by the textbook formula, continuity corrected.

    >>> math.ceil(textbook_items(0.05, 0.15))
    160
    """
    mean, apart = (p1 + p2) / 2, abs(p1 - p2)
    z = 1.959964 * math.sqrt(2 * mean * (1 - mean))
    z += 0.841621 * math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    plain = (z / apart) ** 2
    return plain / 4 * (1 + math.sqrt(1 + 4 / (plain * apart))) ** 2


def _off_textbook(_: RunAt) -> float:
    """Return how far exact numbers of items lie from the textbook's, as a ratio, at worst."""
    pairs = [RATES["5 % and 15 %"], RATES["5 % and 30 %"]]
    return max(abs(items_needed(*pair) / textbook_items(*pair) - 1) for pair in pairs)


def _equal_models(run_at: RunAt) -> float:
    result = run_at(rates="5 % and 5 %")
    return float(max(result[name].max() for name in ("nested", "different", "bars")))


CLAIMS = (
    Claim("5 % against 15 % on 40 different items each is found in fewer than 1 of 5 comparisons",
          "fleiss2003", lambda run_at: float(run_at(n=40.0)["now_different"]), 17, 20),
    Claim("Exact numbers of items for 80 % power lie within a tenth of the textbook formula",
          "fleiss2003", _off_textbook, 0, 0.1),
    Claim("On the same items, failures nested, about 80 items are enough", "mcnemar1947",
          lambda _: items_needed(0.05, 0.15, paired=1), 72, 84),
    Claim("On the same items, failures unrelated, it takes about as many as on different items",
          "mcnemar1947",
          lambda _: items_needed(0.05, 0.15, paired=0) / items_needed(0.05, 0.15), 0.95, 1.05),
    Claim("Six items on which only one model fails are the fewest that show a difference: p, %",
          "mcnemar1947", lambda _: 100 * 2 * 0.5**6, 0, 5),
    Claim("Waiting until the bars part finds fewer than a test, at 140 items: comparisons of 100",
          "fleiss2003", lambda run_at: float(run_at(n=140.0)["now_different"]
                                             - run_at(n=140.0)["now_bars"]), 20, 30),
    Claim("Two equal models are called different in at most 5 of 100 comparisons", "fleiss2003",
          _equal_models, 0, 5),
    Claim("0 of 60 still allows 6 % (Wilson)", "wilson1927",
          lambda run_at: float(run_at(n=60.0)["now_allowed"]), 5.95, 6.05),
    Claim("0 of 60 still allows 6 % (exact)", "clopper1934",
          lambda _: 100 * float(exact_interval(0, 60)[1]), 5.9, 6.05),
    Claim("The rule of three is the one-sided exact bound to 3 %, from 60 items on", "hanley1983",
          lambda _: max(float(rule_of_three(n)) / (1 - 0.05 ** (1 / n)) for n in (60, 140, 1000)),
          1, 1.03),
)  # fmt: skip

SIMULATION = Simulation(
    slug="telling-apart",
    title="Telling two models apart",
    parameters=(
        Parameter("n", "Items that each model answers", tuple(N.tolist()), 40.0, "items"),
        Parameter("rates", "How often they really refuse", tuple(RATES), "5 % and 15 %",
                  value_labels=("5 % and 5 %: no difference", *tuple(RATES)[1:])),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("The chance to find the difference", "n",
              (Line("nested", "same items, nested"), Line("different", "different items"),
               Line("bars", "bars do not overlap")),
              "items that each model answers", "found, % of comparisons", (0.0, 100.0),
              marker="now_n"),
        Curve("What you would see: two rates with their 95 % intervals", "n",
              (Line("first", "first model", low="first_low", high="first_high"),
               Line("second", "second model", low="second_low", high="second_high")),
              "items that each model answers", "refused, %", (0.0, 55.0), marker="now_n"),
        Curve("No failure at all: the rate that is still possible", "n",
              (Line("allowed", "95 % interval, upper end"), Line("three", "3 divided by n")),
              "items without a failure", "still possible, %", (0.0, 17.0), marker="now_n"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three line charts over 20 to 200 items. First: the chance to find a difference between "
        "5 % and 15 %. On the same items with nested failures it climbs from 1 % to 82 % at 80 "
        "items; on different items it is 18 % at 40 and 82 % at 160; waiting until the bars do not "
        "overlap finds 5 % at 40 and 73 % at 200. Second: the two rates with bands that part at "
        "140 items. Third: the rate that no failure at all still allows, 16 % at 20 items, 6 % at "
        "60, 2 % at 200."
    ),
    finding=(
        "With 40 items each, a model that refuses three times as often looks the same in four "
        "comparisons out of five. It takes about 80 shared items at best and 160 separate ones to "
        "find it in four out of five."
    ),
    summary=(
        "{n} each, true rates {rates}: found in {now_different:.0f} of 100 comparisons on "
        "different items, in {now_nested:.0f} on the same items with nested failures, in "
        "{now_bars:.0f} by waiting until the bars part. No failure in {n} still allows "
        "{now_allowed:.1f} %."
    ),
    prediction=Prediction(
        id="telling-apart-found",
        prompt=(
            "One model refuses 5 % of harmless requests, another 15 %, three times as many. You "
            "give each of them 40 requests and test at the usual level of 5 %. In how many of 100 "
            "such comparisons do you find that they differ?"
        ),
        outcome=lambda result: float(result["now_different"]),
        low=0,
        high=100,
        unit="comparisons of 100",
        step=1,
        tolerance=10,
    ),
)  # fmt: skip
