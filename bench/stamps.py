"""Builds a folder once: what is unchanged is not built again, what was interrupted is."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

STAMP = ".stamp"
DIGITS = 16


def digest_of(paths: Iterable[Path], *extra: str) -> str:
    """Return a fingerprint of files, of folders with all that is in them, and of `extra` text."""
    total = hashlib.sha256("\0".join(extra).encode())
    for path in paths:
        for file in sorted(_files(path)):
            total.update(f"{file.relative_to(path.parent).as_posix()}\0".encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:DIGITS]


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    ignored = {"__pycache__", "node_modules", "_bundle"}
    inside = (file for file in path.rglob("*") if file.is_file())
    return [file for file in inside if not ignored & set(file.relative_to(path).parts)]


def once(
    folder: Path,
    digest: str,
    build: Callable[[Path], None],
    say: Callable[[str], None] = print,
) -> Path:
    """Return `folder` after `build` filled it, unless it was filled for the same `digest`.

    The stamp is written last: an interrupted build starts again from an empty folder.
    """
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return folder
    say(f"  preparing {folder.parent.name}/{folder.name}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    build(folder)
    stamp.write_text(digest, encoding="utf-8")
    return folder
