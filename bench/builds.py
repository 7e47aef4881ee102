"""How long the book takes to build: from nothing, unchanged, one page changed."""

from __future__ import annotations

import time
from collections.abc import Callable

from bench.budgets import UNCHANGED_BUILD
from bench.checkout import Checkout, forget
from bench.report import NONE, Promise, Section, Table, timed, times
from bench.samples import Sample, Store
from bench.summary import median, paired_ratio

GROUP = "builds"
CHANGED = "book/chapters/specification-gaming.md"

INTRO = (
    "`proxygap book` on a copy of the course, from start to exit: front end, Python for the "
    "browser, every chapter executed, maths rendered, pages checked. From nothing means that no "
    "page, no executed chapter and no bundle is there, while packages and Pyodide have been "
    "downloaded. The changed page gets one more sentence."
)


def measure(store: Store, runs: int, checkout: Checkout) -> Section:
    """Time the three kinds of build, one after the other."""
    takers = {
        "from nothing": lambda: _cold(checkout),
        "nothing changed": lambda: _unchanged(checkout),
        "one page changed": lambda: _changed(checkout),
    }
    taken = store.in_turns(GROUP, takers, runs)
    seconds = {name: [sample["seconds"] for sample in samples] for name, samples in taken.items()}
    cold = seconds["from nothing"]
    rows = [
        (name, timed(values), NONE if values is cold else times(paired_ratio(values, cold)))
        for name, values in seconds.items()
    ]
    unchanged = seconds["nothing changed"]
    return Section(
        "Building the book", INTRO,
        [Table(("build", "time", "of a build from nothing"), rows)],
        [Promise("unchanged book built again", median(unchanged), timed(unchanged),
                 UNCHANGED_BUILD)],
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
