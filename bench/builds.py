"""How long the book takes to build: from nothing, unchanged, one page changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from bench.budgets import ALL_SIMULATIONS, UNCHANGED_BUILD
from bench.checkout import Checkout, forget
from bench.report import NONE, Promise, Section, Table, timed, times
from bench.samples import Sample, Store
from bench.summary import median, paired_ratio
from bench.tools import COURSE_PYTHON, run

GROUP = "builds"
CHANGED = "book/chapters/specification-gaming.md"

INTRO = (
    "`proxygap book` on a copy of the course, from start to exit: front end, Python for the "
    "browser, every chapter executed, maths rendered, pages checked. From nothing means that no "
    "page, no executed chapter and no bundle is there, while packages and Pyodide have been "
    "downloaded. The changed page gets one more sentence. *Simulations alone* computes the tables "
    "and pictures of every simulation from nothing, on all cores, as a build does before it "
    "executes the chapters."
)


def measure(store: Store, runs: int, checkout: Checkout) -> Section:
    """Time the three kinds of build, one after the other."""
    takers = {
        "from nothing": lambda: _cold(checkout),
        "nothing changed": lambda: _unchanged(checkout),
        "one page changed": lambda: _changed(checkout),
        "simulations alone": lambda: _simulations(checkout),
    }
    taken = store.in_turns(GROUP, takers, runs)
    seconds = {name: [sample["seconds"] for sample in samples] for name, samples in taken.items()}
    cold = seconds["from nothing"]
    rows = [
        (name, timed(values), NONE if values is cold else times(paired_ratio(values, cold)))
        for name, values in seconds.items()
    ]
    unchanged, simulations = seconds["nothing changed"], seconds["simulations alone"]
    return Section(
        "Building the book", INTRO,
        [Table(("build", "time", "of a build from nothing"), rows)],
        [Promise("unchanged book built again", median(unchanged), timed(unchanged),
                 UNCHANGED_BUILD),
         Promise("all simulations from nothing", median(simulations), timed(simulations),
                 ALL_SIMULATIONS)],
    )  # fmt: skip


def _timed(work: Callable[[], None]) -> Sample:
    started = time.perf_counter()
    work()
    return {"seconds": time.perf_counter() - started}


def _cold(checkout: Checkout) -> Sample:
    forget(checkout.output / "_build")
    forget(checkout.root / "src" / "proxygap" / "site" / "_bundle")
    return _timed(checkout.build)


def _unchanged(checkout: Checkout) -> Sample:
    checkout.build()  # a run that was interrupted may have left anything behind
    return _timed(checkout.build)


def _changed(checkout: Checkout) -> Sample:
    checkout.build()
    page = checkout.root / CHANGED
    before = page.read_text(encoding="utf-8")
    try:
        page.write_text(f"{before}\nOne more sentence, {time.time()}.\n", encoding="utf-8")
        return _timed(checkout.build)
    finally:
        page.write_text(before, encoding="utf-8")


PREPARE = """
import sys
from pathlib import Path
from proxygap.simulations import slugs
from proxygap.site.prepare import prepare
from proxygap.site.steps import step

with step("Simulations") as current:
    prepare(slugs(), Path(sys.argv[1]), current)
"""


def _simulations(checkout: Checkout) -> Sample:
    kept = checkout.output / "simulations"
    forget(kept)
    command: list[str | Path] = [COURSE_PYTHON, "-c", PREPARE, kept]

    def compute() -> None:
        run(command, cwd=checkout.root, env=checkout.environment())

    return _timed(compute)
