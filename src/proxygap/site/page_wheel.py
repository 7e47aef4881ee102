"""Pack the part of this package that runs in the page, and the lock file that finds it.

The wheel holds the simulations, the labs, the grading, the posture and the exercises' checks; no
model solution and nothing that needs more than NumPy. It is the same, byte for byte, for the same
sources.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import proxygap
from proxygap.content import content_root

LOCK = "pyodide-lock.json"
PACKAGE = Path(proxygap.__file__).resolve().parent
MODULES = ("__init__.py", "errors.py", "content.py", "registry.py")
FOLDERS = ("simulations", "labs", "grading", "posture")
CARRIED = {".py", ".json", ".toml"}  # code, and the data that it reads
NEEDS_AN_OPERATING_SYSTEM = {"sandbox.py", "_child.py"}
STAYS_BEHIND = ("run", "_run", "cli", "_inspect")
"""How the names begin of the modules of `posture` that ask real models."""

EXERCISE_FILES = ("README.md", "starter.py", "checks.py")
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip file knows."""

COMPRESSIBLE = (".wasm", ".js", ".mjs")
"""What a web server sends compressed; zip files and wheels are compressed already."""

LOADED = ("pyodide.asm.wasm", "python_stdlib.zip")
"""Core files that the worker counts while it starts."""


def write(target: Path, *, lock: dict[str, Any], packages: Sequence[str]) -> Path:
    """Put the wheel and a trimmed lock file into `target` and return the wheel.

    Parameters
    ----------
    target : Path
        Folder with the Pyodide files.
    lock : dict
        The release's own lock file.
    packages : sequence of str
        The packages that the page needs besides this one.
    """
    data = build()
    fingerprint = hashlib.sha256(data).hexdigest()
    # The build number changes with the content, so that no browser keeps an old one.
    wheel = target / f"proxygap-{proxygap.__version__}-0{fingerprint[:8]}-py3-none-any.whl"
    for old in target.glob("proxygap-*.whl"):
        if old != wheel:
            old.unlink()
    if not wheel.is_file() or wheel.read_bytes() != data:
        wheel.write_bytes(data)
    entries = {name: lock["packages"][name] for name in packages}
    entries["proxygap"] = _entry(wheel.name, fingerprint, packages)
    trimmed = {"info": lock["info"], "packages": entries, "sizes": sizes(target, entries)}
    (target / LOCK).write_text(json.dumps(trimmed, sort_keys=True), encoding="utf-8")
    return wheel


def _entry(file_name: str, sha256: str, depends: Sequence[str]) -> dict[str, Any]:
    return {
        "name": "proxygap",
        "version": proxygap.__version__,
        "file_name": file_name,
        "sha256": sha256,
        "install_dir": "site",
        "package_type": "package",
        "imports": ["proxygap"],
        "depends": list(depends),
        "unvendored_tests": False,
    }


def sizes(target: Path, entries: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Return how many bytes each file that the worker loads has, plain and as sent compressed."""
    names = [*LOADED, *(entry["file_name"] for entry in entries.values())]
    return {name: _size(target / name) for name in names}


def _size(file: Path) -> dict[str, int]:
    data = file.read_bytes()
    sent = len(gzip.compress(data, 6, mtime=0)) if file.suffix in COMPRESSIBLE else len(data)
    return {"plain": len(data), "sent": sent}


def build() -> bytes:
    """Return the wheel's bytes."""
    files = dict(sorted(_files()))
    info = f"proxygap-{proxygap.__version__}.dist-info"
    files[f"{info}/METADATA"] = _metadata()
    files[f"{info}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: proxygap\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, data, compresslevel=9)
    return packed.getvalue()


def _files() -> Iterator[tuple[str, bytes]]:
    for name in MODULES:
        yield f"proxygap/{name}", (PACKAGE / name).read_bytes()
    for folder in FOLDERS:
        for path in (PACKAGE / folder).rglob("*.*"):
            if path.suffix in CARRIED and not _stays_behind(path):
                yield f"proxygap/{path.relative_to(PACKAGE).as_posix()}", path.read_bytes()
    root = content_root() / "exercises"
    for name in EXERCISE_FILES:
        for path in root.glob(f"*/*/{name}"):
            inside = path.relative_to(root).as_posix()
            yield f"proxygap/_content/exercises/{inside}", path.read_bytes()
    # `content_root` looks for this folder too; the page reads its item bank from the page itself.
    yield "proxygap/_content/quizzes/README", b"The item bank is part of the pages.\n"


def _stays_behind(path: Path) -> bool:
    if path.parent == PACKAGE / "posture" and path.name.startswith(STAYS_BEHIND):
        return True
    return path.name in NEEDS_AN_OPERATING_SYSTEM


def _metadata() -> bytes:
    return (
        f"Metadata-Version: 2.1\nName: proxygap\nVersion: {proxygap.__version__}\n"
        "Summary: The part of The Proxy Gap that runs in the page\n"
    ).encode()


def _record(files: dict[str, bytes], own_name: str) -> bytes:
    lines = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in files.items()]
    return "\n".join([*lines, f"{own_name},,", ""]).encode()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
