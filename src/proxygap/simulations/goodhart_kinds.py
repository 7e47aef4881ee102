r"""Four kinds of Goodhart's law on one population of answers.

Each answer has a true value, standard normal. Four proxies of it are all good among ordinary
answers, and each fails in a way of its own when the top is chosen by it (manheim2018):

- *regressional*: a mark is the value plus an error. The top has luck as well as value:
  :math:`E[V \mid U = u] = u / (1 + \sigma^2)` for errors of standard deviation σ.
- *extremal*: detail goes with value, but a few poor answers go on and on. The top is theirs.
- *causal*: length goes with value because care causes both. Making answers longer does nothing.
- *adversarial*: authors learn how they are marked, and those who are better at tricks than at
  answers turn to tricks.

An intervention leaves alone what it does not cause. Set every length to 5, and values stay:

>>> seen = draw(graph(noise=1.0), 1000, np.random.default_rng(0))
>>> done = draw(graph(noise=1.0), 1000, np.random.default_rng(0), do={"length": 5.0})
>>> bool((seen["value"] == done["value"]).all())
True

Not modelled: that real proxies fail in several ways at once; that choosing changes who writes next.

Source: manheim2018 (the four kinds); gao2023, equation 1 (regressional slope); pearl2009 (do).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from proxygap.simulations._answer_graph import Drawn, draw, graph, respond
from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    RunAt,
    Simulation,
)
from proxygap.simulations._views import Bars, Line, Mark, Plane

POPULATION = 150_000
SHOWN = 250  # answers drawn as points
BIN = 0.5  # width of the bins over which values are averaged
BINS = np.arange(-4, 9, BIN)
FEWEST = 30  # answers in a bin whose mean is shown
PROXY_RANGE, TRUTH_RANGE = (-5.0, 9.0), (-4.0, 5.0)
ONE_IN = (1.0, 4.0, 16.0, 64.0, 256.0, 1024.0)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    one_in: float = 64  # the top answer in how many is chosen, 1 to 1,024
    noise: float = 1.0  # standard deviation of the error of the first mark, 0 to 2


def chosen(proxy: FloatArray, one_in: float) -> FloatArray:
    """Return the places of the answers that are chosen: the top share of 1/`one_in` by `proxy`."""
    number = int(len(proxy) / one_in)
    return np.asarray(np.argpartition(proxy, len(proxy) - number)[-number:])


def slope(proxy: FloatArray, truth: FloatArray) -> float:
    """Return the slope of the least-squares line of `truth` on `proxy`."""
    centred = proxy - proxy.mean()
    return float(centred @ truth / (centred @ centred))


def mean_by(proxy: FloatArray, truth: FloatArray) -> FloatArray:
    """Return the mean of `truth` in each bin of `proxy`; NaN where there are too few answers."""
    place = np.floor((proxy - BINS[0]) / BIN).astype(int)
    inside = (place >= 0) & (place < len(BINS))
    count = np.bincount(place[inside], minlength=len(BINS))
    total = np.bincount(place[inside], weights=truth[inside], minlength=len(BINS))
    return np.where(count >= FEWEST, total / np.maximum(count, 1), np.nan)


def run(settings: Settings, rng: np.random.Generator) -> Result:
    """Choose the top by each of four proxies.

    Returns
    -------
    Result
        For each of ``regressional``, ``extremal``, ``causal`` and ``adversarial``: ``…_cloud`` and
        ``…_cloud_truth`` (250,) points, ``…_line`` (26,) mean truth over ``bins`` (26,) of the
        proxy, ``…_cut`` (2,) where the chosen begin, ``…_proxy`` and ``…_truth`` () means of the
        chosen. ``causal_truth`` is that of answers *made* as long as the chosen ones,
        ``causal_seen`` that of the chosen ones, ``causal_do_line`` (26,) the mean truth when
        lengths are set at random. ``before_truth`` (): chosen by the known mark before authors
        knew. ``slope``, ``causal_slope``, ``do_slope`` (): least squares. ``tricked`` (): share of
        authors in per cent.
    """
    seed = rng.spawn(1)[0].integers(2**32)
    mechanisms = graph(settings.noise)

    def population(**do: FloatArray | float) -> Drawn:
        return draw(mechanisms, POPULATION, np.random.default_rng(seed), do)

    seen = population()
    known, unknown = respond(seen), respond({**seen, "skill": np.zeros(POPULATION)})
    longest = chosen(seen["length"], settings.one_in)
    made = population(length=float(seen["length"][longest].mean()))
    anyhow = population(length=rng.normal(size=POPULATION))
    kinds = {
        "regressional": (seen["mark"], seen["value"]),
        "extremal": (seen["detail"], seen["value"]),
        "causal": (seen["length"], seen["value"]),
        "adversarial": (known.mark, known.value),
    }
    series: dict[str, FloatArray] = {"bins": BINS + BIN / 2, "ends": np.array(TRUTH_RANGE)}
    for name, (proxy, truth) in kinds.items():
        series |= _of_kind(name, proxy, truth, settings.one_in)
    before = chosen(unknown.mark, settings.one_in)
    scalars = {
        "causal_seen": series["causal_truth"],
        "causal_truth": _mean(made["value"]),
        "before_truth": _mean(unknown.value[before]),
        "tricked": 100 * known.tricked.mean(),
        "slope": slope(*kinds["regressional"]),
        "causal_slope": slope(*kinds["causal"]),
        "do_slope": slope(anyhow["length"], anyhow["value"]),
    }
    series["causal_do_line"] = mean_by(anyhow["length"], anyhow["value"])
    series |= {name: np.asarray(number, dtype=float) for name, number in scalars.items()}
    return Result(series)


def _of_kind(
    name: str, proxy: FloatArray, truth: FloatArray, one_in: float
) -> dict[str, FloatArray]:
    top = chosen(proxy, one_in)
    cut = proxy[top].min() if one_in > 1 else np.nan
    shown = proxy[:SHOWN]
    inside = (shown > PROXY_RANGE[0]) & (shown < PROXY_RANGE[1])
    return {
        f"{name}_cloud": np.where(inside, shown, np.nan),
        f"{name}_cloud_truth": truth[:SHOWN],
        f"{name}_line": mean_by(proxy, truth),
        f"{name}_cut": np.full(2, cut),
        f"{name}_proxy": _mean(proxy[top]),
        f"{name}_truth": _mean(truth[top]),
    }


def _mean(numbers: FloatArray) -> FloatArray:
    """Return the mean to two decimals: the population is too small for a third."""
    return np.asarray(np.round(numbers.mean(), 2) + 0.0)  # adding zero turns −0.0 into 0.0


def _slope_at(noise: float) -> float:
    return 1 / (1 + noise**2)


def _slope_with(noise: float) -> Callable[[RunAt], float]:
    return lambda run_at: float(run_at(noise=noise)["slope"])


def _at(run_at: RunAt, series: str, one_in: float = 64.0) -> float:
    return float(run_at(one_in=one_in)[series])


CLAIMS = (
    *(Claim(f"Regressional: with errors of {noise:g} the slope is {_slope_at(noise):g}", "gao2023",
            _slope_with(noise),
            _slope_at(noise) - 0.005, _slope_at(noise) + 0.005) for noise in (0.5, 1.0, 2.0)),
    Claim("Regressional: the truth of the chosen is that share of their mark", "gao2023",
          lambda run_at: _at(run_at, "regressional_truth") / _at(run_at, "regressional_proxy"),
          0.48, 0.52),
    Claim("Extremal: the top 4th is clearly better than average", "manheim2018",
          lambda run_at: _at(run_at, "extremal_truth", 4.0), 0.9, 1.2),
    Claim("Extremal: the top 256th is clearly worse than average", "manheim2018",
          lambda run_at: _at(run_at, "extremal_truth", 256.0), -0.7, -0.4),
    Claim("Causal: among answers as written, a unit of length goes with 0.8 of value", "pearl2009",
          lambda run_at: _at(run_at, "causal_slope"), 0.795, 0.805),
    # Three standard errors: 3/√150,000.
    Claim("Causal: a unit of length that is added by hand goes with none", "pearl2009",
          lambda run_at: _at(run_at, "do_slope"), -0.0077, 0.0077),
    Claim("Adversarial: before authors know the mark, the top 64th is good", "manheim2018",
          lambda run_at: _at(run_at, "before_truth"), 2.0, 2.5),
    Claim("Adversarial: once they know it, the top 64th has a far higher mark …", "manheim2018",
          lambda run_at: _at(run_at, "adversarial_proxy"), 4.5, 5.2),
    Claim("… and is about average", "manheim2018",
          lambda run_at: _at(run_at, "adversarial_truth"), -0.2, 0.2),
)  # fmt: skip


def _plane(title: str, name: str, x_label: str, *lines: Mark) -> Plane:
    marks = (
        Mark(f"{name}_cloud", f"{name}_cloud_truth"),
        Mark(f"{name}_cut", "ends", "chosen", shape="line"),
        *lines,
    )
    return Plane(title, marks, x_label, "true value", PROXY_RANGE, TRUTH_RANGE,
                 x_role="proxy", y_role="truth")  # fmt: skip


def _truth(name: str, label: str) -> Mark:
    return Mark("bins", f"{name}_line", label, "truth", "line")


SIMULATION = Simulation(
    slug="goodhart-kinds",
    title="Four kinds of Goodhart's law",
    parameters=(
        Parameter("one_in", "Which answers are chosen", ONE_IN, 64.0,
                  value_labels=("all of them", *(f"the top 1 in {n:,.0f}" for n in ONE_IN[1:]))),
        Parameter("noise", "Error of the first mark", (0.0, 0.5, 1.0, 2.0), 1.0,
                  value_labels=("none", "half as large as the values differ",
                                "as large as the values differ", "twice as large")),
    ),
    settings=Settings,
    run=run,
    views=(
        _plane("Regressional: a mark with errors", "regressional", "mark",
               Mark("bins", "bins", "if the mark were right", "proxy", "line"),
               _truth("regressional", "mean true value")),
        _plane("Extremal: detail, and some who ramble", "extremal", "detail",
               _truth("extremal", "mean true value")),
        _plane("Causal: length, and making it longer", "causal", "length",
               _truth("causal", "as written"),
               Mark("bins", "causal_do_line", "made so long", "truth", "line")),
        _plane("Adversarial: a mark that authors know", "adversarial", "mark",
               _truth("adversarial", "mean true value")),
        Bars("The chosen: proxy and worth",
             (Line("regressional_proxy", "regressional: mark", "proxy"),
              Line("regressional_truth", "true value", "truth"),
              Line("extremal_proxy", "extremal: detail", "proxy"),
              Line("extremal_truth", "true value", "truth"),
              Line("causal_proxy", "causal: length", "proxy"),
              Line("causal_truth", "true value if made so long", "truth"),
              Line("adversarial_proxy", "adversarial: mark", "proxy"),
              Line("adversarial_truth", "true value", "truth")),
             "standard deviations of the true value", (-1.0, 9.0)),
    ),
    claims=CLAIMS,
    alt_text=(
        "Four scatter plots of true value against a proxy, and bars for the top answer in 64. "
        "Regressional: a line of half the slope that the mark promises. Extremal: a line that "
        "rises and then drops below zero. Causal: a rising line among answers as written, a flat "
        "one among answers made longer. Adversarial: a line that rises and then falls to zero. In "
        "the bars every proxy is high; one true value is at half of it, the others at zero or less."
    ),
    finding=(
        "Four proxies that are good among ordinary answers fail at the top in four ways: half of "
        "the mark is luck, the most detailed ramble, making answers longer makes them no better, "
        "and known marks draw tricks."
    ),
    summary=(
        "Chosen: {one_in}. Regressional: mark {regressional_proxy:z.1f}, worth "
        "{regressional_truth:z.1f}. Extremal: detail {extremal_proxy:z.1f}, worth "
        "{extremal_truth:z.1f}. Causal: made {causal_proxy:z.1f} longer, worth "
        "{causal_truth:z.1f}. Adversarial: mark {adversarial_proxy:z.1f}, worth "
        "{adversarial_truth:z.1f}."
    ),
    prediction=Prediction(
        id="goodhart-kinds-do-length",
        prompt=(
            "Authors who take care write better answers, and longer ones. Among answers as they "
            "come, one unit of length goes with 0.8 units of value; the longest 1 in 64 are worth "
            "2.0 where an average answer is worth 0. From tomorrow every answer must be as long as "
            "those. What will an average answer be worth?"
        ),
        outcome=lambda result: float(result["causal_truth"]),
        low=-1,
        high=3,
        unit="true value of an average answer",
        step=0.1,
        tolerance=0.3,
    ),
)  # fmt: skip
