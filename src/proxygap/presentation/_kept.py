"""What takes seconds to make and is kept from build to build.

One file holds one thing: a line of JSON about it, then its bytes. A file appears whole or not at
all, and one that was cut short afterwards is made again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from proxygap.presentation.served import write_whole

VERSIONS = 3
"""How many versions of a thing are kept, so that going back to an earlier one costs nothing."""

ABANDONED_SECONDS = 3600.0
"""After this long nobody finishes a file that was being written."""


class Kept(NamedTuple):
    """Bytes, and what must be known to use them.

    Attributes
    ----------
    about : dict
        JSON-able.
    content : bytes
        What a page fetches.
    """

    about: dict[str, Any]
    content: bytes


def keep(file: Path | None, make: Callable[[], Kept]) -> Kept:
    """Return what `file` holds, or else make it and keep it there; without a file, just make it."""
    if file is None:
        return make()
    if known := _read(file):
        os.utime(file)  # so that what is in use outlives what is not
        return known
    made = make()
    header = json.dumps({"bytes": len(made.content), "about": made.about}, allow_nan=False)
    write_whole(file, header.encode() + b"\n" + made.content)
    return made


def _read(file: Path) -> Kept | None:
    try:
        line, _, content = file.read_bytes().partition(b"\n")
        header = json.loads(line)
        return Kept(header["about"], content) if header["bytes"] == len(content) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget_old(folder: Path) -> None:
    """Remove all but the latest versions of each thing, and what killed builds left behind."""
    versions: dict[str, list[Path]] = {}
    for file in folder.glob("*"):
        if file.suffix != ".part":
            versions.setdefault(file.stem, []).append(file)
        elif time.time() - file.stat().st_mtime > ABANDONED_SECONDS:
            file.unlink(missing_ok=True)
    for files in versions.values():
        for old in sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)[VERSIONS:]:
            old.unlink(missing_ok=True)
