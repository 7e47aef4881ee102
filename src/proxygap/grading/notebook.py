"""Grade in a notebook: ``check("chapter/name", globals())``."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from proxygap.errors import CourseError, UsageError
from proxygap.grading import exercises, runner
from proxygap.grading.problems import TimeIsUp, problem_of
from proxygap.grading.report import Report, as_text

LIMIT_SECONDS = 10.0


def check(slug: str, namespace: Mapping[str, Any]) -> None:
    """Check what you defined in this notebook and print how it went.

    Parameters
    ----------
    slug : str
        The exercise, ``chapter/name``.
    namespace : mapping
        Where your functions are: ``globals()``.
    """
    try:
        text = as_text(grade(slug, namespace))
    except CourseError as error:
        text = f"Error: {error}"
    print(text)  # noqa: T201  (a notebook's output is what this function is for)


def grade(slug: str, namespace: Mapping[str, Any], *, seconds: float = LIMIT_SECONDS) -> Report:
    """Return the report on what `namespace` defines.

    Raises
    ------
    UsageError
        If there is no such exercise, or `namespace` is not a mapping.
    """
    exercise = exercises.find(slug)
    if not isinstance(namespace, Mapping):
        raise UsageError(
            f"check needs your definitions, got {type(namespace).__name__}. "
            f'Write: check("{slug}", globals())'
        )
    try:
        with _alarm(seconds):
            return runner.grade_namespace(exercise, namespace)
    except TimeIsUp as error:  # it rang between two checks
        return runner.not_run(exercise, problem_of(error))


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Interrupt the block after `seconds`, where the system has alarms (not on Windows)."""
    on_main_thread = threading.current_thread() is threading.main_thread()
    if sys.platform == "win32" or not on_main_thread:
        yield
        return

    def ring(*_: object) -> None:
        raise TimeIsUp(seconds)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
