"""The explorer in a real JupyterLab: a kernel computes what the learner's keys ask for."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from proxygap.simulations import get

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STARTED_WITHIN = 180  # seconds
CELL = 120_000  # milliseconds for a kernel to start and a cell to show its widget

EXPLORE = """\
from proxygap import explore
boat = explore("boat-race", predict=False)
boat"""
COMPOSE = """\
import ipywidgets
from proxygap import explore
one, other = explore("boat-race", predict=False), explore("boat-race", predict=False)
said = ipywidgets.Label("nothing yet")
ipywidgets.link((one, "episodes"), (other, "episodes"))
other.observe(lambda change: setattr(said, "value", f"other: {other.episodes:g}"), "episodes")
ipywidgets.VBox([said, ipywidgets.HBox([one, other])])"""


class Lab:
    """A JupyterLab server in a folder of its own; always ended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.token = secrets.token_hex(16)
        self.address = ""
        self._ready = threading.Event()

    def __enter__(self) -> Lab:
        # Settings, kernels and history of this machine's user stay out of it.
        own = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
        home = {name: str(self.folder / name.lower()) for name in own}
        environment = {**os.environ, **home}
        environment.pop("PROXYGAP_SERVED", None)
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--port=0", "--allow-root",
                   "--ServerApp.ip=127.0.0.1", f"--ServerApp.token={self.token}",
                   f"--ServerApp.root_dir={self.folder}", "--LabApp.news_url=None",
                   "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]  # fmt: skip
        self._server = subprocess.Popen(
            command, env=environment, cwd=self.folder, text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if not self._ready.wait(STARTED_WITHIN):
            self.__exit__()
            pytest.fail(f"JupyterLab did not start within {STARTED_WITHIN} s")
        return self

    def _read(self) -> None:
        """Find the address in the server's messages, and keep its pipe empty."""
        for line in self._server.stderr:
            found = re.search(r"http://127\.0\.0\.1:\d+/", line)
            if found and not self._ready.is_set():
                self.address = found[0]
                self._ready.set()

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        try:
            self._server.wait(15)  # the server ends its kernels on the way
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait(15)
        self._reader.join(5)
        self._server.stderr.close()

    def write(self, name: str, *cells: str) -> None:
        """Write a notebook whose code cells are `cells`."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, self.folder / name)

    def open(self, browser: Browser, name: str) -> Page:
        """Open the notebook alone, run all its cells and return the page."""
        page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page.goto(f"{self.address}doc/tree/{name}?token={self.token}&reset", timeout=CELL)
        # A command that is given before the kernel is there is dropped.
        expect(page.get_by_text(re.compile(r"\| Idle$"))).to_be_visible(timeout=CELL)
        page.locator(".jp-Notebook .jp-Cell").first.click()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        return page


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Iterator[Lab]:
    subprocess.run([sys.executable, "-m", "proxygap.site.bundle"], check=True)
    with Lab(tmp_path_factory.mktemp("lab")) as started:
        yield started


def test_in_jupyterlab_the_kernel_computes_what_a_key_asks_for(lab, browser):
    lab.write("explore.ipynb", EXPLORE, "print(boat.episodes, boat.result['summary'])")
    page = lab.open(browser, "explore.ipynb")
    widget = page.locator(".jp-OutputArea .pg-explorer")
    simulation = get("boat-race")
    expect(widget.locator(".pg-summary")).to_have_text(simulation.summarise(), timeout=CELL)
    slider = widget.get_by_role("slider", name="Races trained")
    slider.press("Home")
    slider.press("ArrowRight")
    now = simulation.summarise(episodes=20.0)
    expect(widget.locator(".pg-summary")).to_have_text(now, timeout=CELL)
    expect(widget.locator(".pg-chart-curve svg path.pg-line")).to_have_count(2)
    # What Python holds, asked in the next cell.
    page.locator(".jp-Notebook .jp-CodeCell").nth(1).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    output = page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")
    expect(output).to_have_text(f"20.0 {now}", timeout=CELL)
    page.close()


def test_in_jupyterlab_explorers_compose_with_boxes_links_and_observers(lab, browser):
    lab.write("compose.ipynb", COMPOSE)
    page = lab.open(browser, "compose.ipynb")
    one, other = (page.locator(".jp-OutputArea .pg-explorer").nth(i) for i in (0, 1))
    expect(other.locator(".pg-summary")).to_be_visible(timeout=CELL)
    one.get_by_role("slider", name="Races trained").press("Home")
    now = get("boat-race").summarise(episodes=10.0)
    for explorer in (one, other):
        expect(explorer.locator(".pg-summary")).to_have_text(now, timeout=CELL)
    expect(page.get_by_text("other: 10")).to_be_visible()
    page.close()


def test_without_its_front_end_a_notebook_says_how_to_build_it(lab, browser, tmp_path):
    missing = json.dumps(str(tmp_path))
    lab.write("missing.ipynb", (
        "import pathlib\nfrom proxygap.presentation import widget\n"
        f"widget.BUNDLE = pathlib.Path({missing})\n{EXPLORE}"
    ))  # fmt: skip
    page = lab.open(browser, "missing.ipynb")
    expect(page.locator(".jp-OutputArea-output")).to_contain_text("make bundle", timeout=CELL)
    page.close()
