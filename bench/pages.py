"""What a page costs before its first simulation can be played with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser

from bench import marks
from bench.browser import SLOW_PROCESSOR, launched, visit
from bench.budgets import FIRST_DRAWN, SCRIPT_BEFORE_USE, SLIDER_TO_PAINT
from bench.link import MOBILE, serve
from bench.report import Promise, Section, Table, kilobytes, timed, times
from bench.samples import Sample, Store
from bench.stock import PAGE
from bench.summary import median, paired_ratio, percentile

GROUP = "pages"
CHAPTER = "chapters/specification-gaming.html"
CHART = ".pg-panes svg path[d]"
SLIDER = "input[type=range]"
BARE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A slider</title>
<main class="pg-panes"><input type="range" max="19" value="19"> <output>19</output></main>
<script>
document.querySelector("input").addEventListener("input", (event) => {
  document.querySelector("output").textContent = event.target.value;
});
</script></html>
"""
"""The least that a slider can cost: one native range input and the number that follows it."""
REST = 2000  # milliseconds in which a page comes to rest before its slider is timed
PRESSES = 60
PATIENCE = 60_000  # milliseconds

INTRO = (
    f"A new visitor with an empty cache, a processor {SLOW_PROCESSOR}× slower (Chromium's "
    f"throttle) and a link of {MOBILE.name}. Both sides build the same Markdown file, one "
    'paragraph and `explore("boat-race", predict=False)`, and draw it with the same front-end '
    "module. *Drawn* is when the frame with both charts has been painted, counted from the start "
    "of the navigation. Bytes are what travelled, compressed, until the page was quiet."
)
NOTES = [
    (
        "The stock page has no kernel: its slider moves and nothing follows. The course's page "
        "carries the results of all slider positions as well, and they are in its bytes."
    ),
    (
        "html-manager, require.js and anywidget's script are served by the page's own host; a "
        "stock book fetches them from other hosts, which costs further connections that are not "
        "in here."
    ),
    "The server speaks HTTP/1.1 with compression, as a simple static host does.",
    (
        f"Slider to paint: {PRESSES} presses of an arrow key at {SLOW_PROCESSOR}× throttle. *Work* "
        "is the time in the page's own code plus the frame that shows the result, without the "
        "wait for the screen's next frame, which no page can shorten. The reference is the least "
        "that a slider can cost: an empty page with one native slider and a number."
    ),
]


@dataclass(frozen=True, slots=True)
class Place:
    """A page and what has to be visible on it."""

    name: str
    path: str
    visible: str


OURS = Place("the course", f"{PAGE}.html", CHART)
STOCK = Place("stock Jupyter Book", f"{PAGE}.html", CHART)
PUBLISHED = (
    Place("first page, until the race runs", "index.html", ".pg-hero-play"),
    Place("chapter, until its explorer asks", f"{CHAPTER}#predict", ".pg-ask"),
)


def _load(browser: Browser, base: str, place: Place) -> Sample:
    script = marks.when_drawn(place.visible, PATIENCE) + marks.PAINTED
    with visit(browser, slow=SLOW_PROCESSOR, link=MOBILE, script=script) as opened:
        page = opened.page
        page.goto(base + place.path, wait_until="load", timeout=PATIENCE)
        drawn = page.evaluate("window.benchDrawn")
        page.wait_for_load_state("networkidle", timeout=PATIENCE)
        return {
            "drawn": drawn / 1000,
            "paint": page.evaluate("window.benchPaint"),
            "bytes": opened.traffic.total(),
            "script": opened.traffic.total("Script"),
            "scripts": opened.traffic.files("Script"),
            "problems": opened.traffic.problems,
        }


