"""Lighthouse, as on a phone, on every kind of page."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from bench.budgets import LIGHTHOUSE
from bench.link import serve
from bench.report import Promise, Section, Table
from bench.samples import Sample, Store
from bench.summary import median
from bench.tools import Tools, run
from proxygap.site import chromium

GROUP = "lighthouse"
PAGES = {
    "landing": "index.html",
    "chapter": "chapters/specification-gaming.html",
    "appendix": "appendix/command-line.html",
    "progress": "progress.html",
    "search": "search.html",
    "not found": "404.html",
}
MOST_RUNS = 3  # a run takes half a minute, and the median of three is steady
LIMIT = "≥ " + " / ".join(f"{budget.limit:g}" for budget in LIGHTHOUSE.values())
INTRO = (
    "Lighthouse with its default settings: a phone, a processor 4× slower and a slow 4G link, "
    "both simulated. Each score is the median of its runs, at most "
    f"{MOST_RUNS} of a page. Not all of accessibility can be audited by a program."
)


def _audit(tools: Tools, address: str, work: Path) -> Sample:
    report = work / "lighthouse.json"
    report.unlink(missing_ok=True)
    script = tools.modules / "lighthouse" / "cli" / "index.js"
    flags = " ".join(["--headless=new", *chromium.flags()])
    command: list[str | Path] = [
        tools.node, script, address, "--quiet", "--output=json", f"--output-path={report}",
        f"--chrome-flags={flags}", f"--only-categories={','.join(LIGHTHOUSE)}",
    ]  # fmt: skip
    run(command, cwd=work, env={**os.environ, "CHROME_PATH": str(chromium.ensure())})
    return scores(json.loads(report.read_text(encoding="utf-8")))


def scores(report: Mapping[str, Any]) -> Sample:
    """Return the scores, the main timings and what cost points in a Lighthouse report."""
    audits = report["audits"]
    timings = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time",
               "cumulative-layout-shift", "speed-index")  # fmt: skip
    return {
        "scores": {
            name: round(100 * (category["score"] or 0))
            for name, category in report["categories"].items()
        },
        "timings": {name: audits[name]["displayValue"] for name in timings if name in audits},
        "lost": sorted(
            f"{audit['id']} ({audit['displayValue']})" if audit.get("displayValue") else audit["id"]
            for category in report["categories"].values()
            for reference in category["auditRefs"]
            if reference["weight"] > 0
            and (audit := audits[reference["id"]])["score"] is not None
            and audit["score"] < 0.9
        ),
    }


def measure(store: Store, runs: int, site: Path, tools: Tools, work: Path) -> Section:
    """Audit all pages, round by round."""
    with serve(site) as served:
        takers = {
            name: partial(_audit, tools, served.address + path, work)
            for name, path in PAGES.items()
            if (site / path).is_file()
        }
        return section(store.in_turns(GROUP, takers, min(runs, MOST_RUNS)))


def section(taken: Mapping[str, list[Sample]]) -> Section:
    """Return what the samples say."""
    rows, promises, notes = [], [], []
    for page, samples in taken.items():
        middle = {name: median([s["scores"][name] for s in samples]) for name in LIGHTHOUSE}
        timings = samples[-1]["timings"]
        rows.append((page, *(f"{score:.0f}" for score in middle.values()), *timings.values()))
        worst = min(LIGHTHOUSE, key=lambda name: middle[name] - LIGHTHOUSE[name].limit)
        shown = " / ".join(f"{score:.0f}" for score in middle.values())
        promises.append(
            Promise(f"Lighthouse: {page}", middle[worst], shown, LIGHTHOUSE[worst], LIMIT)
        )
        if samples[-1]["lost"]:
            notes.append(f"What cost *{page}* points: {', '.join(samples[-1]['lost'])}.")
    notes += [f"There is no {name} page in this book." for name in PAGES if name not in taken]
    timing_names = next(iter(taken.values()))[-1]["timings"] if taken else {}
    columns = ("page", *LIGHTHOUSE, *(name.replace("-", " ") for name in timing_names))
    return Section("Lighthouse", INTRO, [Table(columns, rows)], promises, notes)
