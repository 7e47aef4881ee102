"""One after the other: whoever builds in a place keeps others out of it until the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def alone(file: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold `file`, after a wait if another process holds it; a process that ends lets go.

    Parameters
    ----------
    file : Path
        Stands for the work; made where there is none.
    on_wait : callable
        Called once before a wait.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as held:
        if not _take(held, wait=False):
            on_wait()
            while not _take(held, wait=True):
                pass
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(held: IO[str], *, wait: bool) -> bool:
        try:
            # Waiting, it tries for ten seconds; the lock goes when the file is closed.
            msvcrt.locking(held.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(held: IO[str], *, wait: bool) -> bool:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
