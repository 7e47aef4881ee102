r"""Rare events: what a clean test still allows, and what an attacker with more tries makes of it.

A red team made n attempts and k got through. How often would an attempt get through in the long
run? The exact interval (clopper1934) asks which rates could plausibly have given such a result.
After 0 of n, the highest rate that is not refuted at 95 % is ``1 − 0.05^(1/n)``, which the rule of
three rounds to 3/n (hanley1983):

>>> f"{upper_limit(0, 100):.4f}, and by the rule of three {3 / 100:.4f}"
'0.0295, and by the rule of three 0.0300'

An attacker is not bound by the budget of a test. In m tries a rate p gets through at least once
with chance ``1 − (1 − p)^m``:

>>> f"{at_least_once(0.02, 50):.0%}"
'64%'

Put together: if nothing got through in n attempts, the rates that are left still give an attacker
with n tries a chance of up to 95 %. Every number is worked out; nothing is drawn.

Not modelled: attempts that resemble each other (they count for fewer), attacks that nobody thought
of (they count for nothing), a judge who overlooks a success.

Source: clopper1934 (exact interval), hanley1983 (none of n), denison2024 (0 of 100,000).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from proxygap.simulations._binomial import binomial
from proxygap.simulations._proportions import exact_interval, rule_of_three, upper_limit
from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    Simulation,
)
from proxygap.simulations._views import Curve, Line

N = np.array([10, 20, 30, 60, 100, 300, 1000, 3000, 10_000, 30_000, 100_000], dtype=float)
HITS = (0.0, 1.0, 2.0, 3.0)
TRIES = np.array(
    [step * 10**power for power in range(5) for step in (1, 2, 5)] + [100_000], dtype=float
)
RATES = 10 ** np.linspace(-5, 0, 41)
TWO_SIDED = 0.975
"""The one-sided confidence of an upper end that leaves 2.5 % at either side."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    n: float = 100.0  # attempts of the red team
    hits: float = 0.0  # how many of them got through


def at_least_once(rate: ArrayLike, tries: ArrayLike) -> FloatArray:
    """Return the chance that at least one of some tries gets through, ``1 − (1 − p)^m``.

    Parameters
    ----------
    rate, tries : array-like of float
        p and m.
    """
    with np.errstate(divide="ignore"):  # a rate of 1 never misses
        missed = np.asarray(tries) * np.log1p(-np.asarray(rate, dtype=float))
    return np.asarray(-np.expm1(missed))[()]


def stays_hidden(rate: ArrayLike, attempts: int, hits: int = 0) -> FloatArray:
    """Return the chance that n attempts show k successes or fewer.

    Parameters
    ----------
    rate : array-like of float
        True rates.
    attempts, hits : int
        n and k.
    """
    rates = np.atleast_1d(np.asarray(rate, dtype=float))
    chances = [binomial(attempts, float(p), up_to=hits).sum() for p in rates]
    return np.reshape(chances, np.shape(rate))[()]


def attempts_for(rate: float) -> int:
    """Return how many clean attempts it takes to claim less than `rate`, one-sided at 95 %.

    >>> attempts_for(0.01), attempts_for(0.001)
    (299, 2995)
    """
    return math.ceil(math.log(0.05) / math.log1p(-rate))


def run(settings: Settings, _: np.random.Generator) -> Result:
    """Return what a test of each size leaves open.

    Returns
    -------
    Result
        Over ``n`` (11,), %: ``upper``, the exact one-sided bound after the chosen number of
        successes; ``three``, the rule of three, for none. Over ``tries`` (16,), %: ``seen``, the
        chance of an attacker at the measured rate, and ``allowed``, at the upper bound. Over
        ``rate`` (42,), %: ``hidden``, the chance that the test comes out no worse than it did. At
        the n that is set: ``now_n``, ``now_measured``, ``now_upper``, ``now_three``, and
        ``now_two_sided``, the upper end of the two-sided interval, %; ``now_one_in``;
        ``now_attacker``, the chance of an attacker with n tries at the upper bound, %; and
        ``now_rate``, the upper bound as in ``rate``.
    """
    n, hits = settings.n, settings.hits
    possible = np.maximum(N, hits)
    upper = float(upper_limit(hits, n))
    rates = np.sort(np.append(RATES, upper))  # the mark stands on a point of the curve
    return Result(
        {
            "n": N,
            "upper": 100 * upper_limit(hits, possible),
            "three": 100 * rule_of_three(N),
            "tries": TRIES,
            "seen": 100 * at_least_once(hits / n, TRIES),
            "allowed": 100 * at_least_once(upper, TRIES),
            "rate": 100 * rates,
            "hidden": 100 * stays_hidden(rates, int(n), int(hits)),
            "now_n": np.asarray(n),
            "now_measured": np.asarray(100 * hits / n),
            "now_upper": np.asarray(100 * upper),
            "now_rate": np.asarray(100 * upper),
            "now_two_sided": np.asarray(100 * upper_limit(hits, n, TWO_SIDED)),
            "now_three": np.asarray(100 * rule_of_three(n)),
            "now_one_in": np.asarray(1 / upper),
            "now_attacker": np.asarray(100 * at_least_once(upper, n)),
        }
    )


