"""Run the benchmarks and write BENCHMARKS.md: ``make bench``.

A run that was interrupted goes on where it stopped. Measurements of an unchanged course are kept;
``BENCH_FRESH=1`` measures everything again. ``BENCH_RUNS`` sets how often each measurement is
taken, ``BENCH_ONLY=pages,builds`` measures some groups and prints them without writing the file.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from playwright.sync_api import Error as BrowserError

from bench import (
    audits,
    builds,
    checkout,
    choosing,
    cohort,
    first_run,
    labs,
    learning,
    lite,
    machine,
    pages,
    stepping,
    stock,
    tools,
)
from bench.checkout import Checkout
from bench.report import Section, document
from bench.samples import Store
from bench.stamps import digest_of
from bench.tools import HERE, NotMeasured, Tools
from proxygap.errors import CourseError
from proxygap.site import chromium

ROOT = HERE.parent
WORK = ROOT / "_build" / "bench"
RESULTS = WORK / "samples.json"
REPORT = ROOT / "BENCHMARKS.md"
COMMAND = "make bench"
DEFAULT_RUNS = 5
COULD_NOT_RUN = 1
INTERRUPTED = 130


@dataclass
class Workshop:
    """What the measurements need; each part is made when the first of them asks for it."""

    say: Callable[[str], None]

    @cached_property
    def tools(self) -> Tools:
        """The references' own Python and npm packages."""
        return tools.provide(WORK, self.say)

    @cached_property
    def course(self) -> Checkout:
        """A copy of the course, to time its build."""
        return checkout.copy(ROOT, WORK / "timed", self.say)

    @cached_property
    def site(self) -> Checkout:
        """A built copy of the course that also has the page of the comparison."""
        page = {f"book/{stock.PAGE}.md": stock.SOURCE}
        made = checkout.copy(ROOT, WORK / "site", self.say, page)
        self.say("  building the course")
        made.build()
        return made

    @cached_property
    def stock(self) -> Path:
        """The pages of the stock Jupyter Book."""
        return stock.build(WORK, self.tools, self.site, checkout.digest(ROOT), self.say)

    @cached_property
    def lite(self) -> Path:
        """The pages of the JupyterLite."""
        return lite.build(WORK, self.tools, self.say)


Measure = Callable[[Store, int, Workshop], Section]

GROUPS: dict[str, tuple[str, Measure]] = {
    pages.GROUP: (
        "A page with a simulation",
        lambda store, runs, shop: pages.measure(store, runs, shop.site.pages, shop.stock, WORK),
    ),
    first_run.GROUP: (
        "First Python answer",
        lambda store, runs, shop: first_run.measure(store, runs, shop.site.pages, shop.lite, ROOT),
    ),
    labs.GROUP: (
        "Labs",
        lambda store, runs, shop: labs.measure(store, runs, shop.site.pages),
    ),
    learning.GROUP: ("Q-learning", lambda store, runs, _: learning.measure(store, runs)),
    stepping.GROUP: (
        "Steps in a gridworld",
        lambda store, runs, _: stepping.measure(store, runs),
    ),
    choosing.GROUP: (
        "Best of 60,000 answers",
        lambda store, runs, _: choosing.measure(store, runs),
    ),
    cohort.GROUP: (
        "Item statistics of 500 learners",
        lambda store, runs, _: cohort.measure(store, runs),
    ),
    builds.GROUP: (
        "Building the book",
        lambda store, runs, shop: builds.measure(store, runs, shop.course),
    ),
    audits.GROUP: (
        "Lighthouse",
        lambda store, runs, shop: audits.measure(store, runs, shop.site.pages, shop.tools, WORK),
    ),
}
"""Every comparison: its title and how it is measured."""


