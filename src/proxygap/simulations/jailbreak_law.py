r"""Jailbreak law: why trying again and again keeps paying off, without ever levelling off.

A request has a chance p to get through in one attempt, the same at every attempt. After N attempts
it has got through at least once with chance 1 − (1 − p)ᴺ. What happens to a *set* of requests
depends on how p is spread over them. If p follows a Beta distribution with parameters a and b, the
attack success rate (ASR), the share of requests that got through, is exact::

    1 − ASR(N) = B(a, b + N) / B(a, b)

For many attempts −log ASR then falls like C · N⁻ᵃ: a straight line where both axes count in powers
of ten, and its slope is a. If every request has the same p, −log ASR falls like (1 − p)ᴺ instead,
which is exponential: the curve drops off a cliff.

With one success in a hundred first attempts, both have the same start and part from there:

>>> uneven, even = success_rate(100, (0.3, 30)), success_rate(100, 1 / 101)
>>> f"{uneven:.0%} and {even:.0%}"
'36% and 63%'

Every number is SIMULATED or worked out. Not modelled: attempts that learn from the last one, a
defender who notices, prompts that resemble each other, a judge who errs.

Source: hughes2024 (the law, measured on language models); skellam1948 (a binomial whose chance
varies).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from proxygap.simulations._binomial import binomial
from proxygap.simulations._repeated_tries import Spread, fitted, minus_log, slope, success_rate
from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    RunAt,
    Simulation,
)
from proxygap.simulations._views import Curve, Line, Mark, Plane

SPREADS: dict[str, Spread] = {
    "very uneven": (0.3, 30.0),
    "uneven, and strong": (0.5, 500.0),
    "most uneven": (0.2, 100.0),
    "fairly even": (3.0, 300.0),
    "all alike": 1 / 101,
}
LABELS = (
    "very uneven: Beta(0.3, 30)", "uneven, and strong: Beta(0.5, 500)",
    "most uneven: Beta(0.2, 100)", "fairly even: Beta(3, 300)", "all alike: 1 in 101",
)  # fmt: skip
N = np.array([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000], dtype=float)
REQUESTS = 159  # in the study
EDGES = np.linspace(-5, 0, 41)  # powers of ten of p


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    attempts: float = 100.0  # N, attempts at each request
    spread: str = "very uneven"  # how the requests' chances are spread


def drawn_rates(spread: Spread, rng: np.random.Generator, requests: int = REQUESTS) -> FloatArray:
    """Attack a drawn set of requests; return the share that got through within each of `N`.

    A request's first success comes after a geometric number of attempts, so that the same draw
    serves every N.
    """
    chance = np.full(requests, spread) if isinstance(spread, float) else rng.beta(*spread, requests)
    luck = np.log(rng.random(requests))
    with np.errstate(divide="ignore"):  # a chance that rounds to 0 never gets through
        first = np.ceil(luck / np.log1p(-chance))
    return np.asarray((first[:, None] <= N).mean(axis=0))


def _range(rate: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return where 95 in 100 samples of 159 requests lie."""
    ends = []
    for p in rate:
        at_most = np.cumsum(binomial(REQUESTS, float(p)))
        ends.append([np.searchsorted(at_most, tail) / REQUESTS for tail in (0.025, 0.975)])
    low, high = np.array(ends).T
    return low, high


def _heights(spread: Spread) -> FloatArray:
    """Return the share of requests whose p lies in each eighth of a power of ten, (40,).

    NaN where all share one chance, which the mark of the mean shows.
    """
    if isinstance(spread, float):
        return np.full(len(EDGES) - 1, np.nan)
    a, b = spread
    fine = np.linspace(EDGES[0], EDGES[-1], 40 * 64 + 1)[:-1] + (EDGES[1] - EDGES[0]) / 128
    p = 10**fine
    beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    density = np.exp(a * np.log(p) + (b - 1) * np.log1p(-p) - beta) * math.log(10)
    return np.asarray(density.reshape(40, 64).mean(axis=1) * (EDGES[1] - EDGES[0]))


def _power(values: FloatArray) -> FloatArray:
    """Return powers of ten, and NaN below 10⁻⁴, where nobody could measure it."""
    return np.where(values > 1e-4, np.log10(np.maximum(values, 1e-300)), np.nan)


def run(settings: Settings, rng: np.random.Generator) -> Result:
    """Return the success rate along N, the law, and how the chances are spread.

    Returns
    -------
    Result
        Over ``n`` (13,): ``asr``, what this set of requests comes to, and ``alike``, what it would
        come to if all shared its mean chance, %; ``low`` and ``high``, where 95 in 100 samples of
        159 requests lie, and ``sample``, one such sample, %. ``law`` and ``cliff`` are log₁₀ of
        −log ASR of the two. ``power`` and ``share`` (40,): how many requests, %, have a chance of
        10 to that power; ``mean_at`` and ``mean_top`` (2,) mark the mean. At the N that is set:
        ``now_n``, ``now_asr``, ``now_alike``, ``now_slope``; ``first``, the rate of one attempt, %;
        ``exponent``, of the straight line through N = 10 to 10,000, and ``r2``.
    """
    spread = SPREADS[settings.spread]
    mean = spread if isinstance(spread, float) else spread[0] / sum(spread)
    asr = success_rate(N, spread)
    low, high = _range(asr)
    now = int(np.searchsorted(N, settings.attempts))
    exponent, r2 = fitted(spread)
    return Result(
        {
            "n": N,
            "asr": 100 * asr,
            "alike": 100 * success_rate(N, mean),
            "low": 100 * low,
            "high": 100 * high,
            "sample": 100 * drawn_rates(spread, rng),
            "law": _power(minus_log(N, spread)),
            "cliff": _power(minus_log(N, mean)),
            "power": (EDGES[1:] + EDGES[:-1]) / 2,
            "share": 100 * _heights(spread),
            "mean_at": np.full(2, math.log10(mean)),
            "mean_top": np.array([0.0, 24.0]),
            "now_n": np.asarray(N[now]),
            "now_asr": 100 * asr[now],
            "now_alike": 100 * success_rate(N[now], mean),
            "now_slope": np.asarray(slope(float(N[now]), spread)),
            "first": 100 * asr[0],
            "exponent": np.asarray(exponent),
            "r2": np.asarray(r2),
        }
    )


