"""Simulations are computed side by side before the chapters are executed."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Future

import pytest

from proxygap.site import prepare
from proxygap.site.steps import Step
from tests.authors.checkout import Checkout

SIMULATION = """
from dataclasses import dataclass

import numpy as np

from proxygap.simulations._spec import Parameter, Result, Simulation
from proxygap.simulations._views import Bars, Line


@dataclass(frozen=True)
class Settings:
    level: float = 1.0


def run(settings, rng):
    {body}
    return Result({{"score": np.asarray(settings.level)}})


SIMULATION = Simulation(
    "{slug}", "A toy", (Parameter("level", "Level", (0.0, 1.0, 2.0), 1.0),), Settings, run,
    (Bars("Scores", (Line("score", "score", "proxy"),), "points", (0.0, 2.0)),), (),
    "A bar.", "It is one.", "At {{level}}: {{score:.0f}}.",
)
"""

DRIVER = """
import sys
from pathlib import Path
from proxygap.errors import CourseError
from proxygap.site import prepare
from proxygap.site.steps import step

if __name__ == "__main__":
    try:
        with step("Simulations") as current:
            prepare.prepare(sys.argv[2:], Path(sys.argv[1]), current)
    except CourseError as error:
        sys.exit(f"Error: {error}")
"""


@pytest.fixture(scope="module")
def course(new_course) -> Checkout:
    """A course with a few simulations, of which some are wrong."""
    made = new_course("prepared")
    bodies = {
        "calm": "",
        "steady": "",
        "tilting": "1 / (2.0 - settings.level)",
        "doomed": "import os; os.kill(os.getpid(), 9)",
        "endless": "import time; time.sleep(600)",
    }
    for slug, body in bodies.items():
        module = made.root / "src/proxygap/simulations" / f"{slug}.py"
        module.write_text(SIMULATION.format(slug=slug, body=body))
    (made.root / "driver.py").write_text(DRIVER)
    return made


def drive(course: Checkout, kept: str, *slugs: str) -> subprocess.CompletedProcess[str]:
    return course.python("driver.py", str(course.root / kept), *slugs)


def made(course: Checkout, kept: str) -> set[str]:
    return {file.stem for file in (course.root / kept).iterdir()}


CALM = {"calm-table", "calm-wide", "calm-narrow", "calm-claims"}


def test_what_is_missing_is_computed_once(course):
    first = drive(course, "once", "calm", "steady")
    assert "Simulations … 2 simulations computed" in first.stderr
    assert made(course, "once") == CALM | {name.replace("calm", "steady") for name in CALM}
    assert "Simulations … up to date" in drive(course, "once", "calm", "steady").stderr


def test_changing_one_simulation_computes_only_that_one(course):
    drive(course, "edited", "calm", "steady")
    module = course.root / "src/proxygap/simulations/steady.py"
    module.write_text(module.read_text() + "\n# changed\n")
    assert "1 simulation computed" in drive(course, "edited", "calm", "steady").stderr


def test_a_simulation_that_fails_is_named_with_its_file_and_line(course):
    failed = drive(course, "failed", "tilting")
    module = (course.root / "src/proxygap/simulations/tilting.py").read_text()
    line = module[: module.index("1 / (2.0")].count("\n") + 1
    assert failed.returncode == 1
    assert failed.stderr.splitlines()[-1] == (
        f"Error: src/proxygap/simulations/tilting.py:{line}: the simulation 'tilting' could not "
        "be computed. ZeroDivisionError: float division by zero"
    )
    assert "Traceback" not in failed.stderr
    assert list((course.root / "failed").iterdir()) == []


def test_a_killed_worker_loses_nothing_and_leaves_nothing_half_done(course):
    killed = drive(course, "killed", "doomed", "calm")
    assert killed.returncode == 1
    said = killed.stderr.splitlines()[-1]
    assert said.startswith("Error: A process that computed simulations was killed, perhaps for")
    assert "doomed" in said
    assert made(course, "killed") <= CALM
    again = drive(course, "killed", "calm")
    assert again.returncode == 0
    assert made(course, "killed") == CALM


def workers_of(parent: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True,
                            text=True, check=False)  # fmt: skip
    return [int(pid) for pid in listed.stdout.split()]


def is_alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True,
                           check=False).stdout.strip()  # fmt: skip
    return state not in ("", "Z")


@pytest.fixture
def endless_build(course):
    """A build with one simulation done and another one that never will be."""
    kept = course.root / "stopped"
    shutil.rmtree(kept, ignore_errors=True)
    command = [sys.executable, "driver.py", str(kept), "calm", "endless"]
    environment = {**os.environ, "PYTHONPATH": str(course.root / "src")}
    build = subprocess.Popen(command, cwd=course.root, env=environment, stderr=subprocess.DEVNULL,
                             start_new_session=True)  # fmt: skip
    try:
        until(lambda: kept.exists() and made(course, "stopped") >= CALM)
        yield build
    finally:
        build.kill()
        build.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="uses ps")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_nobody_goes_on_when_the_build_has_ended(endless_build, end):
    workers = workers_of(endless_build.pid)
    assert workers
    # A terminal sends Ctrl+C to the whole group; a kill reaches the build alone.
    (os.killpg if end == signal.SIGINT else os.kill)(endless_build.pid, end)
    until(lambda: not any(is_alive(pid) for pid in workers))
    assert endless_build.wait(60) != 0


def until(condition, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_the_chapters_tell_which_simulations_they_show(tmp_path):
    (tmp_path / "chapters").mkdir()
    (tmp_path / "index.md").write_text("Call `explore( 'boat-race' )`, not explore('no-such').")
    (tmp_path / "chapters/one.md").write_text('explore("boat-race", predict=False)\nexplored("x")')
    assert prepare.shown_in(tmp_path) == ["boat-race"]


def test_the_bar_names_what_is_being_computed():
    done, running, queued = Future(), Future(), Future()
    done.set_result(None)
    running.set_running_or_notify_cancel()
    work = {done: "boat-race", running: "best-of-n", queued: "goodhart"}
    assert prepare._bar(work, 2) == "█████░░░░░░░░░░░ 1 of 3: best-of-n"


def test_on_a_terminal_the_bar_is_shown():
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    Step("Simulations", terminal).update("█░ 1 of 2: calm")
    assert terminal.getvalue().endswith("Simulations … █░ 1 of 2: calm")
