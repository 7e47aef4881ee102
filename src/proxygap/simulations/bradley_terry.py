r"""What comparisons can teach: fit a reward model, and meet the ceiling that agreement sets.

A reply is a point in ten features; its reward is linear in them. An annotator who compares two
replies prefers the better one with probability σ(gap): the wider the gap, the surer. A reward model
is fitted to N such choices by maximum likelihood. Its error falls with the root of N, and no method
could do much better. How often it foresees the next choice is another matter: people who sometimes
contradict each other cannot be foreseen by anybody.

Two annotators who agree on 73 % of pairs leave this to the best possible model:

>>> print(f"{ceiling(spread_of(0.73)):.1%}")
80.5%

The fit is real: 120 worlds of 6,400 comparisons for each level of agreement. Accuracies of a fitted
model are exact given its weights. Every number but the published one is SIMULATED.

Not modelled: annotators who differ in taste and not only by chance, features that a model cannot
see, replies that were written to please it.

Source: bradley1952 (the model); rao1945 (the bound); ouyang2022 (agreement and accuracy of a real
reward model).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from proxygap.simulations._preferences import (
    PAIR_VARIANCE,
    accuracy,
    agreement,
    better_found,
    ceiling,
    least_squared_error,
    spread_of,
)
from proxygap.simulations._reward_model import Comparisons, fit_bradley_terry, sigmoid
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

FEATURES, WORLDS = 10, 120
N = np.array([50.0 * 2**k for k in range(8)])
AGREEMENTS = (60.0, 65.0, 73.0, 80.0, 90.0)  # % of pairs
PUBLISHED = (72.6, 72.4)  # ouyang2022: agreement of its labellers, accuracy of its reward model, %


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    comparisons: float = 800.0  # pairs that were compared, 50 to 6,400
    agreement: float = 73.0  # of two annotators, % of pairs


class Survey(NamedTuple):
    """What fits to more and more comparisons come to, on average over worlds; (8,) each.

    Attributes
    ----------
    squared_error : array
        Of the weights.
    on_choices, on_truth : array
        How often the model foresees an annotator's choice, and finds the better reply.
    """

    squared_error: FloatArray
    on_choices: FloatArray
    on_truth: FloatArray


def compare(weights: FloatArray, number: int, worlds: int, rng: np.random.Generator) -> Comparisons:
    """Draw pairs of replies and let an annotator with these weights choose.

    Parameters
    ----------
    weights : (K,) array
        What each feature is worth.
    number, worlds : int
        Pairs in each world, and worlds.
    rng : numpy.random.Generator
        Where the chance comes from.
    """
    pairs = np.sqrt(PAIR_VARIANCE) * rng.normal(size=(worlds, number, len(weights)))
    first = rng.random((worlds, number)) < sigmoid(pairs @ weights)
    return Comparisons(np.where(first[..., None], pairs, -pairs))


def survey(spread: float, sizes: FloatArray, rng: np.random.Generator) -> Survey:
    """Fit to the first N of the comparisons, for every N, in 120 worlds.

    Parameters
    ----------
    spread : float
        Standard deviation of the gap between two replies.
    sizes : (M,) array
        Each N.
    rng : numpy.random.Generator
        Where the chance comes from.
    """
    truth = np.full(FEATURES, spread / np.sqrt(PAIR_VARIANCE * FEATURES))
    drawn = compare(truth, int(sizes.max()), WORLDS, rng)
    points = [_at(drawn, int(n), truth, spread) for n in sizes]
    return Survey(*(np.array(values) for values in zip(*points, strict=True)))


def _at(drawn: Comparisons, n: int, truth: FloatArray, spread: float) -> tuple[float, ...]:
    fitted = fit_bradley_terry(Comparisons(drawn.difference[:, :n]), FEATURES)
    cosine = fitted @ truth / np.linalg.norm(fitted, axis=1) / np.linalg.norm(truth)
    squared = ((fitted - truth) ** 2).sum(axis=1)
    found = squared, accuracy(cosine, spread), better_found(cosine)
    return tuple(float(each.mean()) for each in found)


@lru_cache(maxsize=len(AGREEMENTS))
def _surveyed(spread: float, seed: int) -> Survey:
    return survey(spread, N, np.random.default_rng(seed))


@cache
def _ceilings() -> tuple[FloatArray, FloatArray]:
    """Return agreements from chance to nearly all, and the ceiling that each sets, %."""
    spreads = np.append(0.0, np.geomspace(0.1, 40, 40))
    return (100 * np.array([agreement(one) for one in spreads]),
            100 * np.array([ceiling(one) for one in spreads]))  # fmt: skip


def run(settings: Settings, rng: np.random.Generator) -> Result:
    """Return error and accuracy along N, and the ceilings along agreement.

    Returns
    -------
    Result
        Over ``n`` (8,): ``error`` of the weights and the ``least`` possible, % of their length;
        ``on_choices``, ``on_truth`` and ``ceiling``, %. Over ``agreeing`` (41,): ``ceilings``.
        Dots (1,): ``dot_agreement``, ``dot_ceiling``, ``published_agreement``,
        ``published_accuracy``. At the settings: ``now_n``, ``now_error``, ``now_on_choices``,
        ``now_on_truth``, ``now_ceiling``. ``bound``: N times the least squared error.
    """
    spread = spread_of(settings.agreement / 100)
    found = _surveyed(spread, int(rng.integers(2**32)))
    bound = least_squared_error(spread, FEATURES)
    length = spread / np.sqrt(PAIR_VARIANCE)
    along = {
        "error": 100 * np.sqrt(found.squared_error) / length,
        "on_choices": 100 * found.on_choices,
        "on_truth": 100 * found.on_truth,
        "ceiling": np.full(len(N), 100 * ceiling(spread)),
    }
    now = int(np.searchsorted(N, settings.comparisons))
    agreeing, ceilings = _ceilings()
    return Result(
        {
            "n": N,
            **along,
            "least": 100 * np.sqrt(bound / N) / length,
            "agreeing": agreeing,
            "ceilings": ceilings,
            "dot_agreement": np.array([settings.agreement]),
            "dot_ceiling": along["ceiling"][:1],
            "published_agreement": np.array(PUBLISHED[:1]),
            "published_accuracy": np.array(PUBLISHED[1:]),
            "now_n": np.asarray(N[now]),
            **{f"now_{name}": values[now] for name, values in along.items()},
            "bound": np.asarray(bound),
        }
    )


def times_bound(result: Result) -> FloatArray:
    """Return how many times the least possible squared error the fits have, (8,)."""
    return (result["error"] / result["least"]) ** 2


def _slope(run_at: RunAt) -> float:
    result = run_at()
    many = N >= 400
    return float(np.polyfit(np.log(N[many]), np.log(result["error"][many]), 1)[0])


def _furthest_from_bound(run_at: RunAt) -> float:
    """Return the share by which fits to 3,200 comparisons and more miss the bound, at most."""
    return float(np.abs(times_bound(run_at())[N >= 3200] - 1).max())


def _below_ceiling(run_at: RunAt) -> float:
    """Return how far accuracy stays below its ceiling with all comparisons, in points."""
    short = [run_at(agreement=each) for each in AGREEMENTS]
    return float(max(one["ceiling"][-1] - one["on_choices"][-1] for one in short))


CLAIMS = (
    Claim("The error of the weights falls with the root of the number of comparisons: slope −1/2 "
          "on logarithmic axes", "rao1945", _slope, -0.6, -0.42),
    Claim("With 3,200 comparisons and more, N times the mean squared error is the Cramér–Rao bound "
          "within 10 %", "rao1945", _furthest_from_bound, 0, 0.1),
    Claim("With 6,400 comparisons accuracy is within a point of its ceiling, however well "
          "annotators agree", "bradley1952", _below_ceiling, 0, 1),
    Claim("Annotators who agree on 73 % of pairs set a ceiling of about 80 %", "bradley1952",
          lambda run_at: float(run_at(agreement=73.0)["now_ceiling"]), 80, 81),
    Claim("The reward model of InstructGPT is several points below the ceiling that the agreement "
          "of its labellers sets", "ouyang2022",
          lambda _: 100 * ceiling(spread_of(PUBLISHED[0] / 100)) - PUBLISHED[1], 5, 11),
    Claim("A model that foresees four choices in five finds the better reply nearly always",
          "bradley1952", lambda run_at: float(run_at(comparisons=6400.0)["now_on_truth"]), 97, 100),
)  # fmt: skip

SIMULATION = Simulation(
    slug="bradley-terry",
    title="What comparisons can teach",
    parameters=(
        Parameter("comparisons", "Pairs compared", tuple(N.tolist()), 800.0,
                  value_labels=tuple(f"{n:,.0f} pairs" for n in N)),
        Parameter("agreement", "Two annotators agree on", AGREEMENTS, 73.0, unit="% of pairs"),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("How often the model is right (SIMULATED)", "n",
              (Line("on_choices", "foresees a choice", "proxy"),
               Line("on_truth", "finds the better reply", "truth"),
               Line("ceiling", "ceiling of choices")),
              "pairs compared", "% of pairs", (50.0, 100.0), x_scale="log", marker="now_n"),
        Curve("Error of the weights (SIMULATED)", "n",
              (Line("error", "fitted", dots=True), Line("least", "least possible")),
              "pairs compared", "% of their length", (0.0, 200.0), x_scale="log"),
        Plane("Agreement sets the ceiling",
              (Mark("agreeing", "ceilings", "best possible", "neutral", "line"),
               Mark("dot_agreement", "dot_ceiling", "here", "neutral", "dot"),
               Mark("published_agreement", "published_accuracy", "InstructGPT", "neutral", "dot")),
              "two annotators agree (% of pairs)", "choices foreseen (%)",
              (50.0, 100.0), (50.0, 100.0)),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three charts. Over 50 to 6,400 compared pairs, the share of annotators’ choices that the "
        "model foresees rises from 75 % and flattens at a ceiling of 80 %, while the share of "
        "pairs in which it finds the better reply rises to 99 %. The error of its weights falls "
        "towards the curve of the least possible error and then along it. Best possible accuracy "
        "against agreement: a line from 50 % at 50 % agreement through 80 % at 73 %; the reward "
        "model of InstructGPT lies below it."
    ),
    finding=(
        "Annotators who agree with each other on 73 % of pairs set a ceiling of 80 %: no reward "
        "model foresees more of their choices, however many it has seen. To halve the error of its "
        "weights takes four times the comparisons."
    ),
    summary=(
        "{comparisons}, agreement {agreement}: the model foresees {now_on_choices:.1f} % of "
        "choices, of {now_ceiling:.1f} % that anybody could, and finds the better reply in "
        "{now_on_truth:.1f} %. Its weights are off by {now_error:.0f} % of their length."
    ),
    prediction=Prediction(
        id="bradley-terry-ceiling",
        prompt=(
            "Annotators compare two replies, and two of them agree on 73 % of pairs: each prefers "
            "the better one, the more surely the wider the gap. You know exactly what every reply "
            "is worth. How many of an annotator’s choices do you foresee?"
        ),
        outcome=lambda result: float(result["now_ceiling"]),
        low=50,
        high=100,
        unit="% of choices",
        step=1,
        tolerance=3,
    ),
)  # fmt: skip
