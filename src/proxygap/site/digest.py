"""Short fingerprints of files: what is unchanged is not built again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]

SUFFIXES = (".py", ".json")

LENGTH = 12
"""Hex digits of a fingerprint: 48 bits, far beyond what a folder of builds can confuse."""


def of_files(files: Iterable[Path], *, base: Path) -> str:
    """Return a fingerprint of the names under `base` and the contents of `files`."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(f"{file.relative_to(base).as_posix()}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:LENGTH]


def of_text(text: str) -> str:
    """Return a fingerprint of `text`."""
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def of_package(*, without: tuple[str, ...] = ("cli",), package: Path = _PACKAGE) -> str:
    """Return a fingerprint of the package's Python files and of the data beside them.

    Parameters
    ----------
    without : tuple of str
        Folders directly under the package that do not count.
    package : Path
        The package's folder.
    """
    return of_files(_sources(package, without), base=package)


def _sources(package: Path, without: tuple[str, ...]) -> Iterator[Path]:
    for file in package.rglob("*.*"):
        inside = file.relative_to(package).parts
        if file.suffix in SUFFIXES and inside[0] not in without and "_bundle" not in inside:
            yield file
