r"""Overoptimisation: a learned reward model is a proxy, and searching harder wears it out.

Two models of the same law. *Learned*: a gold reward depends on 16 features of an answer. One of
them, think of length, helps at first and harms in excess. A reward model sees k of them, length
always included, and learns from N comparisons that the gold reward decides without error. Best-of-n
then searches by the reward model. *Exact*: the proxy p is standard normal and the gold reward is
:math:`a p - c (p^2 - 1)`. The policy that gets most proxy at a given divergence tilts the base by
:math:`e^{m p}`; it moves the mean of p to m, and its gold reward is d(α − βd) with
:math:`d = \sqrt{\mathrm{KL}}`, :math:`\alpha = \sqrt 2\, a` and :math:`\beta = 2 c`.

>>> exact = exact_rewards(np.array([1.0]))
>>> exact["tilted_gold"].round(6).tolist()  # √2 · 1 − 0.4 · 1²
[1.014214]

Rewards are in standard deviations above the mean of unselected answers. The numbers belong to this
small world. What carries over from gao2023 is the shape of the curve, and that β falls when the
reward model sees more. How β depends on the data is not as clean there, nor here: in a single world
it goes up and down. In the mean over the worlds more comparisons raise α and β together where
features are hidden; where none is, β hardly moves. The form for reinforcement learning,
d(α − β log d), does not appear here.

Not modelled: reward models that are networks, wrong comparisons, new comparisons on the way.

Source: gao2023, sections 3.1 and 3.2; bradley1952 (model of comparisons); nakano2021 (estimator).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from proxygap.simulations._order_statistics import (
    DOUBLING,
    kl_bound,
    nakano_weights,
)
from proxygap.simulations._overoptimisation import (
    GAIN,
    HARM,
    Fit,
    curve,
    exact_best_of_n,
    exact_rewards,
    fit_curve,
)
from proxygap.simulations._reward_model import (
    FEATURES,
    compare,
    draw_worlds,
    fit_bradley_terry,
    gold,
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
from proxygap.simulations._views import Bars, Curve, Line

N = np.array(DOUBLING[:10])  # 1 to 512
DISTANCE = np.sqrt(kl_bound(N))
EXACT_DISTANCE = np.sqrt(kl_bound(np.array(DOUBLING)))
WORLDS = 60
ANSWERS = 8192  # in each world, of which best-of-n is estimated
SEEN = (1.0, 2.0, 4.0, 8.0, 16.0)
COMPARED = (10.0, 30.0, 100.0, 300.0, 1000.0)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    seen: float = 2  # features that the reward model sees, 1 to 16
    comparisons: float = 1000  # pairs that it is fitted to


def learned_rewards(
    seen: int, comparisons: int, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray, float]:
    """Fit a reward model in each world and search by it.

    Parameters
    ----------
    seen : int
        k, features that the reward models see.
    comparisons : int
        N, pairs that each is fitted to.
    rng : numpy.random.Generator
        Equal generators give equal worlds, whatever `seen` and `comparisons` are.

    Returns
    -------
    gold, proxy : (60, 10) arrays
        Rewards of the best of 1, 2, 4, … 512 answers in each world, standard deviations.
    accuracy : float
        Share of fresh comparisons that the reward models decide as the gold reward does.
    """
    for_worlds, for_answers, for_comparisons = rng.spawn(3)
    worth = draw_worlds(for_worlds, WORLDS)
    weights = fit_bradley_terry(compare(worth, comparisons, for_comparisons), seen)
    answers = for_answers.normal(size=(WORLDS, ANSWERS, FEATURES))
    true = _standardised(gold(answers, worth))
    proxy = _standardised((answers[..., :seen] @ weights[..., None])[..., 0])
    order = proxy.argsort(axis=1)
    best = _weights().T
    return (
        np.take_along_axis(true, order, 1) @ best,
        np.take_along_axis(proxy, order, 1) @ best,
        float(np.mean(_wins(true) == _wins(proxy))),
    )


@lru_cache(maxsize=1)
def _weights() -> FloatArray:
    return nakano_weights(ANSWERS, N)


def _standardised(reward: FloatArray) -> FloatArray:
    return np.asarray((reward - reward.mean(1, keepdims=True)) / reward.std(1, keepdims=True))


def _wins(reward: FloatArray) -> NDArray[np.bool_]:
    return np.asarray(reward[:, ::2] > reward[:, 1::2])


def run(settings: Settings, rng: np.random.Generator) -> Result:
    """Return the curves of gold and proxy, the fitted law, and the exact case.

    Returns
    -------
    Result
        Over ``n`` (10,) and ``distance`` (10,): ``gold`` and ``proxy``, means over the worlds,
        ``gold_low`` and ``gold_high`` round the middle half of them, ``law`` the fitted curve.
        Scalars: ``alpha``, ``beta``, ``r2`` of the fit, ``accuracy`` of the reward models in
        per cent, ``peak_n``, ``peak_gold``, ``final_gold``, ``final_proxy`` at n = 512. Over
        ``exact_distance`` (17,): ``tilted_gold``, ``tilted_proxy``, ``best_of_n_gold``.
    """
    golds, proxies, accuracy = learned_rewards(int(settings.seen), int(settings.comparisons), rng)
    mean = golds.mean(axis=0)
    low, high = np.quantile(golds, [0.25, 0.75], axis=0)
    fit = fit_curve(DISTANCE[1:], mean[1:])
    scalars = {
        **fit._asdict(),
        "accuracy": 100 * accuracy,
        "peak_n": N[mean.argmax()],
        "peak_gold": mean.max(),
        "final_gold": mean[-1],
        "final_proxy": proxies[:, -1].mean(),
    }
    return Result(
        {
            "n": N,
            "distance": DISTANCE,
            "gold": mean,
            "gold_low": low,
            "gold_high": high,
            "proxy": proxies.mean(axis=0),
            "law": curve(DISTANCE, fit.alpha, fit.beta),
            "exact_distance": EXACT_DISTANCE,
            **exact_rewards(EXACT_DISTANCE),
            "best_of_n_gold": exact_best_of_n(np.array(DOUBLING)),
            **{name: np.asarray(value, dtype=float) for name, value in scalars.items()},
        }
    )


def _exact_fit() -> Fit:
    return fit_curve(EXACT_DISTANCE, exact_rewards(EXACT_DISTANCE)["tilted_gold"])


@lru_cache(maxsize=1)
def _best_of_n_fit() -> Fit:
    sizes = np.arange(2.0, 1025)
    return fit_curve(np.sqrt(kl_bound(sizes)), exact_best_of_n(sizes))


def _at(run_at: RunAt, series: str, seen: float = 4.0, comparisons: float = 1000.0) -> float:
    return float(run_at(seen=seen, comparisons=comparisons)[series])


def _smallest_fall_of_beta(run_at: RunAt) -> float:
    return float(-np.diff([_at(run_at, "beta", seen) for seen in SEEN]).max())


def _more_data(run_at: RunAt, series: str, seen: float) -> float:
    return _at(run_at, series, seen) - _at(run_at, series, seen, COMPARED[0])


def _worlds_without_a_direction() -> float:
    """Return the share of worlds in which β both rises and falls as comparisons are added."""
    betas = [
        [fit_curve(DISTANCE[1:], world[1:]).beta for world in
         learned_rewards(4, int(compared), np.random.default_rng(0))[0]]
        for compared in COMPARED
    ]  # fmt: skip
    steps = np.diff(betas, axis=0)
    return float(np.mean((steps > 0).any(axis=0) & (steps < 0).any(axis=0)))


CLAIMS = (
    Claim("Exact case: α is √2 · a to 1 %", "gao2023", lambda _: _exact_fit().alpha,
          0.99 * math.sqrt(2), 1.01 * math.sqrt(2)),
    Claim("Exact case: β is 2c to 1 %", "gao2023", lambda _: _exact_fit().beta, 0.396, 0.404),
    Claim("Best-of-n follows the exact α to 6 %", "gao2023",
          lambda _: _best_of_n_fit().alpha / (math.sqrt(2) * GAIN), 0.94, 1.06),
    Claim("Best-of-n follows the exact β to 6 %", "gao2023",
          lambda _: _best_of_n_fit().beta / (2 * HARM), 0.94, 1.06),
    Claim("Best-of-n has the form d(α − βd)", "gao2023", lambda _: _best_of_n_fit().r2, 0.99, 1),
    Claim("Learned: β falls with every doubling of the features seen", "gao2023",
          _smallest_fall_of_beta, 0.02, np.inf),
    Claim("Learned: the form d(α − βd) fits at every number of features", "gao2023",
          lambda run_at: min(_at(run_at, "r2", seen) for seen in SEEN), 0.98, 1),
    Claim("Seeing length alone, the gold reward peaks at a small n", "gao2023",
          lambda run_at: _at(run_at, "peak_n", 1.0), 2, 16),
    Claim("Seeing length alone, it is negative at n = 512", "gao2023",
          lambda run_at: _at(run_at, "final_gold", 1.0), -np.inf, -0.5),
    Claim("Meanwhile the proxy never stops rising", "gao2023",
          lambda run_at: float(np.diff(run_at(seen=1.0)["proxy"]).min()), 0.1, np.inf),
    Claim("100 times the comparisons raise the peak of the gold reward", "gao2023",
          lambda run_at: _more_data(run_at, "peak_gold", 4.0), 0.15, np.inf),
    Claim("In most single worlds β is not monotone in the data: it goes up and down",
          "gao2023", lambda _: _worlds_without_a_direction(), 0.8, 1),
    Claim("In the mean over the worlds they raise β where 4 features are seen …", "gao2023",
          lambda run_at: _more_data(run_at, "beta", 4.0), 0.03, np.inf),
    Claim("… and hardly move it where all are: β is no measure of the data", "gao2023",
          lambda run_at: _more_data(run_at, "beta", 16.0), -0.02, 0.02),
)  # fmt: skip

SIMULATION = Simulation(
    slug="overoptimisation",
    title="Overoptimisation",
    parameters=(
        Parameter("seen", "Features the reward model sees", SEEN, 2.0,
                  value_labels=("length alone", *(f"{k:.0f} of 16" for k in SEEN[1:-1]), "all 16")),
        Parameter("comparisons", "Comparisons it learned from", COMPARED, 1000.0,
                  value_labels=tuple(f"{n:,.0f} comparisons" for n in COMPARED)),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("A learned reward model, n up to 512", "distance",
              (Line("proxy", "reward model", "proxy"),
               Line("gold", "gold reward", "truth", low="gold_low", high="gold_high"),
               Line("law", "d(α − βd)", dots=True)),
              "distance d from the base, √nats", "standard deviations",
              (-2.0, 3.5)),
        Bars("The fitted law d(α − βd)",
             (Line("alpha", "α: what searching gains at first"),
              Line("beta", "β: how fast it wears out")),
             "per √nat (α), per nat (β)", (0.0, 1.6)),
        Curve("The exact case: gold quadratic in the proxy", "exact_distance",
              (Line("tilted_proxy", "proxy", "proxy"),
               Line("tilted_gold", "gold, exact tilting", "truth"),
               Line("best_of_n_gold", "gold, best-of-n", "truth", dots=True)),
              "distance d from the base, √nats", "standard deviations",
              (-0.5, 5.0)),
    ),
    claims=CLAIMS,
    alt_text=(
        "Line chart over the distance from the base. The reward model's score climbs in a nearly "
        "straight line to 3. The gold reward climbs to 0.3 at 8 answers, turns, and is below 0 at "
        "512 answers. Dots of a fitted parabola lie on it. Bars show the two numbers of the fit. A "
        "second chart shows the same shape where it is exact."
    ),
    finding=(
        "Searching harder by a learned reward model first helps and then harms, while the reward "
        "model reports progress throughout. At 512 answers the result is worse than no search."
    ),
    summary=(
        "Seeing {seen}, after {comparisons}: right on {accuracy:.0f} % of fresh comparisons. The "
        "gold reward peaks at {peak_gold:.2f} for n = {peak_n:.0f} and is {final_gold:.2f} for "
        "n = 512, where the reward model says {final_proxy:.2f}. α = {alpha:.2f}, β = {beta:.2f}."
    ),
    prediction=Prediction(
        id="overoptimisation-gold",
        prompt=(
            "A reward model has learned from 1,000 comparisons and agrees with the judge on 63 % "
            "of new ones. It picks the best of 8 answers: by the judge, 0.3 standard deviations "
            "above an average answer. Now it picks the best of 512, and its own score rises from "
            "1.4 to 3.0. What does the judge say?"
        ),
        outcome=lambda result: float(result["final_gold"]),
        low=-2,
        high=3,
        unit="gold reward",
        step=0.1,
        tolerance=0.4,
    ),
)  # fmt: skip
