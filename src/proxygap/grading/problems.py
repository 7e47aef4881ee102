"""Turn an exception into a sentence and the learner's own lines."""

from __future__ import annotations

import builtins
import linecache
import traceback
from types import TracebackType

from proxygap.errors import did_you_mean
from proxygap.grading.authoring import CheckFailed, Missing
from proxygap.grading.guard import Refused, is_learners
from proxygap.grading.report import Problem, ProblemKind, TraceLine
from proxygap.grading.transcript import MOST, TooMuchPrinted

MOST_LINES = 6
"""Lines of a trace that are shown; a deep recursion has a thousand."""

_EXIT = (
    "Your code called exit(). Return a value instead: the checks run after your code, in the same "
    "Python."
)
_RECURSION = (
    "A function of yours calls itself without end. Give it a case in which it returns without "
    "calling itself."
)
_MEMORY = (
    "Your code asked for more memory than there is. Look for a list, a string or an array that "
    "grows very large."
)
_OUTPUT = (
    f"Your code printed more than {MOST:,} characters and was stopped. Print less, or look for a "
    "print inside a loop that never ends."
)
_STOPPED = "Your code was stopped before it was done."
_INPUT = (
    "Your code asked for input(). Nobody can type here: everything that you need is passed to your "
    "function."
)
_SENTENCES: tuple[tuple[type[BaseException], ProblemKind, str], ...] = (
    (SystemExit, "exit", _EXIT),
    (RecursionError, "recursion", _RECURSION),
    (MemoryError, "memory", _MEMORY),
    (TooMuchPrinted, "output", _OUTPUT),
    (KeyboardInterrupt, "stopped", _STOPPED),
    (EOFError, "error", _INPUT),
)


class TimeIsUp(BaseException):
    """The limit of this many seconds was reached; nobody's ``except Exception`` swallows it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(seconds)


def time_is_up(seconds: float) -> Problem:
    """Return the problem of code that is still running after `seconds`."""
    return Problem(
        "time",
        f"Your code was still running after {seconds:g} seconds and was stopped. Look for a loop "
        "that never ends: does something in its condition change?",
    )


def problem_of(error: BaseException) -> Problem:
    """Return what `error` means to the learner."""
    if isinstance(error, CheckFailed):
        return Problem("wrong", str(error), error.inputs, error.got, error.expected)
    if isinstance(error, Missing):
        return Problem("missing", str(error))
    if isinstance(error, SyntaxError) and is_learners(error.filename or ""):
        return _syntax(error)
    if isinstance(error, TimeIsUp):
        return time_is_up(error.seconds)
    kind, message = _kind_and_message(error)
    return Problem(kind, message, trace=_trace(error.__traceback__))


def _kind_and_message(error: BaseException) -> tuple[ProblemKind, str]:
    if isinstance(error, Refused):
        return "refused", str(error)
    if isinstance(error, NotImplementedError):
        return "todo", _todo(error)
    if isinstance(error, OverflowError) and "index-sized" in str(error):
        return "memory", _MEMORY  # longer than any list of this machine: 32 bits in a page
    for kind_of_error, kind, sentence in _SENTENCES:
        if isinstance(error, kind_of_error):
            return kind, sentence
    return "error", _last_line(error)


def _todo(error: NotImplementedError) -> str:
    what = str(error) or "write this function"
    return f"Still to do: {what}. Replace the line 'raise NotImplementedError(…)' by your own code."


def _last_line(error: BaseException) -> str:
    try:
        message = str(error)
    except Exception:  # a learner's exception may fail to print itself
        message = ""
    # Python adds suggestions of its own, in other words in each version: we make them ourselves.
    sentence = f"{type(error).__name__}: {message}" if message else type(error).__name__
    hint = _suggestion(error)
    return f"{sentence.rstrip('.')}.{hint}" if hint else sentence


def _suggestion(error: BaseException) -> str:
    if isinstance(error, AttributeError) and error.name:
        return did_you_mean(error.name, dir(error.obj))
    if isinstance(error, NameError) and error.name:
        return did_you_mean(error.name, _names_at(error.__traceback__))
    return ""


def _names_at(trace: TracebackType | None) -> set[str]:
    """Return the names that the learner's innermost line could have meant."""
    frames = [frame for frame, _ in traceback.walk_tb(trace)]
    if not frames:
        return set()
    return {*frames[-1].f_locals, *frames[-1].f_globals, *vars(builtins)}


def _syntax(error: SyntaxError) -> Problem:
    line = error.lineno or 1
    source = (error.text or "").strip()
    message = f"Python cannot read line {line}: {error.msg}."
    return Problem("syntax", message, trace=(TraceLine(line, "your code", source),))


def _trace(start: TracebackType | None) -> tuple[TraceLine, ...]:
    frames = [
        (frame.f_code.co_filename, line, frame.f_code.co_name)
        for frame, line in traceback.walk_tb(start)
        if is_learners(frame.f_code.co_filename)
    ]
    if len(frames) > MOST_LINES:
        frames = [*frames[: MOST_LINES // 2], *frames[-MOST_LINES // 2 :]]
    return tuple(_trace_line(*frame) for frame in frames)


def _trace_line(filename: str, line: int, function: str) -> TraceLine:
    where = "your code" if function == "<module>" else function
    return TraceLine(line, where, linecache.getline(filename, line).strip())
