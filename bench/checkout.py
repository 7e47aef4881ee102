"""A copy of the course to build: nothing that is measured changes the working tree."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.stamps import digest_of, once
from bench.tools import COURSE_PYTHON, run

SOURCES = ("_config.yml", "book", "exercises", "quizzes", "src", "web", "pyproject.toml")
BUILT = {"__pycache__", "_build", "_bundle", "node_modules", ".ipynb_checkpoints"}


@dataclass(frozen=True, slots=True)
class Checkout:
    """A copy of the course and the folder that its book is built into."""

    root: Path
    output: Path

    @property
    def pages(self) -> Path:
        """The folder with the built pages."""
        return self.output / "_build" / "html"

    def build(self) -> None:
        """Build the book with the course's own command.

        Raises
        ------
        NotMeasured
            If the book does not build.
        """
        command: list[str | Path] = [
            COURSE_PYTHON,
            "-m",
            "proxygap",
            "book",
            "--output",
            self.output,
        ]
        run(command, cwd=self.root, env=self.environment())

    def environment(self) -> dict[str, str]:
        """Return the environment in which Python, and each kernel, imports this copy."""
        return {**os.environ, "PYTHONPATH": str(self.root / "src")}


def digest(root: Path) -> str:
    """Return a fingerprint of the course in the folder `root`."""
    return digest_of(root / name for name in SOURCES)


def copy(
    root: Path, folder: Path, say: Callable[[str], None], extra: Mapping[str, str] | None = None
) -> Checkout:
    """Copy the course in `root` to `folder`, again only when the course has changed.

    `extra` gives the text of files that the copy holds besides.
    """
    added = extra or {}

    def fill(folder: Path) -> None:
        for name in _tracked_or_new(root):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, target)
        # The same installed packages: installing them is not part of building a book.
        if (root / "web" / "node_modules").is_dir():
            shutil.copytree(
                root / "web" / "node_modules", folder / "web" / "node_modules",
                symlinks=True, copy_function=_link,
            )  # fmt: skip
        for name, text in added.items():
            (folder / name).write_text(text, encoding="utf-8")

    once(folder / "course", digest_of([], digest(root), *added, *added.values()), fill, say)
    return Checkout(folder / "course", folder)


def _tracked_or_new(root: Path) -> list[str]:
    """Return the sources' files, without anything that a build wrote."""
    files: list[str] = []
    for source in (root / name for name in SOURCES):
        inside = [source] if source.is_file() else sorted(source.rglob("*"))
        files += [
            path.relative_to(root).as_posix()
            for path in inside
            if path.is_file() and not BUILT & set(path.relative_to(root).parts)
        ]
    return files


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def forget(folder: Path) -> None:
    """Remove a build and all that it cached."""
    shutil.rmtree(folder, ignore_errors=True)


def git_revision(root: Path) -> str:
    """Return the revision of the course, with a mark when files differ from it."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=root, check=False, capture_output=True, text=True,
    )  # fmt: skip
    return told.stdout.strip() or "unknown"
