"""Build the site: front-end bundle, Python for the browser, book."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from proxygap.content import checkout_root
from proxygap.errors import ContentError, SetupError
from proxygap.presentation import served
from proxygap.site import bundle, digest, prepare, problems, turns
from proxygap.site.steps import Step, step

JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
LIBRARIES = ("jupyter-book", "sphinx", "myst-nb", "sphinxcontrib-katex", "sphinxcontrib-bibtex")
PROGRESS = re.compile(r"(reading sources|writing output)\.\.\. \[ *(\d+)%\] (\S+)")
ANSI = re.compile(r"\x1b\[[\d;]*m")
KEPT = ".proxygap"
"""Folder beside the pages that outlives a build: caches, Python for the browser, the stamp."""

SIMULATIONS = "simulations"
"""Folder in it of what simulations computed for the pages."""


def build_site(output: Path | None = None) -> Path:
    """Build everything that has changed and return the folder with the pages.

    Parameters
    ----------
    output : Path or None
        Folder that receives ``_build``; the checkout by default.

    Raises
    ------
    SetupError
        If something that the machine needs is missing.
    ContentError
        If a chapter, an item or an exercise is wrong.
    """
    root = checkout_root()
    build = (output or root).resolve() / "_build"
    try:
        with turns.alone(build / KEPT / "lock", _say_that_it_waits):
            return _build(root, build)
    except OSError as error:
        raise SetupError(
            f"The book could not be written to {build}: {error.strerror or error}. Free some "
            "space there, or choose another folder with: proxygap book --output FOLDER"
        ) from error


def _say_that_it_waits() -> None:
    sys.stderr.write("Another build is writing to the same folder. This one waits for it.\n")


def _build(root: Path, build: Path) -> Path:
    with step("Front end") as current:
        bundle.build_bundle(current)
    with step("Python for the browser") as current:
        _provision(build / KEPT / "pyodide", current)
    stamp, wanted = build / KEPT / "stamp", _fingerprint(root, build)
    pages = build / "html"
    if (pages / "index.html").is_file() and stamp.is_file() and stamp.read_text() == wanted:
        with step("Book") as current:
            current.outcome = "up to date"
        return pages
    stamp.unlink(missing_ok=True)
    with step("Simulations") as current:
        prepare.prepare(prepare.shown_in(root / "book"), build / KEPT / SIMULATIONS, current)
    with step("Book") as current:
        _build_book(root, build, current)
    stamp.write_text(wanted)
    return pages


def _provision(target: Path, current: Step) -> None:
    from proxygap.site import pyodide

    current.outcome = "ready"
    pyodide.provision(target, progress=current.update)


def _fingerprint(root: Path, build: Path) -> str:
    folders = ("book", "quizzes", "exercises", "src/proxygap")
    files = [root / "_config.yml"]
    for folder in folders:
        files += [path for path in (root / folder).rglob("*") if _is_source(path, root, build)]
    libraries = "".join(version(name) for name in LIBRARIES)
    return f"{digest.of_files(files, base=root)} {libraries}"


def _is_source(path: Path, root: Path, build: Path) -> bool:
    ignored = {"__pycache__", ".ipynb_checkpoints", "_build"} & set(path.relative_to(root).parts)
    return path.is_file() and not ignored and build not in path.parents


def _build_book(root: Path, build: Path, current: Step) -> None:
    command = [sys.executable, "-c", JUPYTER_BOOK, "build", str(root / "book"),
               "--config", str(root / "_config.yml"), "--path-output", str(build.parent),
               "-W", "-n", "--keep-going"]  # fmt: skip
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1",
                   served.KEPT_VARIABLE: str(build / KEPT / SIMULATIONS)}  # fmt: skip
    with tempfile.TemporaryFile("w+") as complaints:
        with subprocess.Popen(
            command, cwd=root, env=environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints,
        ) as running:  # fmt: skip
            pages = _follow(running, current)
        code = running.returncode
        complaints.seek(0)
        said = ANSI.sub("", complaints.read())
    if code:
        log = build / KEPT / "sphinx.log"
        log.write_text(said, encoding="utf-8")
        raise _failure(problems.find(said, root), said, log)
    current.outcome = f"{pages} page{'s' * (pages != 1)} written"


def _follow(running: subprocess.Popen[str], current: Step) -> int:
    """Show Sphinx's progress and return the number of pages that it wrote."""
    written = 0
    assert running.stdout is not None  # noqa: S101  # opened with a pipe
    for line in running.stdout:
        if found := PROGRESS.search(ANSI.sub("", line)):
            what = "reading" if found[1].startswith("reading") else "writing"
            written += what == "writing"
            current.update(f"{what} {found[3]}, {found[2]} %")
    return written


def _failure(found: list[problems.Problem], said: str, log: Path) -> Exception:
    if not found:
        return SetupError(f"The book was not built: {problems.cause(said)} All of it: {log}")
    first, *others = found
    more = f"\nAnd {len(others)} more, each of which stops the build:" if others else ""
    listed = "".join(f"\n{problem}" for problem in others)
    return ContentError(f"{first.text}{more}{listed}", file=first.file, line=first.line)
