r"""Two errors: what a stricter setting costs, and what makes both errors rarer.

An assistant gives each request a worry score and refuses from some score up. Harmless requests
score 40 on average, harmful ones more; both scatter by 15 points. So there are two errors, refusing
what is harmless and answering what is harmful, and the setting trades one for the other. How well
the score tells the two kinds apart is another thing: it decides what there is to trade.

With the averages 2.5 standard deviations apart, refusing from 40 points:

>>> over, answered = errors(40.0, separation=2.5)
>>> print(f"{over:.0%} of harmless requests refused, {answered:.1%} of harmful ones answered")
50% of harmless requests refused, 0.6% of harmful ones answered

The harm is counted in one example: of 1,000 requests 20 are harmful; a harmful request that is
answered counts 20 points, a harmless one that is refused counts 1. Every number is SIMULATED.

Not modelled: requests of different gravity, users who ask again in other words, attackers who learn
the setting, people who disagree about which requests are harmful.

Source: green1966 (signal detection: one setting, two errors); rottger2024 (the tension in language
models).
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

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

HARMLESS, SPREAD = 40.0, 15.0  # worry points
SEPARATIONS = {"barely": 1.0, "fairly well": 2.5, "very well": 4.0}  # standard deviations
SETTINGS = tuple(float(score) for score in range(0, 145, 5))
REQUESTS, HARMFUL = 1000, 20
COST_ANSWERED, COST_REFUSED = 20.0, 1.0  # points of harm
_above = np.vectorize(lambda z: NormalDist().cdf(-z), otypes=[float])


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    threshold: float = 40.0  # worry score from which on the assistant refuses
    apart: str = "fairly well"  # how well the score tells the two kinds of request apart


def errors(threshold: float | FloatArray, separation: float) -> tuple[FloatArray, FloatArray]:
    """Return the share of harmless requests refused and of harmful ones answered.

    Parameters
    ----------
    threshold : float or array
        Worry score from which on the assistant refuses.
    separation : float
        Standard deviations between the average harmless and the average harmful request.
    """
    z = (np.asarray(threshold) - HARMLESS) / SPREAD
    return _above(z)[()], 1 - _above(z - separation)[()]


def harm(refused: FloatArray, answered: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the harm per 1,000 requests: from answering alone, and in all."""
    by_answering = HARMFUL * COST_ANSWERED * np.asarray(answered)
    return by_answering, by_answering + (REQUESTS - HARMFUL) * COST_REFUSED * np.asarray(refused)


def best_threshold(separation: float) -> float:
    """Return the setting with the least harm in all.

    There one more point of worry makes as much harm likelier as it makes unlikelier: the density of
    harmful requests over that of harmless ones equals the ratio of what the two errors cost.
    """
    costs = (REQUESTS - HARMFUL) * COST_REFUSED / (HARMFUL * COST_ANSWERED)
    return HARMLESS + SPREAD * float(np.log(costs) / separation + separation / 2)


def run(settings: Settings, _: np.random.Generator) -> Result:
    """Return both errors and the harm, along all settings and at the one that is set.

    Returns
    -------
    Result
        Over ``worry`` (29,): ``harmless`` and ``harmful``, shares of requests for each 5 points,
        %; ``by_answering`` and ``in_all``, points of harm per 1,000 requests. The tops of the
        bells, (1,): ``harmless_top_at``, ``harmless_top`` and the same of ``harmful``. The mark
        of the setting: ``rule_worry``, ``rule`` (2,). Both errors at every setting, %:
        ``refused`` and ``answered`` (29,); ``refused_at_random`` (29,) and ``coin`` (1,) are what
        deciding without the score does. At the setting: ``now_threshold``, ``now_refused``,
        ``now_answered``, ``now_by_answering``, ``now_in_all`` and the dot ``dot_refused``,
        ``dot_answered`` (1,). ``least`` harm that any setting does, and ``least_at``.
    """
    separation = SEPARATIONS[settings.apart]
    worry = np.array(SETTINGS)
    every = errors(worry, separation)
    by_answering, in_all = harm(*every)
    refused, answered = errors(settings.threshold, separation)
    now_answering, now_all = harm(refused, answered)
    least_at = best_threshold(separation)
    return Result(
        {
            "worry": worry,
            **_bells(worry, separation),
            "rule_worry": np.full(2, settings.threshold),
            "rule": np.array([0.0, 15.0]),
            "by_answering": by_answering,
            "in_all": in_all,
            "refused": 100 * every[0],
            "answered": 100 * every[1],
            "refused_at_random": 100 - 100 * every[0],
            "coin": np.array([50.0]),
            "dot_refused": np.array([100 * refused]),
            "dot_answered": np.array([100 * answered]),
            "now_threshold": np.asarray(settings.threshold),
            "now_refused": np.asarray(100 * refused),
            "now_answered": np.asarray(100 * answered),
            "now_by_answering": np.asarray(now_answering),
            "now_in_all": np.asarray(now_all),
            "least": np.asarray(harm(*errors(least_at, separation))[1]),
            "least_at": np.asarray(least_at),
        }
    )


def _bells(worry: FloatArray, separation: float) -> dict[str, FloatArray]:
    """Return both kinds of request by worry score, and where each is commonest."""
    found: dict[str, FloatArray] = {}
    for kind, mean in (("harmless", HARMLESS), ("harmful", HARMLESS + SPREAD * separation)):
        top = np.array([mean])
        found |= {kind: _density(worry, mean), f"{kind}_top_at": top,
                  f"{kind}_top": _density(top, mean)}  # fmt: skip
    return found


