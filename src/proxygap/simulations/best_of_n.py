"""Best-of-n: choose from more and more answers by a score that is right on average.

An assistant writes n answers, a score picks one. Each answer has a true value, standard normal over
all answers; its score is that value plus an error of mean 0. Nobody cheats and nothing learns. The
score of the chosen answer rises with n for ever. Whether its true value does depends on how heavy
the tail of the error is, which no average over ordinary answers shows.

The choice is exact for any scores. With two answers that score 0 and 1, and three draws:

>>> best_of_n([0.5, 0.5], [0, 1], n=3).tolist()
[0.125, 0.875]

Best-of-n looks at the order of scores alone, so the page shows a score by its *rank*, as a standard
normal number: 0 is the middle of all answers, 2 is better than 97.7 % of them. Under every tail the
rank of the chosen answer is that of the highest of n standard normal numbers.

Not modelled: a score that learns from its mistakes, errors that depend on the true value, answers
written with the score in mind.

Source: beirami2024 (exact distribution, divergence); gao2023, section 3 (regressional case and
n = 60,000); kwa2024 (tails).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from proxygap.simulations._noisy_scores import TAILS, Cells, cells
from proxygap.simulations._order_statistics import DOUBLING, LARGEST, best_of_n, kl, kl_bound
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

N = np.array(DOUBLING)
TRIES = 24  # real choices shown as dots
CLOUD = 250  # ordinary answers shown behind them
GRADES = 10
SAMPLED = 1000


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    n: float = LARGEST  # answers to choose from, 1 to 60,000
    tail: str = "t3"  # name of the error's tail


def chosen_means(population: Cells, sizes: FloatArray) -> dict[str, FloatArray]:
    """Return mean score, rank and true value of the chosen answer, and its divergence.

    Parameters
    ----------
    population : Cells
        All answers.
    sizes : (M,) array
        Each n.

    Returns
    -------
    dict
        ``score``, ``rank``, ``truth`` and ``kl`` (nats), (M,) each.
    """
    chosen = [best_of_n(population.base, population.score, n) for n in sizes]
    return {
        "score": np.array([policy @ population.score for policy in chosen]),
        "rank": np.array([policy @ population.rank for policy in chosen]),
        "truth": np.array([policy @ population.truth for policy in chosen]),
        "kl": np.array([kl(policy, population.base) for policy in chosen]),
    }


def choose(n: int, tail: str, rng: np.random.Generator, *, tries: int) -> tuple[FloatArray, ...]:
    """Write n answers, keep the one with the highest score, and do so `tries` times.

    The first answers are the same for every n, so that a longer search continues a shorter one.

    Returns
    -------
    score, truth : (tries,) arrays
        Of the answers kept.
    """
    values, errors = rng.spawn(2)
    truth = values.normal(size=(n, tries))
    score = truth + TAILS[tail].draw(errors, (n, tries))
    best = score.argmax(axis=0)[None]
    return np.take_along_axis(score, best, 0)[0], np.take_along_axis(truth, best, 0)[0]


def kl_of_equal_answers(answers: int, sizes: FloatArray = N) -> FloatArray:
    """Return the divergence of best-of-n over equally likely answers with different scores."""
    base = np.full(answers, 1 / answers)
    return np.array([kl(best_of_n(base, np.arange(answers), n), base) for n in sizes])


def run(settings: Settings, rng: np.random.Generator) -> Result:
    """Return what best-of-n chooses, for every n at once and for the n that is set.

    Returns
    -------
    Result
        Over ``n`` (17,): ``score``, ``rank``, ``truth`` of the chosen answer, exact means;
        ``kl_bound``, ``kl_thousand`` and ``kl_grades``, nats. By rank: ``by_rank`` (46,) and
        ``truth_by_rank``. Drawn: ``cloud_rank`` and ``cloud_truth`` (250,), ``chosen_rank`` and
        ``chosen_truth`` (24,). At the n that is set: ``now_n``, ``now_score``, ``now_rank``,
        ``now_truth``, ``now_kl``. Over all n: ``peak_n`` and ``peak_truth``.
    """
    population = cells(settings.tail)
    means = chosen_means(population, N)
    now = int(np.searchsorted(N, settings.n))
    peak = int(means["truth"].argmax())
    bound = kl_bound(N)
    return Result(
        {
            "n": N,
            "score": means["score"],
            "rank": means["rank"],
            "truth": means["truth"],
            "kl_bound": bound,
            "kl_thousand": kl_of_equal_answers(SAMPLED),
            "kl_grades": kl_of_equal_answers(GRADES),
            **_by_rank(population),
            **_drawn(population, settings, rng),
            "now_n": np.asarray(N[now]),
            "now_score": means["score"][now],
            "now_rank": means["rank"][now],
            "now_truth": means["truth"][now],
            "now_kl": bound[now],
            "peak_n": np.asarray(N[peak]),
            "peak_truth": means["truth"][peak],
        }
    )


def _by_rank(population: Cells) -> dict[str, FloatArray]:
    rank = np.linspace(-3.5, 5.5, 46)
    return {"by_rank": rank, "truth_by_rank": np.interp(rank, population.rank, population.truth)}


def _drawn(
    population: Cells, settings: Settings, rng: np.random.Generator
) -> dict[str, FloatArray]:
    cloud, choices = rng.spawn(2)
    ordinary = choose(1, settings.tail, cloud, tries=CLOUD)
    chosen = choose(int(settings.n), settings.tail, choices, tries=TRIES)
    return {
        "cloud_rank": np.interp(ordinary[0], population.score, population.rank),
        "cloud_truth": ordinary[1],
        "chosen_rank": np.interp(chosen[0], population.score, population.rank),
        "chosen_truth": chosen[1],
    }


def _truth_at(run_at: RunAt, n: float, tail: str) -> float:
    return float(run_at(n=n, tail=tail)["now_truth"])


def _above_bound(_: RunAt) -> float:
    """Return the most by which the divergence exceeds log n − (n − 1)/n anywhere."""
    rng = np.random.default_rng(1)
    bases = [np.full(10, 0.1), np.array([0.9, 0.1]), rng.dirichlet(np.full(1000, 0.1))]
    scores = [rng.normal(size=10), np.array([0.0, 1.0]), rng.integers(0, 50, 1000)]
    return max(
        kl(best_of_n(base, score, n), base) - float(kl_bound(n))
        for base, score in zip(bases, scores, strict=True)
        for n in N
    )


def _gap_without_ties(_: RunAt) -> float:
    few = N[N <= 256]
    return float(np.abs(kl_of_equal_answers(100_000, few) - kl_bound(few)).max())


def _off_gaussian_theory(run_at: RunAt) -> float:
    result = run_at(tail="gaussian")
    return float(np.abs(result["truth"] - result["rank"] / np.sqrt(2)).max())


CLAIMS = (
    Claim("The divergence never exceeds log n − (n − 1)/n", "beirami2024", _above_bound,
          -np.inf, 1e-9),
    Claim("Without ties it equals log n − (n − 1)/n", "beirami2024", _gap_without_ties, 0, 1e-3),
    Claim("Choosing from 60,000 answers is about 10 nats away from the base", "gao2023",
          lambda run_at: float(run_at(n=60_000.0)["now_kl"]), 9.99, 10.01),
    Claim("The best of 1,000 standard normal numbers is 3.2414 on average", "arnold2008",
          lambda _: float(chosen_means(cells("gaussian"), np.array([1000.0]))["rank"][0]),
          3.2404, 3.2424),
    Claim("With Gaussian errors as large as the differences in value, the truth is the rank "
          "divided by √2, for every n", "gao2023", _off_gaussian_theory, 0, 2e-3),
    Claim("With t3 errors the truth peaks above 1.2", "kwa2024",
          lambda run_at: float(run_at(tail="t3")["peak_truth"]), 1.2, 1.4),
    Claim("With t3 errors it peaks at a few dozen answers", "kwa2024",
          lambda run_at: float(run_at(tail="t3")["peak_n"]), 16, 64),
    Claim("With t3 errors it is below 0.6 of its peak at 4,096 answers", "kwa2024",
          lambda run_at: _truth_at(run_at, 4096.0, "t3")
          / float(run_at(tail="t3")["peak_truth"]), 0, 0.6),
    Claim("With t2 errors it peaks above 0.5", "kwa2024",
          lambda run_at: float(run_at(tail="t2")["peak_truth"]), 0.5, 0.8),
    Claim("With t2 errors it is back at about zero at 60,000 answers", "kwa2024",
          lambda run_at: _truth_at(run_at, 60_000.0, "t2"), -0.05, 0.05),
    Claim("With Laplace errors the truth stops rising at √2", "kwa2024",
          lambda run_at: _truth_at(run_at, 60_000.0, "laplace"), 1.40, 1.42),
    Claim("With errors that are never large the truth keeps rising", "kwa2024",
          lambda run_at: float(np.diff(run_at(tail="bounded")["truth"]).min()), 0.01, np.inf),
)  # fmt: skip

SIMULATION = Simulation(
    slug="best-of-n",
    title="Best of n",
    parameters=(
        Parameter("n", "Answers to choose from", DOUBLING, float(LARGEST),
                  value_labels=("1 answer", *(f"{n:,.0f} answers" for n in DOUBLING[1:]))),
        Parameter("tail", "Errors of the score", tuple(TAILS), "t3",
                  value_labels=tuple(tail.label for tail in TAILS.values())),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("The chosen answer: score and worth", "n",
              (Line("rank", "score (its rank)", "proxy"), Line("truth", "true value", "truth")),
              "answers to choose from", "standard deviations",
              (-0.5, 4.5), x_scale="log", marker="now_n"),
        Plane("Twenty-four searches",
              (Mark("cloud_rank", "cloud_truth", "answers"),
               Mark("by_rank", "by_rank", "if the score were right", "proxy", "line"),
               Mark("by_rank", "truth_by_rank", "mean true value", "truth", "line"),
               Mark("chosen_rank", "chosen_truth", "chosen", "neutral", "dot")),
              "score (its rank)", "true value", (-4.0, 6.0), (-4.0, 6.0),
              x_role="proxy", y_role="truth"),
        Curve("Divergence from the base", "n",
              (Line("kl_bound", "no two scores alike"),
               Line("kl_thousand", "1,000 different answers"),
               Line("kl_grades", "10 grades")),
              "answers to choose from", "divergence (nats)",
              (0.0, 10.5), x_scale="log", marker="now_n"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Line chart over 1 to 60,000 answers, each step doubling their number. The rank of the "
        "chosen answer's score climbs steadily to 4.3. Its true value climbs to 1.3 at 32 answers "
        "and then falls to 0.15. Beside it, a cloud of ordinary answers and, far to the right at "
        "the height of average ones, the answers that were chosen."
    ),
    finding=(
        "Rare but huge errors are found by those who search for high scores. Among 32 answers the "
        "best-scored one is a good one; among 60,000 it is little better than an average one."
    ),
    summary=(
        "Best of {n}: score {now_score:.1f}, true value {now_truth:.2f} where an average answer "
        "has 0. The choice is {now_kl:.2f} nats away from the base."
    ),
    prediction=Prediction(
        id="best-of-n-truth",
        prompt=(
            "A score picks the best of n answers. It is right on average; its errors are mostly "
            "small and once in a while huge. The true value of a single answer is 0 on average, "
            "and of the best of 32 it is 1.3 standard deviations. A score without errors would "
            "find an answer worth 4.3 among 60,000. What is the chosen one worth with this score?"
        ),
        outcome=lambda result: float(result["now_truth"]),
        low=-1,
        high=5,
        unit="true value of the chosen answer",
        step=0.1,
        tolerance=0.4,
    ),
)  # fmt: skip
