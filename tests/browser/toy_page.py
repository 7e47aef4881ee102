"""A small page with one explorer, for what the book's own pages cannot show on demand."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from proxygap.presentation._page_element import PageExplorer
from proxygap.presentation.explorer import specification
from proxygap.presentation.widget import BUNDLE
from proxygap.simulations import Bars, Curve, Grid, Line, Parameter, Prediction, Simulation
from proxygap.site.page import POLICY
from tests.browser.axe import TWO_FRAMES
from tests.browser.conftest import Guard
from tests.presentation.builders import make_simulation

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Toy</title>
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="_static/proxygap/proxygap.css">
<script src="_static/proxygap/theme.js"></script>
<script type="module" src="_static/proxygap/proxygap.mjs"></script>
</head><body><main style="max-width: 60rem; margin: auto; padding: 1rem">
<h1>Toy</h1><div style="height: {above}px"></div>{element}<p id="after">After.</p>
</main></body></html>"""

MAP = Grid(
    "A walk", ("#####", "#A> #", "#^#v#", "# < #", "#####"), "path",
    (Line("paid", "paid", "proxy"), Line("wanted", "wanted", "truth")), walker="boat",
    legend={"#": "land", "A": "start", ">v<^": "arrow tiles"},
)  # fmt: skip
CURVE = Curve(
    "Scores", "step", (Line("proxy", "what is paid", "proxy"),
                       Line("truth", "what we wanted (and never measured)", "truth")),
    "steps", "points per step", (-10.0, 10.0),
)  # fmt: skip
BARS = Bars("At the end", (Line("last", "final score", "truth"),), "points", (-10.0, 10.0))
QUESTION = Prediction(
    "toy-last", "Where does the score end?", lambda result: float(result["last"]), -10, 10,
    "points", step=1, tolerance=2,
)  # fmt: skip
RING = (6, 7, 8, 13, 18, 17, 16, 11)


def walk(pressure: float, mood: str) -> dict[str, object]:
    """Return a lap when calm, a boat that rocks when wild, and lines that part."""
    step = np.arange(9.0)
    moves = np.arange(41.0)
    path = [RING[int(i) % (2 if mood == "wild" else len(RING))] for i in moves]
    proxy = pressure * step / 2
    truth = np.where(step < 3 + 2 * pressure, -step if mood == "wild" else step, np.nan)
    return {"step": step, "proxy": proxy, "truth": truth, "path": path, "paid": 3 * moves,
            "wanted": -moves, "last": 7 / 3 - pressure}  # fmt: skip


MOODS = Parameter("mood", "Mood", ("calm", "wild"), "calm")
SIX = Parameter("mood", "Mood", ("calm", "wild", "shy", "bold", "odd", "even"), "calm")
PRESSURE = Parameter("pressure", "Pressure", (0.0, 1.0, 2.0, 3.0), 1.0, unit="nats")


def toy(*, predict: bool = False, moods: Parameter = MOODS) -> Simulation:
    """Return the simulation that `walk` computes."""
    return make_simulation(
        walk, parameters=(PRESSURE, moods), views=(MAP, CURVE, BARS),
        prediction=QUESTION if predict else None,
    )  # fmt: skip


def write_page(root: Path, name: str, *simulations: Simulation, above: int = 0) -> None:
    """Write a page called `name` with an explorer of each simulation, `above` pixels down."""
    served = root / "_static" / "proxygap"
    shutil.copytree(BUNDLE, served, dirs_exist_ok=True)
    html = "".join(PageExplorer(one, specification(one), served).html() for one in simulations)
    element = html.replace("pg-static:", "_static/proxygap/")
    page = PAGE.format(policy=POLICY, element=element, above=above)
    (root / name).write_text(page, encoding="utf-8")


# Fixtures for modules that define `toy_url`, the address of their pages.


@pytest.fixture
def toy_guard(toy_url) -> Guard:
    parts = urlsplit(toy_url)
    return Guard(f"{parts.scheme}://{parts.netloc}")


@pytest.fixture
def context(browser: Browser, toy_guard: Guard):
    """Opens contexts with a reader's preferences; fails on messages and foreign requests."""
    opened = []

    def _context(*, width=1280, scheme="light", motion=False, javascript=True):
        made = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="no-preference" if motion else "reduce",
        )  # fmt: skip
        opened.append(made)
        toy_guard.watch(made)
        return made

    yield _context
    for made in opened:
        made.close()
    toy_guard.verify()


@pytest.fixture
def visit(context, toy_url):
    """Open one of the toy pages and wait until its explorer is drawn."""

    def _visit(name="open.html", *, wait="pg-explorer[data-ready]", **preferences) -> Page:
        page = context(**preferences).new_page()
        page.goto(toy_url + name)
        if wait:
            page.wait_for_selector(wait)
            page.evaluate(TWO_FRAMES)  # charts take their width, labels the measure of their font
        return page

    return _visit