def digests() -> dict[str, str]:
    """Return what each group's samples depend on: the course, the references, how they measure."""
    course = checkout.digest(ROOT)
    shared = [HERE / name for name in ("browser.py", "link.py", "marks.py", "package-lock.json")]
    package = ROOT / "src" / "proxygap"
    simulations = package / "simulations"
    return {
        pages.GROUP: digest_of([*shared, HERE / "pages.py", HERE / "stock.py"], course),
        first_run.GROUP: digest_of(
            [*shared, HERE / "first_run.py", HERE / "lite.py", HERE / "requirements.txt"], course
        ),
        labs.GROUP: digest_of([*shared, HERE / "labs.py"], course),
        learning.GROUP: digest_of([simulations, HERE / "learning.py"]),
        stepping.GROUP: digest_of([simulations, HERE / "stepping.py"]),
        choosing.GROUP: digest_of([simulations, HERE / "choosing.py"]),
        cohort.GROUP: digest_of([package / "bank", package / "quiz", HERE / "cohort.py"]),
        builds.GROUP: digest_of([HERE / "builds.py", HERE / "checkout.py"], course),
        audits.GROUP: digest_of([*shared, HERE / "audits.py"], course),
    }


def attempt(name: str, store: Store, runs: int, shop: Workshop) -> Section:
    """Measure one group; what cannot be measured here becomes a section that says why."""
    title, measure = GROUPS[name]
    shop.say(title)
    try:
        return measure(store, runs, shop)
    except (NotMeasured, CourseError, BrowserError, OSError) as error:
        reason = " ".join(str(error).split())[:600]
        shop.say(f"  could not be measured: {reason}")
        return Section(title, "", failed=reason)


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what was asked for on the command line and in the environment."""
    env = os.environ
    parser = argparse.ArgumentParser("python -m bench", description=__doc__)
    add = parser.add_argument
    add("--runs", type=int, default=env.get("BENCH_RUNS", DEFAULT_RUNS),
        help="how often each measurement is taken")  # fmt: skip
    add("--only", type=_names, default=env.get("BENCH_ONLY", ""),
        help=f"groups to measure, of: {', '.join(GROUPS)}")  # fmt: skip
    add("--fresh", action="store_true", default=bool(env.get("BENCH_FRESH")),
        help="measure again what was kept")  # fmt: skip
    asked = parser.parse_args(arguments)
    if asked.runs < 1:
        parser.error("--runs is at least 1")
    return asked


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if unknown := [name for name in names if name not in GROUPS]:
        raise argparse.ArgumentTypeError(f"no group {unknown[0]!r}; there are {', '.join(GROUPS)}")
    return names


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write BENCHMARKS.md; return 0 unless something could not be measured."""
    asked = options(arguments)
    started = time.monotonic()

    def say(line: str) -> None:
        elapsed = time.monotonic() - started
        sys.stderr.write(f"[{elapsed // 60:3.0f}:{elapsed % 60:02.0f}] {line}\n")

    store = Store(RESULTS, digests(), say)
    if asked.fresh:
        store.forget()
    shop = Workshop(say)
    try:
        sections = [attempt(name, store, asked.runs, shop) for name in asked.only or GROUPS]
    except KeyboardInterrupt:
        say(f"Interrupted. What was measured is kept; `{COMMAND}` goes on from here.")
        return INTERRUPTED
    text = _document(sections, store, asked, shop)
    sys.stdout.write(text)
    if asked.only:
        say("Only some groups were measured: BENCHMARKS.md stays as it is.")
    else:
        REPORT.write_text(text, encoding="utf-8")
        say(f"Written: {REPORT.relative_to(ROOT)}")
    return COULD_NOT_RUN if any(section.failed for section in sections) else 0


def _document(
    sections: Sequence[Section], store: Store, asked: argparse.Namespace, shop: Workshop
) -> str:
    versions = {"Chromium": machine.version_of(chromium.find())}
    if "tools" in shop.__dict__:
        versions["Node, for Lighthouse"] = machine.version_of(shop.tools.node)
    described = machine.described(checkout.git_revision(ROOT), asked.runs, versions)
    return document(_period(*store.when()), described, sections, COMMAND)


def _period(first: datetime, last: datetime) -> str:
    day, other = f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}"
    return f"on {day}" if day == other else f"between {day} and {other}"


if __name__ == "__main__":
    sys.exit(main())
