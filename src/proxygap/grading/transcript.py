"""Keep what a learner's code prints: once, in order and not without end."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager

MOST = 20_000
"""Characters that are kept; a program that prints more is stopped."""


class TooMuchPrinted(BaseException):
    """The code printed more than `MOST` characters; not an Exception, so that no one catches it."""


class Transcript(io.TextIOBase):
    """A text stream that stops the code that fills it."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._room = MOST

    def writable(self) -> bool:
        """Return True: print may write here."""
        return True

    def write(self, text: str) -> int:
        """Keep `text`; raise `TooMuchPrinted` when there is no room left for all of it."""
        self._parts.append(text[: self._room])
        overflow = len(text) > self._room
        self._room -= len(self._parts[-1])
        if overflow:
            raise TooMuchPrinted
        return len(text)

    def take(self) -> str:
        """Return what was printed since the last call."""
        text = "".join(self._parts)
        self._parts.clear()
        return text


@contextmanager
def transcribed() -> Iterator[Transcript]:
    """Catch what is printed inside the block; nothing can be typed there."""
    transcript = Transcript()
    before = sys.stdout, sys.stderr, sys.stdin
    sys.stdout = sys.stderr = transcript
    sys.stdin = io.StringIO()
    try:
        yield transcript
    finally:
        sys.stdout, sys.stderr, sys.stdin = before
