"""Grade a file in a process of its own, with limits; the answer comes back as JSON.

The child runs with no environment but its own, in an empty folder, under the system's limits on
processor time, memory, file size and processes, and under the wall clock here. What it sends back
is parsed as JSON and never unpickled. Its own prints go nowhere: the report carries them.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from typing import Any

from proxygap.errors import SubmissionError
from proxygap.grading import runner
from proxygap.grading.exercises import Exercise
from proxygap.grading.problems import time_is_up
from proxygap.grading.report import Problem, Report, from_json

READY = b"ready\n"
START_SECONDS = 120.0  # importing NumPy on a slow, busy machine
MOST_ANSWER = 2_000_000  # bytes of report that are read
MEMORY_BYTES = 1 << 30


def grade(exercise: Exercise, source: str, *, seconds: float = 10.0) -> Report:
    """Grade `source` in a child process that is killed after `seconds`.

    Raises
    ------
    SubmissionError
        If the child could not start.
    """
    asked = {"slug": exercise.slug, "source": source, "seconds": seconds, "memory": MEMORY_BYTES}
    with tempfile.TemporaryDirectory() as empty, _start(empty) as child:
        listener = _Listener(child, json.dumps(asked).encode())
        try:
            answer = listener.answer(seconds)
        finally:
            _kill(child)
    if answer is None:
        return runner.not_run(exercise, time_is_up(seconds))
    if not answer:
        return runner.not_run(exercise, _died(child.returncode, seconds))
    return _parsed(answer)


def _parsed(answer: bytes) -> Report:
    try:
        return from_json(json.loads(answer))
    except (ValueError, KeyError, TypeError) as error:
        raise SubmissionError(
            "The grader's answer could not be read: the code wrote into it. Remove what writes to "
            "open file descriptors."
        ) from error


def _start(folder: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-X", "utf8", "-m", "proxygap.grading._child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
    )


def _environment(folder: str) -> dict[str, str]:
    """Return what the child may know: Windows needs its root, NumPy must not start threads."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**kept, **threads, "HOME": folder, "TMPDIR": folder, "PYTHONHASHSEED": "0"}


class _Listener:
    """Reads the child's two messages in a thread: that it is ready, and its answer."""

    def __init__(self, child: subprocess.Popen[bytes], question: bytes) -> None:
        self._child = child
        self._ready = threading.Event()
        self._started = False
        self._answer = b""
        self._thread = threading.Thread(target=self._listen, args=(question,), daemon=True)
        self._thread.start()

    def _listen(self, question: bytes) -> None:
        assert self._child.stdin  # noqa: S101  (a pipe)
        assert self._child.stdout  # noqa: S101  (a pipe)
        try:
            self._child.stdin.write(question)
            self._child.stdin.close()
            self._started = self._child.stdout.readline(len(READY)) == READY
        except OSError:
            pass  # the child is gone: answer() says so
        self._ready.set()
        if self._started:
            self._answer = self._child.stdout.read(MOST_ANSWER)

    def answer(self, seconds: float) -> bytes | None:
        """Return the answer, nothing where the child died, None where it is still running."""
        self._ready.wait(START_SECONDS)
        if not self._started:
            raise SubmissionError(f"The grader could not start. {self._complaint()}")
        self._thread.join(seconds)
        return None if self._thread.is_alive() else self._answer

    def _complaint(self) -> str:
        _kill(self._child)
        assert self._child.stderr  # noqa: S101  (a pipe)
        lines = self._child.stderr.read(10_000).decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "Its process ended without a word; run it again."


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and everything that it started."""
    try:
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # it has ended by itself
    child.wait()


def _died(code: int, seconds: float) -> Problem:
    if code == -getattr(signal, "SIGXCPU", 0):
        return time_is_up(seconds)
    how = f"signal {-code}" if code < 0 else f"exit status {code}"
    return Problem(
        "exit",
        f"Your code ended Python itself ({how}) before the checks were done. Remove what ends it "
        "and return a value instead.",
    )


def limit(question: dict[str, Any]) -> None:
    """Put the system's limits on this process; called by the child before it runs anything."""
    try:
        import resource
    except ImportError:
        return  # Windows has none of these: the wall clock and the guard remain
    processor = int(question["seconds"]) + 2
    wanted = {
        "RLIMIT_CPU": processor,
        "RLIMIT_AS": question["memory"],
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_CORE": 0,
    }
    for name, value in wanted.items():
        _limit(resource, name, value)


def _limit(resource: Any, name: str, value: int) -> None:
    try:
        resource.setrlimit(getattr(resource, name), (value, value))
    except (AttributeError, ValueError, OSError):
        return  # not every system has every limit, and a lower one may be in force already