def _slide(browser: Browser, address: str) -> Sample:
    with visit(browser, slow=SLOW_PROCESSOR, script=marks.SLIDES) as opened:
        page = opened.page
        page.goto(address, wait_until="load", timeout=PATIENCE)
        slider = page.locator(f".pg-panes {SLIDER}").first
        slider.wait_for(timeout=PATIENCE)
        slider.focus()
        page.wait_for_timeout(REST)
        for press in range(PRESSES):
            page.keyboard.press("ArrowLeft" if press // 15 % 2 == 0 else "ArrowRight")
            page.evaluate(marks.SLID, press)
        slides = page.evaluate("window.benchSlides")
        return {
            kind: {
                "median": median([slide[kind] for slide in slides]),
                "p95": percentile([slide[kind] for slide in slides], 0.95),
            }
            for kind in ("work", "whole")
        }


def _bare(work: Path) -> Path:
    folder = work / "bare"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(BARE, encoding="utf-8")
    return folder


def measure(store: Store, runs: int, site: Path, stock: Path, work: Path) -> Section:
    """Load the two pages in turns, then the course's own pages."""
    with (
        launched() as browser, serve(site) as course, serve(stock) as reference,
        serve(_bare(work)) as bare,
    ):  # fmt: skip
        load = partial(_load, browser)
        compared = store.in_turns(
            GROUP,
            {
                OURS.name: partial(load, course.address, OURS),
                STOCK.name: partial(load, reference.address, STOCK),
                "slider": partial(_slide, browser, course.address + OURS.path),
                "bare slider": partial(_slide, browser, bare.address),
            },
            runs,
        )
        own = {place.name: partial(load, course.address, place) for place in PUBLISHED}
        return section(compared, store.in_turns(GROUP, own, runs))


def section(compared: Mapping[str, list[Sample]], published: Mapping[str, list[Sample]]) -> Section:
    """Return what the samples say."""
    ours, stock = compared[OURS.name], compared[STOCK.name]
    own = {"explorer on a page of its own": ours, **published}
    return Section(
        "A page with a simulation", INTRO,
        [_comparison(ours, stock), _own_pages(own), _scripts(own), _slider(compared)],
        [*_promises(own), _slider_promise(compared["slider"])],
        [*NOTES, *_problems({**compared, **published})],
    )  # fmt: skip


def _comparison(ours: list[Sample], stock: list[Sample]) -> Table:
    def row(label: str, mine: list[float], theirs: list[float], seconds: bool) -> tuple[str, ...]:
        shown = [timed(v) if seconds else kilobytes(median(v)) for v in (mine, theirs)]
        return (label, *shown, times(paired_ratio(mine, theirs)))

    keys = {"bytes": "transferred", "script": "of it script", "drawn": "simulation drawn"}
    rows = [
        row(label, [s[key] for s in ours], [s[key] for s in stock], key == "drawn")
        for key, label in keys.items()
    ]
    return Table(("", OURS.name, STOCK.name, "ratio"), rows)


def _own_pages(pages: Mapping[str, list[Sample]]) -> Table:
    rows = [
        (
            name,
            kilobytes(median([s["bytes"] for s in samples])),
            kilobytes(median([s["script"] for s in samples])),
            timed([s["paint"]["first"] / 1000 for s in samples]),
            timed([s["paint"]["largest"] / 1000 for s in samples]),
            timed([s["drawn"] for s in samples]),
            f"{median([s['paint']['shift'] for s in samples]):.3f}",
        )
        for name, samples in pages.items()
    ]
    columns = ("page of the course", "transferred", "of it script", "first paint", "largest paint",
               "simulation drawn", "layout shift")  # fmt: skip
    return Table(columns, rows)


def _scripts(pages: Mapping[str, list[Sample]]) -> Table:
    rows = [
        (name, ", ".join(f"{Path(path).name} {kilobytes(size)}" for path, size in files.items()))
        for name, files in ((name, samples[-1]["scripts"]) for name, samples in pages.items())
    ]
    return Table(("page of the course", "scripts before the first interaction"), rows)


def _slider(compared: Mapping[str, list[Sample]]) -> Table:
    kinds = {"work": "work", "whole": "with the wait for the next frame"}
    ranks = {"median": "median", "p95": "95th percentile"}
    rows = []
    for kind, label in kinds.items():
        for rank, name in ranks.items():
            ours, bare = (
                [sample[kind][rank] for sample in compared[key]]
                for key in ("slider", "bare slider")
            )
            shown = [timed(values, "ms") for values in (ours, bare)]
            rows.append((f"{label}, {name}", *shown, times(paired_ratio(ours, bare))))
    return Table(("slider to paint", OURS.name, "an empty page", "ratio"), rows)


def _promises(pages: Mapping[str, list[Sample]]) -> list[Promise]:
    promises = []
    for name, samples in pages.items():
        drawn = [s["drawn"] for s in samples]
        promises.append(Promise(f"drawn: {name}", median(drawn), timed(drawn), FIRST_DRAWN))
    for name, samples in pages.items():
        script = median([s["script"] for s in samples])
        promises.append(
            Promise(f"script: {name}", script / 1000, kilobytes(script), SCRIPT_BEFORE_USE)
        )
    return promises


def _slider_promise(samples: list[Sample]) -> Promise:
    p95 = [s["work"]["p95"] for s in samples]
    return Promise("slider to paint, 95th percentile", median(p95), timed(p95, "ms"),
                   SLIDER_TO_PAINT)  # fmt: skip


def _problems(samples: Mapping[str, list[Sample]]) -> list[str]:
    """Return the failed requests: a page that misses files is not quite a fair comparison."""
    notes = []
    for name, taken in samples.items():
        files = sorted({problem.rpartition("/")[2] for problem in taken[-1].get("problems", [])})
        if files:
            listed = ", ".join(files)
            notes.append(f"Requests of *{name}* that failed, and cost it no bytes: {listed}.")
    return notes
