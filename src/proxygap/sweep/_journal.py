"""The journal: finished chunks, one a line, appended as they come in.

A line holds the chunk's key, a checksum and its numbers. A process that is killed while it writes
leaves half a line at the end; that is dropped when the journal is opened again. Anything else that
does not fit is damage, and no number of a damaged journal is used.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import platformdirs

from proxygap.errors import SetupError
from proxygap.sweep._chunks import Scalars

try:
    import fcntl
except ImportError:  # pragma: no cover  (Windows: two sweeps at once are the user's to avoid)
    fcntl = None  # type: ignore[assignment]


def default_journal(slug: str) -> Path:
    """Return where the finished chunks of a simulation are kept unless told otherwise."""
    return Path(platformdirs.user_cache_dir("proxygap")) / "sweeps" / f"{slug}.jsonl"


class Journal:
    """An open journal; use it in a ``with`` statement.

    Parameters
    ----------
    file : Path
        Created with its folders if it does not exist.

    Raises
    ------
    SetupError
        If the file cannot be written, another sweep writes it, or it is damaged.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._stream: BinaryIO = file.open("a+b")
        except OSError as error:
            raise SetupError(
                f"The journal {file} cannot be written: {error.strerror}. "
                "Choose another place with --journal FILE."
            ) from error
        try:
            self._lock()
            self.finished = self._read()
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()

    def add(self, key: str, scalars: Scalars) -> None:
        """Keep the numbers of a finished chunk; they are in the file when this returns."""
        self.finished[key] = scalars
        self._stream.write(_line(key, scalars))
        self._stream.flush()

    def _lock(self) -> None:
        if fcntl is None:  # pragma: no cover  (Windows, see above)
            return
        try:
            fcntl.flock(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SetupError(
                f"Another sweep is writing {self.file}. Wait for it to end, or choose another "
                "place with --journal FILE."
            ) from error

    def _read(self) -> dict[str, Scalars]:
        self._stream.seek(0)
        whole, end, rest = self._stream.read().rpartition(b"\n")
        if rest:
            os.truncate(self._stream.fileno(), len(whole + end))
        lines = whole.split(b"\n") if end else []
        return dict(self._parsed(line, number) for number, line in enumerate(lines, start=1))

    def _parsed(self, line: bytes, number: int) -> tuple[str, Scalars]:
        with suppress(ValueError):  # not text, not JSON, not three parts
            key, _, numbers = line.decode().split(" ", 2)
            if line + b"\n" == _line(key, scalars := json.loads(numbers)):
                return key, scalars
        raise SetupError(
            f"{self.file}:{number}: this line of the journal is damaged, so none of it is used. "
            "Delete the file and run the sweep again, or start another one with --journal FILE."
        )


def _line(key: str, scalars: Scalars) -> bytes:
    # Python writes the shortest digits that read back as the same number: nothing is rounded.
    numbers = json.dumps(scalars, separators=(",", ":"))
    checksum = hashlib.sha256(f"{key} {numbers}".encode()).hexdigest()[:16]
    return f"{key} {checksum} {numbers}\n".encode()
