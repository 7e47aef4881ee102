"""Say what a long command is doing: one line a step, alive on a terminal."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

CLEAR_LINE = "\r\x1b[K"


class Step:
    """One line of progress."""

    def __init__(self, title: str, stream: TextIO) -> None:
        self.title = title
        self._stream = stream
        self._live = stream.isatty()
        self.outcome = "done"

    def update(self, text: str) -> None:
        """Show `text` behind the title; overwritten by the next one, silent in a log."""
        if self._live:
            line = f"{self.title} … {text}"[: shutil.get_terminal_size().columns - 1]
            self._write(CLEAR_LINE + line)

    def finish(self, seconds: float) -> None:
        """Replace the line by the step's outcome and its duration."""
        lasted = f" ({seconds:.0f} s)" if seconds >= 1 else ""
        self._write(f"{CLEAR_LINE if self._live else ''}{self.title} … {self.outcome}{lasted}\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


@contextmanager
def step(title: str) -> Iterator[Step]:
    """Announce a step; the line ends with how it came out."""
    current = Step(title, sys.stderr)
    started = time.monotonic()
    current.update("")
    try:
        yield current
    except BaseException:
        current.outcome = "failed"
        raise
    finally:
        current.finish(time.monotonic() - started)
