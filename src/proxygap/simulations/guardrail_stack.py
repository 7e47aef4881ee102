r"""Guardrail stack: what an alarm is worth where harm is rare, and what layers miss together.

One filter catches 95 of 100 harmful requests and stops 1 of 100 harmless ones. Where one request in
a thousand is harmful, nine in a hundred of its alarms are right:

>>> print(f"{float(precision(0.001, CAUGHT, FALSE_ALARMS)):.4f}")
0.0868

Its ROC curve takes its two rates from within each kind of request and so never hears of the
prevalence. Its precision does.

Then a stack: each layer misses 10 of 100 harmful requests and stops 2 of 100 harmless ones. Three
layers miss 0.1 % together only if they err independently. Layers that look for the same words, or
learned from the same messages, are fooled together:

>>> [round(joint_miss((MISS,) * 3, rho), 3) for rho in (0.0, 0.6, 0.9)]
[0.001, 0.022, 0.056]
>>> round(benign_pass((STOPPED,) * 3, 0.0), 4)
0.9412

Scores are normal and joined by a Gaussian copula with one common factor; the chances are integrals,
nothing is drawn. Every number is SIMULATED.

Not modelled: attackers who look for what all layers miss, which joins misses further; layers of
unequal strength; costs, delays and people who review.

Source: axelsson2000 (the base rate of an alarm); saito2015 (ROC and precision where harm is rare);
knight1986 (programs built independently do not fail independently).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from proxygap.simulations._detection import (
    accuracy,
    area_under_precision,
    area_under_roc,
    benign_pass,
    joint_miss,
    normal_cdf,
    precision,
    separation,
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
from proxygap.simulations._views import Curve, Line, Mark, Plane

CAUGHT, FALSE_ALARMS = 0.95, 0.01  # of the one filter
LAYERS, MISS, STOPPED = 3, 0.1, 0.02  # the stack, and the rates of each of its layers
APART = separation(CAUGHT, FALSE_ALARMS)
PREVALENCES = np.geomspace(1e-4, 0.1, 46)
# The miss rises steeply just before 1.
CORRELATIONS = np.append(np.linspace(0, 0.975, 40), (0.985, 0.993, 0.998, 1.0))
THRESHOLDS = np.linspace(APART + 3, -3, 61)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    prevalence: float = 0.001  # share of the requests that are harmful
    correlation: float = 0.6  # of the layers' scores


def run(settings: Settings, _: np.random.Generator) -> Result:
    """Return what the one filter's alarms are worth, and what the stack lets through.

    Returns
    -------
    Result
        All in per cent, but for the prevalence and the correlation. Over ``rho`` (44,):
        ``missed``, harmful requests that pass all layers, and ``multiplied``, their product as if
        independent. Over ``prevalence`` (46,): ``right``, the share of the alarms that are right,
        and ``accurate``, the share of all requests judged rightly. Over all thresholds (61,):
        ``false`` and ``caught``, the ROC curve, and ``precise``, NaN where there is no alarm. The
        filter's own threshold: ``dot_false``, ``dot_caught``, ``dot_precise`` (1,). Scalars:
        ``now_rho``, ``now_prevalence``, ``now_missed``, ``now_multiplied``, ``now_times`` (missed
        over multiplied), ``now_pass`` (harmless requests that pass all layers), ``now_right``,
        ``now_accurate``, ``per_right`` (false alarms for each right one), ``roc_area`` and
        ``precision_area``.
    """
    rho = float(settings.correlation)
    share = float(settings.prevalence)
    missed = joint_miss((MISS,) * LAYERS, rho)
    right = float(precision(share, CAUGHT, FALSE_ALARMS))
    scalars = {
        "now_rho": rho,
        "now_prevalence": share,
        "now_missed": 100 * missed,
        "now_multiplied": 100 * MISS**LAYERS,
        "now_times": missed / MISS**LAYERS,
        "now_pass": 100 * benign_pass((STOPPED,) * LAYERS, rho),
        "now_right": 100 * right,
        "now_accurate": 100 * float(accuracy(share, CAUGHT, FALSE_ALARMS)),
        "per_right": (1 - right) / right,
        "roc_area": 100 * area_under_roc(APART),
        "precision_area": 100 * area_under_precision(share, APART),
    }
    return Result(
        {
            "rho": CORRELATIONS,
            "missed": 100 * np.array([joint_miss((MISS,) * LAYERS, each) for each in CORRELATIONS]),
            "multiplied": np.full(len(CORRELATIONS), 100 * MISS**LAYERS),
            "prevalence": PREVALENCES,
            "right": 100 * precision(PREVALENCES, CAUGHT, FALSE_ALARMS),
            "accurate": 100 * accuracy(PREVALENCES, CAUGHT, FALSE_ALARMS),
            **_all_thresholds(share),
            **{name: np.asarray(value) for name, value in scalars.items()},
        }
    )


def _all_thresholds(prevalence: float) -> dict[str, FloatArray]:
    """Return the two curves of the one filter, and where it stands on them."""
    false, caught = normal_cdf(-THRESHOLDS), normal_cdf(APART - THRESHOLDS)
    return {
        "false": 100 * false,
        "caught": 100 * caught,
        "precise": 100 * precision(prevalence, caught, false),
        "dot_false": np.array([100 * FALSE_ALARMS]),
        "dot_caught": np.array([100 * CAUGHT]),
        "dot_precise": 100 * precision(prevalence, np.array([CAUGHT]), FALSE_ALARMS),
    }


def _moved(series: str) -> float:
    """Return how far a curve moves as prevalence goes from 1 in 10,000 to 1 in 10, in points."""
    rare, common = (SIMULATION.run_at(prevalence=share)[series] for share in (1e-4, 0.1))
    return float(np.abs(common - rare).max())


def _steps(run_at: RunAt) -> float:
    """Return the smallest step of the joint miss as the correlation grows, in points."""
    return float(np.diff(run_at()["missed"]).min())


CLAIMS = (
    Claim("TPR .95, FPR .01, one request in 1,000 harmful: 8.68 % of the alarms are right",
          "axelsson2000", lambda run_at: float(run_at()["now_right"]), 8.675, 8.685),
    Claim("… while 99 % of all requests are judged rightly", "axelsson2000",
          lambda run_at: float(run_at()["now_accurate"]), 98.9, 99.1),
    Claim("… with 10.5 false alarms for each right one", "axelsson2000",
          lambda run_at: float(run_at()["per_right"]), 10.45, 10.55),
    Claim("Where one in 10 is harmful, 91.3 % of the same filter's alarms are right",
          "axelsson2000", lambda run_at: float(run_at(prevalence=0.1)["now_right"]), 91.3, 91.4),
    Claim("Three layers that miss 10 % each miss 0.1 % together if they err independently",
          "knight1986", lambda run_at: float(run_at(correlation=0.0)["now_missed"]),
          0.0999999, 0.1000001),
    Claim("… 2.2 % if their scores correlate by 0.6", "knight1986",
          lambda run_at: float(run_at()["now_missed"]), 2.15, 2.25),
    Claim("… and 5.6 % if they correlate by 0.9", "knight1986",
          lambda run_at: float(run_at(correlation=0.9)["now_missed"]), 5.55, 5.7),
    Claim("The joint miss grows with the correlation at every step", "knight1986",
          _steps, 1e-6, 10),
    Claim("Three independent layers that stop 2 % of the harmless requests pass 94.12 %",
          "knight1986", lambda run_at: float(run_at(correlation=0.0)["now_pass"]), 94.115, 94.125),
    Claim("The ROC curve does not move with the prevalence", "saito2015",
          lambda _: max(_moved("false"), _moved("caught"), _moved("roc_area")), 0, 0),
    Claim("… and precision at a given recall does, by more than 80 points", "saito2015",
          lambda _: _moved("precise"), 80, 100),
    Claim("So does the area under precision and recall: 54 % at 1 in 10,000, 98 % at 1 in 10",
          "saito2015", lambda _: _moved("precision_area"), 44, 45),
)  # fmt: skip

SIMULATION = Simulation(
    slug="guardrail-stack",
    title="Guardrail stack",
    parameters=(
        Parameter("correlation", "The layers’ scores correlate by", (0.0, 0.3, 0.6, 0.9, 1.0), 0.6),
        Parameter("prevalence", "Harmful requests", (0.0001, 0.001, 0.01, 0.1), 0.001,
                  value_labels=("1 in 10,000", "1 in 1,000", "1 in 100", "1 in 10")),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("What passes the stack", "rho",
              (Line("missed", "passes all layers", "truth"),
               Line("multiplied", "misses multiplied", "proxy")),
              "correlation of the layers’ scores", "harmful requests (%)", (0.0, 10.5),
              marker="now_rho"),
        Curve("One filter: is an alarm right?", "prevalence",
              (Line("accurate", "requests judged rightly", "proxy"),
               Line("right", "alarms that are right", "truth")),
              "share of the requests that are harmful", "per cent", (0.0, 115.0), x_scale="log",
              marker="now_prevalence"),
        Plane("The same filter: ROC",
              (Mark("false", "caught", "all thresholds", "neutral", "line"),
               Mark("dot_false", "dot_caught", "this filter", "neutral", "dot")),
              "harmless requests stopped (%)", "harmful requests stopped (%)",
              (0.0, 10.0), (0.0, 100.0)),
        Plane("The same filter: precision",
              (Mark("caught", "precise", "all thresholds", "neutral", "line"),
               Mark("dot_caught", "dot_precise", "this filter", "neutral", "dot")),
              "harmful requests stopped (%)", "alarms that are right (%)",
              (0.0, 100.0), (0.0, 100.0)),
    ),
    claims=CLAIMS,
    alt_text=(
        "Four charts. What passes all three layers rises with the correlation of their scores, "
        "from 0.1 per cent over 2.2 at 0.6 to 10 at 1, while the product of the misses stays flat "
        "at 0.1. The share of alarms that are right falls from 91 per cent to under 1 as "
        "harm gets rarer, while the share of requests judged rightly stays near 99. The ROC "
        "curve bends into its upper left corner. Precision over recall falls steeply from the "
        "upper left to the lower right, where the filter stands at 95 per cent recall and 9 per "
        "cent precision."
    ),
    finding=(
        "Three layers that each miss 10 % miss 2.2 % together, not 0.1 %, if their scores "
        "correlate by 0.6. And a filter that judges 99 % of requests rightly raises alarms of "
        "which 9 % are right, where one request in 1,000 is harmful."
    ),
    summary=(
        "Three layers, correlation {correlation}: {now_missed:.2f} % of harmful requests pass "
        "all of them, {now_times:.0f} times the product of the misses; {now_pass:.1f} % of "
        "harmless ones pass. Harm {prevalence}: {now_right:.1f} % of the one filter’s alarms are "
        "right."
    ),
    prediction=Prediction(
        id="guardrail-stack-missed",
        prompt=(
            "Three filters stand in a row. Each misses 10 % of harmful requests. They learned "
            "from similar messages, so that their scores correlate by 0.6. Of 1,000 harmful "
            "requests, how many get past all three?"
        ),
        outcome=lambda result: 10 * float(result["now_missed"]),
        low=0,
        high=100,
        unit="of 1,000 harmful requests",
        step=1,
        tolerance=6,
    ),
)  # fmt: skip