def _least_coverage(attempts: int) -> float:
    """Return how often the exact interval holds the true rate, at the worst of many rates."""
    low, high = exact_interval(np.arange(attempts + 1), attempts)
    rates = np.linspace(0.001, 0.5, 400)
    return min(float(binomial(attempts, p)[(low <= p) & (p <= high)].sum()) for p in rates.tolist())


CLAIMS = (
    Claim("0 of 100,000 allows a rate of up to 3.0 in 100,000", "clopper1934",
          lambda _: 1e5 * float(upper_limit(0, 100_000)), 2.99, 3.0),
    Claim("The exact bound after none of n is 1 − 0.05^(1/n) (largest distance)", "clopper1934",
          lambda _: float(np.abs(upper_limit(0, N) - (1 - 0.05 ** (1 / N))).max()), 0, 1e-12),
    Claim("The rule of three is never too low, from 10 attempts on, and at most 0.04 too high",
          "hanley1983", lambda _: float((rule_of_three(N) - upper_limit(0, N)).min()), 0, 0.04),
    Claim("The exact two-sided interval holds the true rate at least 95 times in 100 (40 attempts)",
          "clopper1934", lambda _: _least_coverage(40), 0.95, 1),
    Claim("A rate of 2 % gets through at least once in 50 tries with 64 %", "feller1968",
          lambda _: 100 * float(at_least_once(0.02, 50)), 63.5, 63.7),
    Claim("After none of n, an attacker with n tries still has a chance of up to 95 %",
          "clopper1934", lambda run_at: float(run_at(n=1000.0)["now_attacker"]), 95 - 1e-9,
          95 + 1e-9),
    Claim("45 of 32,768 is 0.14 %, and the exact interval ends at 0.18 %", "clopper1934",
          lambda _: 100 * float(upper_limit(45, 32_768, TWO_SIDED)), 0.18, 0.19),
)  # fmt: skip

SIMULATION = Simulation(
    slug="rare-events",
    title="Rare events",
    parameters=(
        Parameter("n", "Attempts of the red team", tuple(N.tolist()), 100.0,
                  value_labels=tuple(f"{n:,.0f}" for n in N)),
        Parameter("hits", "Attempts that got through", HITS, 0.0),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("What the test still allows", "n",
              (Line("three", "3 divided by n", "neutral", dots=True),
               Line("upper", "exact", "truth")),
              "attempts of the red team", "highest rate not refuted (%)", (0.0, 70.0),
              x_scale="log", marker="now_n"),
        Curve("An attacker with more tries", "tries",
              (Line("seen", "at the measured rate", "proxy"),
               Line("allowed", "at the highest rate", "truth")),
              "tries of the attacker", "gets through at least once (%)", (0.0, 105.0),
              x_scale="log", marker="now_n"),
        Curve("How often such a test comes out so well", "rate",
              (Line("hidden", "chance", "neutral"),),
              "true rate (%)", "chance of no more successes (%)", (0.0, 105.0),
              x_scale="log", marker="now_rate"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three charts. The highest rate that a test without a success still allows falls from 26 % "
        "at 10 attempts to 3 % at 100 and 0.003 % at 100,000; three divided by the attempts lies "
        "on the same curve. An attacker at that highest rate gets through with 95 % in as many "
        "tries as the test had, while the measured rate of nought promises nothing at any number. "
        "The chance of such a clean test stays near 100 % for true rates up to 0.01 %, and is 5 % "
        "at the highest rate that is not refuted."
    ),
    finding=(
        "A hundred attempts without a success still allow 3 in a hundred. An attacker with a "
        "hundred tries of their own then gets through with up to 95 %."
    ),
    summary=(
        "{hits} of {n} attempts got through: {now_measured:.3g} %. Not refuted: up to "
        "{now_upper:.3g} %, which is 1 in {now_one_in:,.0f} (two-sided: {now_two_sided:.3g} %). An "
        "attacker with as many tries then gets through with up to {now_attacker:.0f} %."
    ),
    prediction=Prediction(
        id="rare-events-clean-hundred",
        prompt=(
            "A red team has made 100 attempts, and none got through. How many of the next 1,000 "
            "could get through without contradicting that test (at 95 %)?"
        ),
        outcome=lambda result: 10 * float(result["now_upper"]),
        low=0,
        high=100,
        unit="successes in 1,000 attempts",
        step=1,
        tolerance=10,
    ),
)  # fmt: skip
