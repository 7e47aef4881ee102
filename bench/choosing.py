"""Best-of-n at n = 60,000: computed exactly, against drawing answers until it is known."""

from __future__ import annotations

import time
from collections.abc import Mapping

import numpy as np

from bench.budgets import BEST_OF_N
from bench.report import Promise, Section, Table, timed, times
from bench.samples import Sample, Store
from bench.summary import median, paired_ratio
from proxygap.simulations import best_of_n as page
from proxygap.simulations._noisy_scores import cells
from proxygap.simulations._order_statistics import LARGEST, best_of_n
from proxygap.simulations._spec import FloatArray

GROUP = "choosing"
TAIL = "t3"
DRAWN = 50  # real choices that are timed
ACCURACY = 0.01  # standard error that is wanted

INTRO = (
    f"The mean true value of the answer that best-of-n keeps, n = {LARGEST:,}, when the score is "
    "off by a Student t error with three degrees of freedom. The course integrates over all "
    f"answers. The reference draws {LARGEST:,} answers and keeps the best, again and again, until "
    f"the standard error of the mean is {ACCURACY}; it is timed for {DRAWN} choices, and the time "
    "for as many as it takes is computed from them. *The whole page* is everything that the "
    "explorer shows when its slider reaches this n."
)


def exact() -> float:
    """Return the mean true value of the chosen answer; nothing is reused from an earlier call."""
    population = cells.__wrapped__(TAIL)
    chosen = best_of_n(population.base, population.score, LARGEST)
    return float(chosen @ population.truth)


def choices_needed(truth: FloatArray) -> float:
    """Return how many choices bring the standard error down to `ACCURACY`."""
    return float((truth.std(ddof=1) / ACCURACY) ** 2)


def _exact() -> Sample:
    started = time.perf_counter()
    exact()
    return {"seconds": time.perf_counter() - started}


def _drawn() -> Sample:
    started = time.perf_counter()
    _, truth = page.choose(LARGEST, TAIL, np.random.default_rng(0), tries=DRAWN)
    each = (time.perf_counter() - started) / DRAWN
    return {"seconds": each * choices_needed(truth)}


def _page() -> Sample:
    cells(TAIL)  # stays the same while the slider of n moves
    started = time.perf_counter()
    page.run(page.Settings(LARGEST, TAIL), np.random.default_rng(0))
    return {"seconds": time.perf_counter() - started}


def measure(store: Store, runs: int) -> Section:
    """Measure all three in turns."""
    taken = store.in_turns(GROUP, {"exact": _exact, "drawn": _drawn, "page": _page}, runs)
    return section({n: [sample["seconds"] for sample in samples] for n, samples in taken.items()})


def section(seconds: Mapping[str, list[float]]) -> Section:
    """Return what the samples say."""
    exactly, shown = ([1000 * each for each in seconds[name]] for name in ("exact", "page"))
    gained = [times(paired_ratio(seconds["drawn"], seconds[name])) for name in ("exact", "page")]
    rows = [
        ("exact", timed(exactly, "ms"), gained[0]),
        (f"drawn, to a standard error of {ACCURACY}", timed(seconds["drawn"]), times(1)),
        ("the whole page", timed(shown, "ms"), gained[1]),
    ]
    promise = Promise(f"best-of-n, n = {LARGEST:,}", median(shown), timed(shown, "ms"), BEST_OF_N)
    columns = ("best-of-n", "time", "faster than drawing")
    return Section("Best of 60,000 answers", INTRO, [Table(columns, rows)], [promise])
