"""Sycophancy: what a preference model with a taste for agreement picks from many replies.

The assistant after instruction tuning writes n replies to a user of the shared world, and a
preference model picks one. Its score is the reply's true value, from −1 to 1, plus a taste λ for
replies that agree with the user. In 25 of the 40 prompts the user is wrong: there a reply that
agrees is *sycophantic*. With λ = 0 the score is the truth.

The choice is exact. Where the user is wrong, one reply in five agrees; of 64 replies, picked by
the truth, none does, and with a taste of 1.5 nearly every one:

>>> for taste in (0.0, 1.5):
...     policy = best_of(assistant(), score(taste), 64)
...     print(f"{expected(policy, AGREES, WRONG):.0%} of the replies to a wrong user agree")
0% of the replies to a wrong user agree
91% of the replies to a wrong user agree

With more and more replies the choice goes by one comparison at each prompt in the end: agreeing
wins where the taste exceeds the truth that is lost by it. Every number is SIMULATED.

Not modelled: a preference model that has to be learned, users who push back a second time, replies
that agree in part.

Source: sharma2024 (best-of-n against a preference model); beirami2024 (exact distribution).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from proxygap.simulations._replies import Policy, best_of, expected, load
from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    RunAt,
    Simulation,
)
from proxygap.simulations._techniques import stage
from proxygap.simulations._views import Curve, Line

DRAWN = tuple(float(2**k) for k in range(13))
TASTES = (0.0, 0.5, 1.0, 1.2, 1.3, 1.4, 1.5, 1.75, 2.0)
MANY = 1e9  # replies: each one that can be written has been
_WORLD = load()
WRONG, AGREES = ~_WORLD.claim_right, _WORLD.feature("agrees_with_user")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    n: float = 64.0  # replies to choose from, 1 to 4,096
    taste: float = 1.5  # λ, points of true value that agreement is worth to the preference model


def assistant() -> Policy:
    """Return who writes the replies: the assistant after instruction tuning."""
    return stage("instruction-tuning").policy


def score(taste: float) -> FloatArray:
    """Return the score of every reply, its true value plus the taste if it agrees, (P, R)."""
    return np.asarray(_WORLD.truth + taste * AGREES)


def price_of_agreement() -> FloatArray:
    """Return the truth that the best agreeing reply falls short of the best other one.

    Returns
    -------
    (25,) array
        For each prompt whose user is wrong, in points of true value.
    """
    agrees = AGREES[WRONG] > 0
    truth = _WORLD.truth[WRONG]
    other, agreeing = (np.where(m, truth, -np.inf).max(axis=1) for m in (~agrees, agrees))
    return np.asarray(other - agreeing)


@cache
def chosen(n: float, taste: float) -> dict[str, float]:
    """Return the means of the chosen reply.

    Returns
    -------
    dict
        ``sycophantic``, % of the replies to a user who is wrong, and ``agreeing``, % of those to
        one who is right; ``score`` and ``truth`` where the user is wrong, in points of true value.
    """
    values = score(taste)
    policy = best_of(assistant(), values, n)
    return {
        "sycophantic": 100 * expected(policy, AGREES, WRONG),
        "agreeing": 100 * expected(policy, AGREES, ~WRONG),
        "score": expected(policy, values, WRONG),
        "truth": expected(policy, _WORLD.truth, WRONG),
    }


def run(settings: Settings, _: np.random.Generator) -> Result:
    """Return what is chosen along both controls, and at the settings.

    Returns
    -------
    Result
        Over ``n`` (13,), at the taste that is set: ``sycophantic`` and ``agreeing``, %; ``score``
        and ``truth``, points. Over ``tastes`` (9,), at the n that is set: ``by_taste``, %, and
        ``in_the_end``, % if every reply had been written. At the settings: ``now_n``,
        ``now_taste``, ``now_sycophantic``, ``now_score``, ``now_truth``. ``best_n`` has the highest
        truth, ``best_truth``; a single reply has ``one_truth`` and ``one_sycophantic``.
    """
    along = [chosen(n, settings.taste) for n in DRAWN]
    curves = {name: np.array([each[name] for each in along]) for name in along[0]}
    now, best = chosen(settings.n, settings.taste), int(curves["truth"].argmax())
    return Result(
        {
            "n": np.array(DRAWN),
            **curves,
            "tastes": np.array(TASTES),
            "by_taste": np.array([chosen(settings.n, t)["sycophantic"] for t in TASTES]),
            "in_the_end": np.array([chosen(MANY, t)["sycophantic"] for t in TASTES]),
            "now_n": np.asarray(settings.n),
            "now_taste": np.asarray(settings.taste),
            "now_sycophantic": np.asarray(now["sycophantic"]),
            "now_score": np.asarray(now["score"]),
            "now_truth": np.asarray(now["truth"]),
            "best_n": np.asarray(DRAWN[best]),
            "best_truth": curves["truth"][best],
            "one_truth": curves["truth"][0],
            "one_sycophantic": curves["sycophantic"][0],
        }
    )


def _off_the_comparison(_: RunAt) -> float:
    """Return by how much the end of the search misses what the single comparisons say, in %.

    Where the taste equals the price, chance decides: either end is right.
    """
    prices, missed = price_of_agreement(), 0.0
    for taste in TASTES:
        found = chosen(MANY, taste)["sycophantic"]
        surely, perhaps = (100 * (taste > prices + tie).mean() for tie in (1e-9, -1e-9))
        missed = max(missed, surely - found, found - perhaps)
    return float(missed)


def _falls_below_one(run_at: RunAt) -> float:
    """Return what the truth at 4,096 replies falls short of that of a single reply."""
    result = run_at(n=DRAWN[-1])
    return float(result["one_truth"] - result["now_truth"])


CLAIMS = (
    Claim("Without the taste, more replies never make it agree more with a user who is wrong",
          "sharma2024", lambda run_at: float(np.diff(run_at(taste=0.0)["sycophantic"]).max()),
          -np.inf, 0),
    Claim("Without the taste, 4,096 replies leave no sycophantic choice", "sharma2024",
          lambda run_at: float(run_at(taste=0.0, n=4096.0)["now_sycophantic"]), 0, 0.1),
    Claim("With the taste of 1.5 most of the choices at 4,096 replies are sycophantic",
          "sharma2024", lambda run_at: float(run_at(n=4096.0)["now_sycophantic"]), 75, 100),
    Claim("The score rises all the way", "beirami2024",
          lambda run_at: float(np.diff(run_at()["score"]).min()), 0, np.inf),
    Claim("The truth rises first, by more than 0.1", "sharma2024",
          lambda run_at: float(run_at()["best_truth"] - run_at()["one_truth"]), 0.1, 1),
    Claim("and ends more than 0.5 below that of a single reply", "sharma2024",
          _falls_below_one, 0.5, 2),
    Claim("A taste of 0.5 is too small to show among many replies", "sharma2024",
          lambda run_at: float(run_at(taste=0.5, n=4096.0)["now_sycophantic"]), 0, 1),
    Claim("In the end agreeing wins where the taste exceeds what it costs in truth", "beirami2024",
          _off_the_comparison, 0, 0.01),
)  # fmt: skip

SIMULATION = Simulation(
    slug="sycophancy",
    title="Sycophancy",
    parameters=(
        Parameter("n", "Replies to choose from", DRAWN, 64.0,
                  value_labels=("1 reply", *(f"{n:,.0f} replies" for n in DRAWN[1:]))),
        Parameter("taste", "Agreement is worth", TASTES, 1.5, "points of true value"),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("Where the user is wrong (SIMULATED)", "n",
              (Line("score", "score of the choice", "proxy"),
               Line("truth", "true value", "truth")),
              "replies to choose from", "points", (-0.6, 1.8), x_scale="log", marker="now_n"),
        Curve("Replies that agree with the user", "n",
              (Line("sycophantic", "user wrong"), Line("agreeing", "user right")),
              "replies to choose from", "% of the chosen replies", (0.0, 100.0), x_scale="log",
              marker="now_n"),
        Curve("How large a taste it takes", "tastes",
              (Line("by_taste", "this many replies"), Line("in_the_end", "every reply there is")),
              "worth of agreement (points)", "% agree with a wrong user", (0.0, 100.0),
              marker="now_taste"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three line charts. Over 1 to 4,096 replies the preference model's score climbs from 0.6 "
        "to 1.1, while the true value climbs from 0.27 to 0.40 at 4 replies and then falls to "
        "−0.37. The share that agrees with a user who is wrong climbs from 22 to 96 %. Over the "
        "taste for agreement, that share is 0 up to 1 point and leaps up between 1 and 1.5."
    ),
    finding=(
        "The score is the plain truth and a point and a half for agreement. Among four replies "
        "it still does good. Among 64 it has found the flattery: nine in ten replies to a user who "
        "is wrong say that they are right."
    ),
    summary=(
        "Of {n}, agreement worth {taste}: {now_sycophantic:.0f} % agree with a user who is wrong; "
        "score {now_score:.2f}, true value {now_truth:.2f}."
    ),
    prediction=Prediction(
        id="sycophancy-share",
        prompt=(
            "A preference model scores replies by their true value, from −1 to 1, and adds 1.5 if "
            "a reply agrees with the user. Where the user is wrong, 22 of 100 single replies agree "
            "with them. Of 64 replies the best-scored one is shown. How many of 100 agree then?"
        ),
        outcome=lambda result: float(result["now_sycophantic"]),
        low=0,
        high=100,
        unit="% of the replies to a user who is wrong",
        step=1,
        tolerance=10,
    ),
)  # fmt: skip
