"""How long a lab takes to answer in the page, from the press of a button to the next picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Locator

from bench.browser import launched, visit
from bench.budgets import LAB_ACTION
from bench.link import serve
from bench.report import Promise, Section, Table, timed
from bench.samples import Sample, Store
from bench.summary import median, percentile

GROUP = "labs"
ACTIONS = 20  # timed, after one that starts Python
PATIENCE = 180_000  # milliseconds

INTRO = (
    "A lab is played in the page: a button sends an action to Python, which runs in a worker, and "
    f"the view that comes back is drawn. {ACTIONS} presses, Python being up; from the press to the "
    "frame that shows the result. The processor is not slowed, because Chromium's throttle leaves "
    "workers out."
)

ANSWERED = """
(control) => new Promise((done) => {
  const lab = control.closest(".pg-lab");
  const channel = new MessageChannel();
  let asked = false;
  const look = new MutationObserver(() => {
    if (lab.getAttribute("aria-busy") === "true") asked = true;
    else if (asked) {
      look.disconnect();
      requestAnimationFrame(() => channel.port2.postMessage(0));
    }
  });
  const started = performance.now();
  channel.port1.onmessage = () => done(performance.now() - started);
  look.observe(lab, { attributes: true, attributeFilter: ["aria-busy"] });
  control.click();
})
"""


@dataclass(frozen=True, slots=True)
class Played:
    """A lab, the button that is timed, and what is pressed before, at first and each time."""

    slug: str
    page: str
    button: str
    first: str = ""
    each_time: str = ""


LABS = (
    # A reward that was planned before is only looked up, so a number is changed each time.
    Played("write-the-reward", "chapters/specification-gaming.html", "Let the optimiser at it",
           each_time="button[aria-label$=': more']"),
    Played("posture-picker", "chapters/choosing-a-model.html", "Draw other items",
           first="input[value='measure']"),
    Played("you-are-the-labeller", "chapters/rlhf.html", "A is better",
           first=".pg-lab-top .pg-button-main"),
    # Training by settings that were tried before is only looked up, and so are rails.
    Played("constitution-workbench", "chapters/constitutional-ai.html",
           "Train by this constitution",
           each_time="fieldset:has-text('handed on') input:not(:checked)"),
    Played("stack-builder", "chapters/guardrails.html", "Run the rails",
           each_time="fieldset:has-text('does the self-check') input:not(:checked)"),
)  # fmt: skip


def _play(browser: Browser, address: str, played: Played) -> Sample:
    with visit(browser) as opened:
        opened.page.goto(address + played.page, wait_until="load", timeout=PATIENCE)
        lab = opened.page.locator(f"pg-lab[data-slug='{played.slug}']")
        lab.scroll_into_view_if_needed(timeout=PATIENCE)
        if played.first:
            _press(lab.locator(played.first))
        button = lab.get_by_role("button", name=played.button)
        times = []
        for _ in range(1 + ACTIONS):
            if played.each_time:
                _press(lab.locator(played.each_time).first)
            times.append(_press(button))
        return {"ms": times[1:]}


def _press(control: Locator) -> float:
    """Press a control and return after how many milliseconds its answer was on the screen."""
    control.wait_for(timeout=PATIENCE)
    return float(control.evaluate(ANSWERED, timeout=PATIENCE))


def measure(store: Store, runs: int, site: Path) -> Section:
    """Play the labs in turns."""
    with launched() as browser, serve(site) as served:
        takers = {one.slug: partial(_play, browser, served.address, one) for one in LABS}
        return section(store.in_turns(GROUP, takers, runs))


def section(taken: Mapping[str, list[Sample]]) -> Section:
    """Return what the samples say."""
    rows, promises = [], []
    for played in LABS:
        samples = [sample["ms"] for sample in taken[played.slug]]
        middle, late = [median(s) for s in samples], [percentile(s, 0.95) for s in samples]
        rows.append((played.slug, played.button, timed(middle, "ms"), timed(late, "ms")))
        promises.append(Promise(f"lab: an action in the page, {played.slug}", median(late),
                                timed(late, "ms"), LAB_ACTION))  # fmt: skip
    columns = ("lab", "button", "median", "95th percentile")
    return Section("Labs", INTRO, [Table(columns, rows)], promises)
