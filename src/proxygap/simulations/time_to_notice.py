r"""Time to notice: how many people meet a failure before anybody who could mend it sees one.

An assistant holds 1,000 conversations a day. Each fails with probability p, independently of the
others; of all conversations a share s is drawn at random and read, and whoever reads a failed one
recognises it. So each conversation is a failed one that is read with probability p s, and the first
such one comes after a geometric number of conversations, 1 / (p s) on average.

Of those conversations a share p has failed: on average 1 / s failures have happened when the first
is read. How rare the failure is sets the wait, not this number:

>>> failures_before_notice(rate=0.001, share=0.01), failures_before_notice(rate=0.05, share=0.01)
(100.0, 100.0)
>>> days_to_notice(rate=0.001, share=0.01), days_to_notice(rate=0.05, share=0.01)
(100.0, 2.0)

Averages flatter: the wait has a long tail. To be 95 % sure of having read one takes about three
times as long, ln 20 = 3.0 times.

Not modelled: failures that come in bursts, readers who overlook them, complaints, and reviews that
pick the suspicious conversations first, which is why nobody should read at random alone.

Source: feller1968, chapters VI and XI (waiting for the first success, and its mean).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log, log1p

import numpy as np

from proxygap.simulations._spec import Claim, FloatArray, Parameter, Prediction, Result, Simulation
from proxygap.simulations._views import Curve, Line

PER_DAY = 1000
DAYS = np.linspace(0, 120, 241)
READ = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0)
# The marker stands on the curve where the curve is exact: at every share on offer, and between.
SHARES = np.unique(np.concatenate([np.geomspace(0.002, 1, 54), READ]).round(6))
LONGEST = 2_000_000  # conversations over which the series is summed in the check
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    rate: float = 0.001  # share of conversations that fail
    share: float = 0.01  # share of conversations that somebody reads


def failures_before_notice(rate: float, share: float) -> float:
    """Return how many have failed, on average, when the first failed one is read: 1 / s."""
    return round(rate * _conversations(rate, share), 6)


def days_to_notice(rate: float, share: float) -> float:
    """Return how many days pass, on average, until a failed one is read: 1 / (p s N)."""
    return round(_conversations(rate, share) / PER_DAY, 6)


def days_to_be_sure(rate: float, share: float, confidence: float = 0.95) -> float:
    """Return after how many days a failed one was read with this confidence."""
    return ceil(log(1 - confidence) / log1p(-rate * share)) / PER_DAY


def _conversations(rate: float, share: float) -> float:
    return 1 / (rate * share)


def chance_noticed(days: FloatArray, rate: float, share: float) -> FloatArray:
    """Return the chance that a failed conversation was read by then, in per cent."""
    unread: FloatArray = days * PER_DAY * log1p(-rate * share)
    return -HUNDRED * np.expm1(unread)


def run(settings: Settings, rng: np.random.Generator) -> Result:  # noqa: ARG001 - nothing is drawn
    """Follow a failure that nobody knows of, day by day.

    Returns
    -------
    Result
        ``days`` and ``noticed`` (241,): chance in per cent that a failed conversation was read by
        then. ``shares`` (60,) in per cent, ``by_share`` (60,): how many have failed, on average,
        when the first is read, and ``one`` (60,): that one. Scalars: ``wait`` and ``sure`` in days,
        ``before`` failures until the first is read, ``read_share`` in per cent, ``today`` the mean
        wait on the axis (at most its end).
    """
    rate, share = float(settings.rate), float(settings.share)
    wait = days_to_notice(rate, share)
    return Result(
        {
            "days": DAYS,
            "noticed": chance_noticed(DAYS, rate, share),
            "shares": HUNDRED * SHARES,
            "by_share": np.array([failures_before_notice(rate, each) for each in SHARES]),
            "one": np.ones(len(SHARES)),
            "read_share": np.asarray(HUNDRED * share),
            "wait": np.asarray(wait),
            "sure": np.asarray(days_to_be_sure(rate, share)),
            "before": np.asarray(failures_before_notice(rate, share)),
            "today": np.asarray(min(wait, DAYS[-1])),
        }
    )


def _mean_by_summing(rate: float, share: float) -> float:
    """Return the mean number of conversations until the first is read, term by term."""
    q = rate * share
    still_unread = np.exp(np.arange(LONGEST) * np.log1p(-q))  # the mean is the sum of these
    return float(still_unread.sum())


CLAIMS = (
    Claim("One in 100 is read: 100 have failed when the first is seen", "feller1968",
          lambda run_at: float(run_at()["before"]), 100, 100),
    Claim("… and still 100 where the failure is ten times as common", "feller1968",
          lambda run_at: float(run_at(rate=0.01)["before"]), 100, 100),
    Claim("The mean wait, summed term by term, is 1 / (p s) conversations", "feller1968",
          lambda _: _mean_by_summing(0.001, 0.05) / _conversations(0.001, 0.05),
          0.999999, 1.000001),
    Claim("After the mean wait it is noticed with a chance of 1 − 1/e = 63 %", "feller1968",
          lambda run_at: float(run_at(rate=0.01, share=0.01)["noticed"][20]), 63.1, 63.3),
    Claim("Being 95 % sure takes ln 20 = 3.0 times the mean wait", "feller1968",
          lambda run_at: float(run_at()["sure"] / run_at()["wait"]), 2.99, 3.0),
    Claim("Where everything is read, the first failure is the one that is seen", "feller1968",
          lambda run_at: float(run_at(share=1.0)["before"]), 1, 1),
)  # fmt: skip

SIMULATION = Simulation(
    slug="time-to-notice",
    title="Time to notice",
    parameters=(
        Parameter("rate", "How often it fails", (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05),
                  0.001,
                  value_labels=("1 in 5,000", "1 in 2,000", "1 in 1,000", "1 in 500", "1 in 200",
                                "1 in 100", "1 in 20")),
        Parameter("share", "How many conversations are read",
                  READ, 0.01,
                  value_labels=("1 in 500", "1 in 200", "1 in 100", "1 in 50", "1 in 20", "1 in 10",
                                "1 in 4", "all")),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("Has anybody seen it?", "days",
              (Line("noticed", "chance that a failed one was read"),),
              "days, 1,000 conversations each", "per cent", (0.0, 100.0), marker="today"),
        Curve("What has happened by the time that one is seen", "shares",
              (Line("by_share", "happened", "truth"), Line("one", "seen", "proxy")),
              "conversations read, per cent", "failed conversations, mean", (0.0, 520.0),
              x_scale="log", marker="read_share"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Two charts. Over 120 days of 1,000 conversations the chance that somebody has read a "
        "failed one rises slowly to 63 per cent after 100 days. Over the share of conversations "
        "that are read, the failures that have happened when the first is seen fall steeply: 500 "
        "at one in 500, 100 at one in 100, 1 where all are read."
    ),
    finding=(
        "Who reads one conversation in a hundred lets a hundred people meet a failure, on average, "
        "before seeing the first. A rarer failure takes longer to find, and harms as many."
    ),
    summary=(
        "It fails in {rate} conversations; {share} of them are read. On average {before:.0f} have "
        "failed when the first is read, after {wait:.0f} days; to be 95 % sure takes {sure:.0f}."
    ),
    prediction=Prediction(
        id="time-to-notice-before",
        prompt=(
            "An assistant fails in one conversation of a thousand. One conversation in a hundred "
            "is drawn at random and read. How many conversations have failed, on average, by the "
            "time somebody reads the first failed one?"
        ),
        outcome=lambda result: float(result["before"]),
        low=0,
        high=400,
        unit="failed conversations",
        step=10,
        tolerance=20,
    ),
)  # fmt: skip
