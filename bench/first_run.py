"""How long until Python has answered: our exercise against JupyterLite's first cell."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench import lite
from bench.browser import launched, visit
from bench.budgets import FIRST_GRADED_RUN
from bench.link import LOOPBACK, MOBILE, Link, Served, serve
from bench.report import Promise, Section, Table, kilobytes, timed, times
from bench.samples import Sample, Store
from bench.summary import median, paired_ratio

GROUP = "first-run"
CHAPTER = "chapters/specification-gaming.html"
EXERCISE = "specification-gaming/ungameable-reward"
PATIENCE = 180_000  # milliseconds
LINKS = (LOOPBACK, MOBILE)
COURSE, LITE = "the course", "JupyterLite"

INTRO = (
    "A new visitor with an empty cache. The course: open the chapter, go to the exercise, put the "
    "model solution into the editor, press Ctrl + Enter, read the verdict; Python starts, loads "
    "NumPy and the course's package, runs the code and all checks. JupyterLite: open a notebook "
    "whose only cell imports NumPy and prints a sum, press Shift + Enter, read the number. Both "
    "serve the same Pyodide from the same machine, and the script that drives them loses no time. "
    "Seconds count from the start of the navigation."
)
NOTES = [
    (
        "JupyterLite is the notebook application of jupyterlite-core 0.6 with its Pyodide kernel; "
        "every package that it loads comes from the same host, without a look at a package index."
    ),
    (
        "The link slows every request, also those of the worker in which Python runs. The "
        "processor is not slowed, because Chromium's throttle leaves workers out."
    ),
]


def _graded(browser: Browser, site: Served, solution: str) -> Sample:
    def use(page: Page) -> None:
        exercise = page.locator("pg-exercise").first
        exercise.scroll_into_view_if_needed(timeout=PATIENCE)
        editor = exercise.locator(".cm-content")
        editor.click(timeout=PATIENCE)
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(solution)
        page.keyboard.press("ControlOrMeta+Enter")
        exercise.locator('.pg-verdict[data-passed="true"]').wait_for(timeout=PATIENCE)

    return _first(browser, site, CHAPTER, use)


def _first_cell(browser: Browser, site: Served) -> Sample:
    def use(page: Page) -> None:
        page.locator(".jp-CodeCell .cm-content").first.click(timeout=PATIENCE)
        page.keyboard.press("Shift+Enter")
        page.get_by_text(lite.ANSWER, exact=True).wait_for(timeout=PATIENCE)

    return _first(browser, site, f"notebooks/index.html?path={lite.NOTEBOOK}", use)


def _first(browser: Browser, site: Served, path: str, use: Callable[[Page], None]) -> Sample:
    with visit(browser) as opened:
        before, started = site.pipe.sent, time.perf_counter()
        opened.page.goto(site.address + path, wait_until="commit", timeout=PATIENCE)
        use(opened.page)
        return {"seconds": time.perf_counter() - started, "bytes": site.pipe.sent - before}


def _key(name: str, link: Link) -> str:
    return f"{name}, {link.name}"


def measure(store: Store, runs: int, site: Path, reference: Path, root: Path) -> Section:
    """Measure both in turns, on each link."""
    solution = (root / "exercises" / EXERCISE / "solution.py").read_text(encoding="utf-8")
    takers: dict[str, Callable[[], Sample]] = {}
    with ExitStack() as stack:
        browser = stack.enter_context(launched())
        for link in LINKS:
            ours = stack.enter_context(serve(site, link))
            theirs = stack.enter_context(serve(reference, link))
            takers[_key(COURSE, link)] = partial(_graded, browser, ours, solution)
            takers[_key(LITE, link)] = partial(_first_cell, browser, theirs)
        return section(store.in_turns(GROUP, takers, runs))


def section(taken: Mapping[str, list[Sample]]) -> Section:
    """Return what the samples say."""
    rows, promises = [], []
    for link in LINKS:
        ours, theirs = taken[_key(COURSE, link)], taken[_key(LITE, link)]
        seconds = [[s["seconds"] for s in samples] for samples in (ours, theirs)]
        ratio = paired_ratio(*seconds)
        sizes = [kilobytes(median([s["bytes"] for s in samples])) for samples in (ours, theirs)]
        rows.append((link.name, *map(timed, seconds), times(ratio), *sizes))
        promises.append(
            Promise(f"first graded run, {link.name}", ratio, times(ratio), FIRST_GRADED_RUN)
        )
    columns = ("link", COURSE, LITE, "ratio", f"{COURSE}, sent", f"{LITE}, sent")
    return Section("First Python answer", INTRO, [Table(columns, rows)], promises, NOTES)
