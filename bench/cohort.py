"""Item statistics of a large cohort: everything, from files to report, and the numbers alone."""

from __future__ import annotations

import json
import statistics as plain
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from bench.budgets import ITEM_STATISTICS
from bench.report import Promise, Section, Table, timed, times
from bench.samples import Sample, Store
from bench.summary import median, paired_ratio
from proxygap.bank import statistics
from proxygap.bank.cohort import read_cohort
from proxygap.bank.report import report
from proxygap.quiz import Item, Quiz, load_bank, load_misconceptions
from proxygap.quiz.model import Single

GROUP = "cohort"
LEARNERS, ITEMS = 500, 260
Numbers = tuple[list[float | None], list[float | None], float | None]

INTRO = (
    f"What `proxygap bank stats` does with the progress files of {LEARNERS} learners who answered "
    f"{ITEMS} items each, about 40 MB of JSON. *Everything* reads, checks and scores every answer "
    "and makes the report; starting Python is left out. *The numbers alone* are difficulties, "
    "discriminations and Cronbach's alpha of the finished table, against the same by Python's own "
    "`statistics` module, item by item. Given the same table both find the same numbers; "
    "`tests/bank` checks it."
)


@cache
def quiz() -> Quiz:
    """Return a quiz of so many items: the course's choice items, over and over."""
    found = [item for one in load_bank() for item in one.items if isinstance(item.body, Single)]
    items = [replace(found[n % len(found)], id=f"item-{n}") for n in range(ITEMS)]
    return Quiz("cohort", "A cohort", {}, tuple(items))


@cache
def table() -> statistics.Table:
    """Return who was right: ability less difficulty are the log-odds (Rasch's model)."""
    rng = np.random.default_rng(0)
    odds = rng.normal(size=(LEARNERS, 1)) - np.linspace(-2, 2, ITEMS)
    return (rng.random((LEARNERS, ITEMS)) < 1 / (1 + np.exp(-odds))).astype(float)


@contextmanager
def files() -> Iterator[list[Path]]:
    """Write the learners' files, as the page does, and remove them in the end."""
    with tempfile.TemporaryDirectory() as folder:
        made = [Path(folder, f"{n}.json") for n in range(LEARNERS)]
        for learner, path in enumerate(made):
            path.write_text(json.dumps(_file(learner), indent=1), encoding="utf-8")
        yield made


def _file(learner: int) -> dict[str, Any]:
    records = [_record(learner, n, item) for n, item in enumerate(quiz().items)]
    return {"format": "proxygap-progress", "version": 1, "records": records}


def _record(learner: int, column: int, item: Item) -> dict[str, Any]:
    right = bool(table()[learner, column])
    assert isinstance(item.body, Single)  # noqa: S101  (tells the type checker)
    options = [o.id for o in item.body.options if o.correct == right and not o.second_best]
    response = options[learner % len(options)]
    scored = {"outcome": "correct" if right else "wrong", "credit": int(right)}
    first = {**scored, "response": response}
    value: dict[str, Any] = {"quiz": "cohort", "tries": 1, "first": first, "beliefs": [], **first}
    second = learner * ITEMS + column
    at = f"2026-09-{second // 86400 + 1:02}T{second // 3600 % 24:02}:{second // 60 % 60:02}:"
    return {"kind": "answer", "id": item.id, "value": value, "at": f"{at}{second % 60:02}.000Z"}


def everything(paths: list[Path]) -> None:
    """Read the files and make the report."""
    report([quiz()], read_cohort(paths, [quiz()]).learners, load_misconceptions())


def numbers(scores: statistics.Table) -> Numbers:
    """Return difficulties, discriminations and Cronbach's alpha of a table."""
    return (statistics.means(scores), statistics.discriminations(scores, scores),
            statistics.alpha(scores).alpha)  # fmt: skip


def plainly(scores: statistics.Table) -> Numbers:
    """Return the same, item by item, with Python's own statistics."""
    rows = scores.tolist()
    totals = [sum(row) for row in rows]
    columns = list(zip(*rows, strict=True))
    found = [plain.correlation(column, [t - x for t, x in zip(totals, column, strict=True)])
             for column in columns]  # fmt: skip
    within = sum(plain.pvariance(column) for column in columns)
    items = len(columns)
    alpha = items / (items - 1) * (1 - within / plain.pvariance(totals))
    return [plain.fmean(column) for column in columns], list(found), alpha


def _seconds(what: Any, *given: Any) -> Sample:
    started = time.perf_counter()
    what(*given)
    return {"seconds": time.perf_counter() - started}


def measure(store: Store, runs: int) -> Section:
    """Measure all three in turns."""
    table(), load_misconceptions()
    with files() as paths:
        taken = store.in_turns(GROUP, {
            "everything": lambda: _seconds(everything, paths),
            "numbers": lambda: _seconds(numbers, table()),
            "plain": lambda: _seconds(plainly, table()),
        }, runs)  # fmt: skip
    return section({n: [sample["seconds"] for sample in samples] for n, samples in taken.items()})


def section(seconds: Mapping[str, list[float]]) -> Section:
    """Return what the samples say."""
    alone = [1000 * each for each in seconds["numbers"]]
    rows = [
        ("everything, from files to report", timed(seconds["everything"]), ""),
        ("the numbers alone", timed(alone, "ms"),
         times(paired_ratio(seconds["plain"], seconds["numbers"]))),
        ("the numbers alone, Python's `statistics`", timed(seconds["plain"]), times(1)),
    ]  # fmt: skip
    promise = Promise(f"item statistics, {LEARNERS} × {ITEMS}", median(seconds["everything"]),
                      timed(seconds["everything"]), ITEM_STATISTICS)  # fmt: skip
    columns = ("item statistics", "time", "faster than Python's")
    return Section("Item statistics of 500 learners", INTRO, [Table(columns, rows)], [promise])
