r"""Catastrophic Goodhart: a policy on the shortest of leashes, and a score that explodes.

A policy is trained on a score that is the true value plus an independent error, and is kept near
the base by a penalty on the divergence. It maximises mean score − penalty · KL exactly. With
Gaussian errors this works: at a divergence of KL the true value rises by :math:`\sqrt{KL}`. With
heavy-tailed errors there is always a rare answer with so huge a score that giving it a little
probability costs next to no divergence:

>>> for reach in (1e2, 1e4, 1e6):
...     mean, nats = moved_mass(reach)
...     print(f"mean error {mean:.1f} at {nats:.4f} nats")
mean error 3.8 at 0.2272 nats
mean error 9.5 at 0.0121 nats
mean error 23.8 at 0.0005 nats

The score is cut off at a cap, so that a best policy exists. As the cap rises the leash is
shortened, to the divergence of the construction above.

Not modelled: how a learner would find so rare an answer; errors that depend on the value. Reward
models that were measured have light-tailed errors (kwa2024): this is a warning, not a diagnosis.

Source: kwa2024, theorem 2 and figure 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from proxygap.simulations._leash import best_within, moved_mass
from proxygap.simulations._noisy_scores import TAILS, cells
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

CAPS = (3.0, 10.0, 30.0, 100.0, 1e3, 1e4, 1e5, 1e6)
LEASHES = np.geomspace(0.0004, 4, 14)  # nats
SHORTENED = np.array([moved_mass(cap).kl for cap in CAPS])


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    tail: str = "t3"  # name of the error's tail
    cap: float = 1e6  # score at which higher ones are cut off, standard deviations


@dataclass(frozen=True, slots=True)
class Gains:
    """What trained policies gain over the base, (M,) each."""

    score: FloatArray
    truth: FloatArray
    penalty: FloatArray


@lru_cache(maxsize=64)
def gains(tail: str, caps: tuple[float, ...], leashes: tuple[float, ...]) -> Gains:
    """Train one policy for each pair of a cap and a leash.

    Parameters
    ----------
    tail : str
        Name of the error's tail.
    caps : tuple of float
        M caps on the score.
    leashes : tuple of float
        M divergences, nats.
    """
    population = cells(tail)
    rows = []
    for cap, nats in zip(caps, leashes, strict=True):
        score = np.minimum(population.score, cap)
        policy, penalty = best_within(population.base, score, nats)
        moved = policy - population.base
        rows.append((moved @ score, moved @ population.truth, penalty))
    return Gains(*np.array(rows).T)


def run(settings: Settings, _: np.random.Generator) -> Result:
    """Train policies along the shortened leash, and on every leash at the cap that is set.

    Returns
    -------
    Result
        Over ``cap`` (8,): ``kl`` the leash, ``score`` and ``truth`` gained. Over ``leash`` (14,):
        ``truth_here`` gained at the cap that is set, and ``gaussian_score`` and
        ``gaussian_truth`` with Gaussian errors. Scalars at the cap that is set: ``now_cap``,
        ``now_kl``, ``now_score``, ``now_truth``, ``now_penalty``.
    """
    along = gains(settings.tail, CAPS, tuple(SHORTENED))
    leashes = tuple(LEASHES)
    here = gains(settings.tail, (settings.cap,) * len(leashes), leashes)
    gaussian = gains("gaussian", (CAPS[-1],) * len(leashes), leashes)
    now = CAPS.index(settings.cap)
    return Result(
        {
            "cap": np.array(CAPS),
            "kl": SHORTENED,
            "score": along.score,
            "truth": along.truth,
            "leash": LEASHES,
            "truth_here": here.truth,
            "gaussian_score": gaussian.score,
            "gaussian_truth": gaussian.truth,
            "now_cap": np.asarray(CAPS[now]),
            "now_kl": SHORTENED[now],
            "now_score": along.score[now],
            "now_truth": along.truth[now],
            "now_penalty": along.penalty[now],
        }
    )


def _at(run_at: RunAt, series: str, tail: str = "t3", cap: float = 1e6) -> float:
    return float(run_at(tail=tail, cap=cap)[series])


def _least_rise(run_at: RunAt, tail: str) -> float:
    """Return the smallest rise of the score from one cap to the next, from a cap of 10 on."""
    return float(np.diff(run_at(tail=tail)["score"][1:]).min())


def _off_gaussian_theory(run_at: RunAt) -> float:
    return float(np.abs(run_at()["gaussian_truth"] / np.sqrt(LEASHES) - 1).max())


CLAIMS = (
    Claim("Moving a probability of t^−0.8 above t = 10 raises a t3 error to 2.38 on average",
          "kwa2024", lambda _: moved_mass(10).mean, 2.375, 2.385),
    Claim("… at 0.649 nats", "kwa2024", lambda _: moved_mass(10).kl, 0.6485, 0.6495),
    Claim("Above a million it raises it to 23.8", "kwa2024", lambda _: moved_mass(1e6).mean,
          23.75, 23.85),
    Claim("… at 0.0005 nats", "kwa2024", lambda _: moved_mass(1e6).kl, 0.00045, 0.00055),
    Claim("With t3 errors the score rises with every cap, though every leash is shorter",
          "kwa2024", lambda run_at: _least_rise(run_at, "t3"), 0.1, np.inf),
    Claim("At 0.0005 nats it is up by more than 10 standard deviations", "kwa2024",
          lambda run_at: _at(run_at, "now_score"), 10, np.inf),
    Claim("… and the true value by nothing", "kwa2024",
          lambda run_at: _at(run_at, "now_truth"), -0.001, 0.001),
    Claim("A longer leash does not help: up to 4 nats the true value stays put", "kwa2024",
          lambda run_at: float(np.abs(run_at(cap=1e6)["truth_here"]).max()), 0, 0.001),
    Claim("With Gaussian errors a divergence of KL buys a true value of √KL, to 1 %", "kwa2024",
          _off_gaussian_theory, 0, 0.01),
    Claim("With Gaussian errors a shorter leash means a lower score", "kwa2024",
          lambda run_at: float(np.diff(run_at(tail="gaussian")["score"]).max()), -np.inf, -0.01),
    Claim("Cutting scores off at 3 repairs t3: 4 nats buy a true value above 1", "kwa2024",
          lambda run_at: float(run_at(cap=3.0)["truth_here"][-1]), 1, 2),
)  # fmt: skip

SIMULATION = Simulation(
    slug="catastrophic-goodhart",
    title="Catastrophic Goodhart",
    parameters=(
        Parameter("tail", "Errors of the score", tuple(TAILS), "t3",
                  value_labels=tuple(tail.label for tail in TAILS.values())),
        Parameter("cap", "Highest score there is", CAPS, 1e6,
                  value_labels=tuple(f"{cap:,.0f}" for cap in CAPS)),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("Training on a shortened leash", "cap",
              (Line("score", "score", "proxy"), Line("truth", "true value", "truth")),
              "highest score there is (standard deviations)",
              "gain (standard deviations)", (-1.0, 30.0),
              x_scale="log", marker="now_cap"),
        Curve("The leash", "cap", (Line("kl", "divergence allowed"),),
              "highest score there is (standard deviations)", "divergence from the base (nats)",
              (0.0, 1.0), x_scale="log", marker="now_cap"),
        Curve("Longer leashes, and the light-tailed case", "leash",
              (Line("gaussian_score", "score, Gaussian errors", "proxy"),
               Line("gaussian_truth", "true value, Gaussian errors", "truth"),
               Line("truth_here", "true value, these errors", "truth")),
              "divergence from the base (nats)", "gain (standard deviations)",
              (-0.5, 4.5), x_scale="log", marker="now_kl"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three line charts. The cap on the score rises from 3 to a million while the divergence "
        "that is allowed falls from 0.8 to 0.0005 nats. The gain in score climbs from 2 to 15, the "
        "gain in true value falls from 0.9 to 0. With Gaussian errors score and true value both "
        "rise with the divergence; with these errors the true value stays at 0 on every leash."
    ),
    finding=(
        "A policy that hardly differs from the base by divergence can have a score 15 standard "
        "deviations higher and be no better at all, if the errors of the score are heavy-tailed."
    ),
    summary=(
        "Highest score {cap}, {now_kl:.4f} nats allowed: the score rises by {now_score:.1f}, the "
        "true value by {now_truth:z.2f}."
    ),
    prediction=Prediction(
        id="catastrophic-goodhart-truth",
        prompt=(
            "A policy may move 0.0005 nats away from the base, so little that hardly anybody could "
            "tell them apart. With Gaussian errors its score would rise by 0.04 standard "
            "deviations, half of it true value. With rare, huge errors the best policy raises "
            "the score by 15. By how much does the true value rise?"
        ),
        outcome=lambda result: float(result["now_truth"]),
        low=-5,
        high=15,
        unit="gain in true value",
        step=0.5,
        tolerance=1.0,
    ),
)  # fmt: skip