def _density(worry: FloatArray, mean: float) -> FloatArray:
    """Return the share of requests in the 5 points around each score, %."""
    low, high = ((worry + side - mean) / SPREAD for side in (-2.5, 2.5))
    return np.asarray(100 * (_above(low) - _above(high)))


def _area(separation: float) -> float:
    """Return the chance that a harmful request worries more than a harmless one, by the curve."""
    refused, answered = errors(np.linspace(-200, 400, 6001), separation)
    middle = 1 - (answered[1:] + answered[:-1]) / 2
    return float((-np.diff(refused) * middle).sum())


def _extremes(run_at: RunAt) -> float:
    """Return by how much refusing everything does more harm than refusing nothing."""
    strict, lax = run_at(threshold=SETTINGS[0]), run_at(threshold=SETTINGS[-1])
    return float(strict["now_in_all"] - lax["now_in_all"])


def _best_by_trying(separation: float) -> float:
    scores = np.linspace(0, 140, 14001)
    return float(scores[harm(*errors(scores, separation))[1].argmin()])


CLAIMS = (
    Claim("Where the score tells nothing, both error rates add up to 1 at every setting",
          "green1966", lambda _: float(np.sum(errors(np.array(SETTINGS), 0.0), axis=0).max()),
          1 - 1e-9, 1 + 1e-9),
    Claim("The area under the trade-off is Φ(d′/√2), 0.9614 for d′ = 2.5", "green1966",
          lambda _: _area(2.5), 0.9614, 0.9616),
    Claim("The setting with the least harm is where the ratio of densities equals that of costs",
          "green1966", lambda _: _best_by_trying(2.5) - best_threshold(2.5), -0.01, 0.01),
    Claim("Tightening from 60 to 40 refuses 41 in 100 harmless requests more", "green1966",
          lambda run_at: float(run_at()["now_refused"] - run_at(threshold=60.0)["now_refused"]),
          40.5, 41.5),
    Claim("By this count refusing everything does more harm than refusing nothing", "rottger2024",
          _extremes, 570, 580),
    Claim("A score that tells the two apart very well errs less both ways, at its best setting",
          "green1966", lambda run_at: float(run_at(apart="very well")["least"]), 0, 40),
)  # fmt: skip

SIMULATION = Simulation(
    slug="two-errors",
    title="Two errors",
    parameters=(
        Parameter("threshold", "Refuse from a worry score of", SETTINGS, 40.0),
        Parameter("apart", "The score tells harmful from harmless", tuple(SEPARATIONS),
                  "fairly well"),
    ),
    settings=Settings,
    run=run,
    views=(
        Plane("Requests by worry score",
              (Mark("worry", "harmless", "", "neutral", "line"),
               Mark("worry", "harmful", "", "neutral", "line"),
               Mark("rule_worry", "rule", "the setting", "neutral", "line"),
               Mark("harmless_top_at", "harmless_top", "harmless", "neutral", "dot"),
               Mark("harmful_top_at", "harmful_top", "harmful", "neutral", "dot")),
              "worry score", "share of its kind (%)", (0.0, 140.0), (0.0, 16.0)),
        Plane("The two errors",
              (Mark("refused", "refused_at_random", "", "neutral", "line"),
               Mark("refused", "answered", "all settings", "neutral", "line"),
               Mark("coin", "coin", "tossing a coin", "neutral", "dot"),
               Mark("dot_refused", "dot_answered", "this setting", "neutral", "dot")),
              "harmless requests refused (%)", "harmful requests answered (%)",
              (0.0, 100.0), (0.0, 100.0)),
        Curve("Harm done (SIMULATED)", "worry",
              (Line("by_answering", "what a refusal test counts", "proxy"),
               Line("in_all", "harm in all", "truth")),
              "worry score from which on it refuses", "points per 1,000 requests", (0.0, 1050.0),
              marker="now_threshold"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three charts. Two bell curves of worry scores overlap, harmless requests around 40 and "
        "harmful ones around 78; a mark at 40 splits the harmless ones in the middle. Against "
        "each other, the two error rates fall along a line that is bent far below that of a coin; "
        "the setting stands in the middle of its foot. Harm over the setting: what a refusal test "
        "counts falls to nothing towards strict settings, harm in all is lowest near 64 and rises "
        "steeply on the strict side."
    ),
    finding=(
        "A setting that answers fewer than one harmful request in a hundred refuses half of the "
        "harmless ones. Counted with both errors, it does more harm than refusing nothing at all."
    ),
    summary=(
        "Refusing from {threshold}: {now_refused:.0f} % of harmless requests are refused, "
        "{now_answered:.1f} % of harmful ones are answered. Harm per 1,000 requests: "
        "{now_in_all:.0f} points, of which a refusal test counts {now_by_answering:.0f}."
    ),
    prediction=Prediction(
        id="two-errors-refused",
        prompt=(
            "An assistant refuses from a worry score of 60: it answers 12 % of harmful requests "
            "and refuses 9 % of harmless ones. Its maker tightens the setting to 40, and now it "
            "answers 0.6 % of the harmful ones. What share of harmless requests does it refuse?"
        ),
        outcome=lambda result: float(result["now_refused"]),
        low=0,
        high=100,
        unit="% of harmless requests refused",
        step=1,
        tolerance=10,
    ),
)  # fmt: skip
