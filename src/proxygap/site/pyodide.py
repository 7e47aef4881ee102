"""Put Python for the browser beside the pages: Pyodide, NumPy and this package.

Every file is refused unless its SHA-256 is the one that the official Pyodide release published:
core files are pinned here, packages by the release's own lock file, which is pinned here too. So
it does not matter where the bytes come from, and they may come from several places.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from proxygap.errors import SetupError
from proxygap.site import page_wheel
from proxygap.site.download import Progress
from proxygap.site.sources import MIRROR_VARIABLE, Source, default_sources

LOCK = "pyodide-lock.json"
CACHE_VARIABLE = "PROXYGAP_CACHE"


@dataclass(frozen=True)
class Release:
    """A Pyodide release: the fingerprint of every core file, and the packages that we take."""

    version: str
    core: Mapping[str, str]
    packages: tuple[str, ...]


RELEASE = Release(
    version="0.27.7",
    core={
        "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
        "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
        "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
        "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
        LOCK: "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c",
    },
    packages=("numpy",),
)


def provision(
    target: Path,
    progress: Progress = lambda _: None,
    *,
    release: Release = RELEASE,
    sources: Sequence[Source] | None = None,
) -> None:
    """Fill `target` with everything that the page's Python worker loads.

    What is in the cache already is checked and used again; what is in `target` already and right
    is left alone.

    Parameters
    ----------
    target : Path
        Folder that the site serves as ``_static/proxygap/pyodide``.
    progress : callable
        Hears what is happening, in words.
    release : Release
        What to take.
    sources : sequence of Source or None
        Where to look, in this order; by default the mirror if one is set, npm, the official
        distribution and PyPI.

    Raises
    ------
    SetupError
        If a file cannot be had, is not the official one, or cannot be written.
    """
    folder = cache_folder() / release.version
    with _disk_errors(target), ExitStack() as stack:
        folder.mkdir(parents=True, exist_ok=True)
        target.mkdir(parents=True, exist_ok=True)
        stack.enter_context(_one_at_a_time(folder))
        places = default_sources(release.version, stack) if sources is None else sources
        fetched = _Cache(folder, places, progress)
        for file, expected in release.core.items():
            fetched.ensure(file, expected)
        lock = json.loads((folder / LOCK).read_text(encoding="utf-8"))
        entries = {name: lock["packages"][name] for name in release.packages}
        for entry in entries.values():
            fetched.ensure(entry["file_name"], entry["sha256"])
        wheels = [entry["file_name"] for entry in entries.values()]
        for file in [*(set(release.core) - {LOCK}), *wheels]:
            _place(folder / file, target / file)
        page_wheel.write(target, lock=lock, packages=release.packages)


def cache_folder() -> Path:
    """Return where downloads are kept between builds."""
    given = os.environ.get(CACHE_VARIABLE)
    return Path(given) if given else Path(platformdirs.user_cache_dir("proxygap")) / "pyodide"


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Let builds that share a cache wait for each other."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _disk_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = "The disk is full" if error.errno == errno.ENOSPC else str(error)
        raise SetupError(
            f"Python for the browser could not be written to {target} or its cache "
            f"{cache_folder()}: {what}. It needs about 40 MB; set {CACHE_VARIABLE} to move the "
            "cache."
        ) from error


@dataclass
class _Cache:
    folder: Path
    sources: Sequence[Source]
    progress: Progress

    def ensure(self, file: str, expected: str) -> None:
        """Have `file` in the cache with the fingerprint `expected`.

        Raises
        ------
        SetupError
            If no source has it, or a source has something else under its name.
        """
        path = self.folder / file
        if path.is_file() and sha256(path) == expected:
            return
        tried: list[str] = []
        for source in self.sources:
            try:
                self._fetch(source, file, expected)
            except _NotHere as error:
                tried.append(f"{source.name}: {error}")
            else:
                return
        raise SetupError(_nowhere(file, tried))

    def _fetch(self, source: Source, file: str, expected: str) -> None:
        part = self.folder / f"{file}.part"
        resumed = part.is_file()
        _fetch_into(part, source, file, self.progress)
        if resumed and sha256(part) != expected:
            # Its beginning may come from another file: once more, from the start.
            part.unlink(missing_ok=True)
            _fetch_into(part, source, file, self.progress)
        got = sha256(part)
        if got != expected:
            part.unlink()
            raise SetupError(_refusal(file, source.name, expected, got))
        part.replace(self.folder / file)


class _NotHere(Exception):  # noqa: N818  (the next source may have it)
    """A source does not have a file."""


def _fetch_into(part: Path, source: Source, file: str, progress: Progress) -> None:
    progress(f"{file} from {source.name}")
    try:
        source.fetch(file, part, lambda text: progress(f"{file}, {text}"))
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        raise _NotHere(str(error)) from error


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _place(cached: Path, target: Path) -> None:
    """Copy a file unless the same bytes are there; a reader never sees half of it."""
    if target.is_file() and sha256(target) == sha256(cached):
        return
    staged = target.with_name(f"{target.name}.{os.getpid()}.part")
    shutil.copyfile(cached, staged)
    staged.replace(target)


def _refusal(file: str, source: str, expected: str, got: str) -> str:
    return (
        f"{file} from {source} was refused: its SHA-256 is {got}, the official one is {expected}. "
        "The file is damaged or is not what it says, and was deleted. Run the command again; if it "
        f"is refused again, set {MIRROR_VARIABLE} to a folder or address that has the official "
        "file."
    )


def _nowhere(file: str, tried: list[str]) -> str:
    listed = "".join(f"\n  - {line}" for line in tried) or "\n  - nothing: no source is set"
    return (
        f"{file} could not be had. Tried:{listed}\n"
        "Connect to the internet and run the command again: it goes on where it stopped. Without "
        f"internet, set {MIRROR_VARIABLE} to a folder or address that has the file."
    )
