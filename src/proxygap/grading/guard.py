"""Refuse files, network and other programs while a learner's code runs.

The guard is an audit hook: Python reports every such access to it before it happens. It keeps
honest code honest and says clearly what is not available. It is not a prison: code that runs in
the same process as its grader can always find a way round, which is why grading in the page is
formative and why `proxygap.grading.sandbox` adds the operating system's own limits.
"""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType, FunctionType, ModuleType
from typing import Any

SUBMISSION = "your code"
"""File name under which a submission is compiled."""

RULE = (
    "Exercises run without files, network and other programs. "
    "Everything that you need is passed to your function."
)

OWN_WORK = (
    "Your code tried to use the course's own modules. The exercise is to write it yourself: "
    "NumPy and Python's own modules are at hand."
)

_FILES = ("open", "os.", "shutil.", "glob.", "pathlib.", "tempfile.", "mmap.", "fcntl.")
_NETWORK = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "imaplib.", "poplib.",
            "webbrowser.", "ssl.", "sqlite3.")  # fmt: skip
_PROGRAMS = ("subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn",
             "os.startfile", "os.kill", "pty.", "signal.", "_thread.", "ctypes.", "resource.",
             "_winapi.", "winreg.", "msvcrt.", "syslog.")  # fmt: skip
_GRADER = ("gc.", "sys._getframe", "sys._current_frames", "sys.settrace", "sys.setprofile",
           "sys.addaudithook", "object.__getattr__", "object.__setattr__")  # fmt: skip
_WATCHED = _FILES + _NETWORK + _PROGRAMS + _GRADER
_IMPORTS = ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap_external>")
_INSPECTORS = ("inspect.py", "traceback.py", "linecache.py", "tokenize.py")
_CELL = re.compile(r"ipykernel_\d+|^<ipython-input|^<stdin>$")
_PRIVATE_ATTRIBUTES = ("tb_frame", "gi_frame", "cr_frame", "ag_frame", "__globals__")
_FIXED_ATTRIBUTES = ("__class__", "__code__", "__defaults__", "__kwdefaults__")


class Refused(PermissionError):  # noqa: N818  (it is the answer to a request)
    """A learner's code reached for something that exercises run without."""


class _State:
    depth = 0
    installed = False
    busy = False


_STATE = _State()


@contextmanager
def guarded() -> Iterator[None]:
    """Refuse files, network and other programs inside the ``with`` block."""
    if not _STATE.installed:
        _hook.__cantrace__ = True  # type: ignore[attr-defined]  # so that coverage sees it
        sys.addaudithook(_hook)
        _STATE.installed = True
    _STATE.depth += 1
    try:
        yield
    finally:
        _STATE.depth -= 1


def import_for_learner(
    name: str,
    globals: dict[str, Any] | None = None,  # noqa: A002  (named by Python)
    locals: dict[str, Any] | None = None,  # noqa: A002
    fromlist: Sequence[str] = (),
    level: int = 0,
) -> Any:
    """Import for a submission; what the checks compare it with is not for it to call.

    Raises
    ------
    Refused
        If it is one of the course's own modules.
    """
    if name.partition(".")[0] == __name__.partition(".")[0]:
        raise Refused(OWN_WORK)
    return builtins.__import__(name, globals, locals, fromlist, level)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _STATE.depth or _STATE.busy or not event.startswith(_WATCHED):
        return
    _STATE.busy = True  # looking at the stack raises events of its own
    try:
        refusal = _refusal(event, arguments, sys._getframe(1))
    finally:
        _STATE.busy = False
    if refusal:
        raise Refused(f"{refusal} {RULE}")


def _refusal(event: str, arguments: tuple[Any, ...], frame: FrameType) -> str:
    """Return the sentence that refuses `event`, or nothing where it is allowed."""
    if event.startswith(_GRADER):
        return _grader_refusal(event, arguments, frame)
    if _is_import(frame):
        return ""
    if event == "open":
        return f"Your code tried to open the file {_short(arguments[0])}."
    if event.startswith(_PROGRAMS):
        return "Your code tried to start or control another program."
    if event.startswith(_NETWORK):
        return "Your code tried to use the network or a database."
    return f"Your code tried to work with files ({event})."


def _grader_refusal(event: str, arguments: tuple[Any, ...], frame: FrameType) -> str:
    if event == "object.__getattr__" and arguments[1] not in _PRIVATE_ATTRIBUTES:
        return ""
    if event == "object.__setattr__" and not _is_fixed(*arguments[:2]):
        return ""
    # Libraries look at the stack for good reasons; the learner's own lines have none.
    asking: FrameType | None = frame
    while asking is not None and asking.f_code.co_filename.endswith(_INSPECTORS):
        asking = asking.f_back
    if asking is None or not is_learners(asking.f_code.co_filename):
        return ""
    return "Your code tried to look into the grader."


def _is_fixed(owner: object, name: str) -> bool:
    """Return whether a new value would change how somebody else's function or module works."""
    if isinstance(owner, FunctionType) and is_learners(owner.__code__.co_filename):
        return False
    return name in _FIXED_ATTRIBUTES and isinstance(owner, FunctionType | ModuleType)


def _is_import(frame: FrameType | None) -> bool:
    """Return whether an import statement, not the learner's own line, asked for it."""
    while frame is not None and not is_learners(frame.f_code.co_filename):
        if frame.f_code.co_filename in _IMPORTS:
            return True
        frame = frame.f_back
    return False


def is_learners(filename: str) -> bool:
    """Return whether code with this file name was written by the learner (a notebook's too)."""
    return filename == SUBMISSION or _CELL.search(filename) is not None


def _short(path: object) -> str:
    text = repr(path)
    return text if len(text) <= 80 else f"{text[:79]}…"