def _furthest_slope(_: RunAt) -> float:
    """Return how far the exponent at N = 10⁶ is from a, at worst."""
    uneven = [spread for spread in SPREADS.values() if not isinstance(spread, float)]
    return max(abs(slope(1e6, spread) - spread[0]) for spread in uneven)


def _within(share: float, spread: str, requests: int = REQUESTS, sets: int = 400) -> float:
    """Return the least share, over N, of drawn sets whose rate is within `share` of the true."""
    rng = np.random.default_rng(9)
    rates = np.array([drawn_rates(SPREADS[spread], rng, requests) for _ in range(sets)])
    return float((np.abs(rates - success_rate(N, SPREADS[spread])) <= share).mean(axis=0).min())


CLAIMS = (
    Claim("Chances spread as Beta(a, b): −log ASR falls like N to the power −a for many attempts "
          "(largest distance of the exponent from a)", "skellam1948", _furthest_slope, 0, 0.03),
    Claim("Between 10 and 10,000 attempts that is close to a straight line: R² for Beta(0.3, 30)",
          "hughes2024", lambda run_at: float(run_at()["r2"]), 0.999, 1),
    Claim("R² for Beta(0.5, 500), where the line still bends", "hughes2024",
          lambda run_at: float(run_at(spread="uneven, and strong")["r2"]), 0.97, 0.999),
    Claim("One chance for all: −log ASR falls off a cliff, by how many powers for a power of N",
          "skellam1948", lambda run_at: float(run_at(spread="all alike", attempts=10000.0)
                                                ["now_slope"]), 90, 110),
    Claim("One success in a hundred first attempts becomes 36 % after a hundred, not 63 %",
          "skellam1948", lambda run_at: float(run_at()["now_asr"]), 35, 37),
    Claim("After 10,000 attempts one request in six still holds", "skellam1948",
          lambda run_at: 100 - float(run_at(attempts=10000.0)["now_asr"]), 15, 19),
    Claim("159 requests measure the rate to within 8 points, in at least 9 of 10 drawn sets",
          "skellam1948", lambda _: _within(0.08, "very uneven"), 0.9, 1),
)  # fmt: skip

SIMULATION = Simulation(
    slug="jailbreak-law",
    title="Jailbreak law",
    parameters=(
        Parameter("attempts", "Attempts at each request", tuple(N.tolist()), 100.0,
                  value_labels=tuple(f"{n:,.0f}" for n in N)),
        Parameter("spread", "How the chances are spread over the requests", tuple(SPREADS),
                  "very uneven", value_labels=LABELS),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("Requests that got through (SIMULATED)", "n",
              (Line("alike", "if all were alike", "proxy"),
               Line("asr", "these requests", "truth", "low", "high"),
               Line("sample", "159 drawn", "neutral", dots=True)),
              "attempts at each request", "got through at least once (%)", (0.0, 105.0),
              x_scale="log", marker="now_n"),
        Curve("The law", "n",
              (Line("cliff", "if all were alike", "proxy"),
               Line("law", "these requests", "truth")),
              "attempts at each request", "−log ASR, as a power of ten", (-4.0, 1.2),
              x_scale="log", marker="now_n"),
        Plane("How hard the requests are",
              (Mark("power", "share", "", "neutral", "line"),
               Mark("mean_at", "mean_top", "mean", "neutral", "line")),
              "chance in one attempt, as a power of ten", "share of requests (%)",
              (-5.0, 0.0), (0.0, 26.0)),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three charts. Share of requests that got through, over attempts from 1 to 10,000: if all "
        "requests were alike it shoots from 9 to 99 % between 10 and 500 attempts; with uneven "
        "requests it climbs slowly and has not stopped at 10,000, where it is 83 %. The same as "
        "minus the logarithm, both axes in powers of ten: a straight line for the uneven requests, "
        "a cliff for the others. How hard the requests are: chances from 1 in 100,000 to 1 in 10."
    ),
    finding=(
        "Where requests differ in how hard they are, each further tenfold of attempts gets more of "
        "them through, along a straight line with no end in sight. One attempt at each says little "
        "about a thousand."
    ),
    summary=(
        "{attempts} attempts at each request, {spread}: {now_asr:.0f} % got through at least once; "
        "{first:.1f} % did at the first attempt. If all were alike it would be {now_alike:.0f} %."
    ),
    prediction=Prediction(
        id="jailbreak-law-hundred",
        prompt=(
            "Of many requests that an assistant should decline, 1 in 100 gets through at the first "
            "attempt. Some requests are far harder than others. Each is now tried 100 times. What "
            "share of the requests gets through at least once?"
        ),
        outcome=lambda result: float(result["now_asr"]),
        low=0,
        high=100,
        unit="% of requests got through",
        step=1,
        tolerance=10,
    ),
)  # fmt: skip
