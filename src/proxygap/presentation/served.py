"""Files that a site serves beside its pages, and data inside pages."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

VARIABLE = "PROXYGAP_SERVED"
"""Environment variable that names the folder of served files while a site is being built."""

KEPT_VARIABLE = "PROXYGAP_KEPT"
"""Environment variable that names the folder of what is computed once for several builds."""

HASH_DIGITS = 8


def folder() -> Path | None:
    """Return the folder of served files, or None outside a build."""
    return _named_by(VARIABLE)


def kept() -> Path | None:
    """Return the folder of what earlier builds computed, or None if nothing is kept."""
    return _named_by(KEPT_VARIABLE)


def _named_by(variable: str) -> Path | None:
    named = os.environ.get(variable)
    return Path(named) if named else None


def serve(served: Path, stem: str, suffix: str, content: bytes) -> str:
    """Write `content` under a name that carries its hash and return that name.

    Parameters
    ----------
    served : Path
        The folder of served files.
    stem, suffix : str
        ``"tables/boat-race"`` and ``"bin"`` make ``tables/boat-race.1a2b3c4d.bin``.
    content : bytes
        What the file holds.
    """
    digest = hashlib.sha256(content).hexdigest()[:HASH_DIGITS]
    name = f"{stem}.{digest}.{suffix}"
    if not (served / name).exists():
        write_whole(served / name, content)
    return name


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that it appears whole or not at all: chapters are executed side by side."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(target)


def script_json(data: object) -> str:
    """Return JSON for a script element; no ``<`` in it can end the element early."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")
