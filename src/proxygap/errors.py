"""Every error the course raises on purpose.

The tree::

    CourseError                the base: its text is a sentence for a person
    ├── UsageError             a command or a call was given something it does not know
    ├── ContentError           an author's file is wrong; carries ``file:line``
    ├── SubmissionError        a learner's code could not be graded
    └── SetupError             something the machine needs is missing or damaged

A message says what happened, where, what is allowed and what to do next.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path


class CourseError(Exception):
    """Base of all errors that are shown to a person without a traceback."""


class UsageError(CourseError):
    """A command or a call was given something that it does not know."""


class SubmissionError(CourseError):
    """A learner's code could not be graded."""


class SetupError(CourseError):
    """Something that the machine needs is missing or damaged."""


class ContentError(CourseError):
    """An author's file is wrong.

    Parameters
    ----------
    message : str
        What is wrong, what is allowed and what to do.
    file : Path
        The file, shown relative to the course root where possible.
    line : int
        The line, counted from 1.
    """

    def __init__(self, message: str, *, file: Path, line: int = 1) -> None:
        self.file = file
        self.line = line
        self.message = message
        super().__init__(f"{file}:{line}: {message}")


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Return ``" Did you mean 'x'?"`` for the nearest known name, or an empty string."""
    nearest = difflib.get_close_matches(given, list(known), n=1, cutoff=0.5)
    return f" Did you mean '{nearest[0]}'?" if nearest else ""
