"""Run a function that the learner wrote, and say in a sentence what is wrong with it.

It runs in the page's own Python or in the kernel of the learner's notebook, never while a page is
built, and only when the learner asks for it. Python's steps are counted, so that a loop without an
end is found where it is. What never comes back to Python, such as ``sum(itertools.count())``, is
ended by the page, which gives every answer a time limit.
"""

from __future__ import annotations

import contextlib
import io
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import Any

from proxygap.errors import did_you_mean

FILE = "your code"
MOST_STEPS = 100_000  # of Python's, in one call of the learner's function
LONGEST_CODE = 4_000  # characters
LONGEST_SHOWN = 60


class CodeProblem(Exception):  # noqa: N818  (it is shown as a sentence, not raised at a person)
    """What is wrong with the learner's function, as a sentence."""


class _Endless(BaseException):
    """Too many steps in one call; nobody's ``except Exception`` swallows it."""


class Facts:
    """Numbers that can be read by name and not be changed."""

    __slots__ = ("_numbers",)

    def __init__(self, numbers: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_numbers", dict(numbers))

    def __getattr__(self, name: str) -> Any:
        numbers = object.__getattribute__(self, "_numbers")
        if name in numbers:
            return numbers[name]
        raise AttributeError(
            f"there is no “{name}” here.{did_you_mean(name, numbers)} There is: "
            f"{', '.join(numbers)}"
        )

    def __setattr__(self, name: str, _: object) -> None:
        raise AttributeError(f"“{name}” cannot be changed: it tells what happened")

    def __repr__(self) -> str:
        return ", ".join(f"{name}={value}" for name, value in self._numbers.items())


def load(source: str, name: str) -> Callable[..., Any]:
    """Run `source` and return the function called `name`.

    Raises
    ------
    CodeProblem
        If it cannot be read or run, or defines no such function.
    """
    if len(source) > LONGEST_CODE:
        raise CodeProblem(
            f"The text is {len(source)} characters long; at most {LONGEST_CODE} are allowed."
        )
    namespace: dict[str, Any] = {"__name__": "learner"}
    with _told(""), quiet():
        code = compile(source, FILE, "exec", dont_inherit=True)
        _counted(exec, code, namespace)
    found = namespace.get(name)
    if not callable(found):
        others = [key for key, value in namespace.items() if callable(value) and key[:2] != "__"]
        raise CodeProblem(
            f"There is no function called {name}.{did_you_mean(name, others)} "
            f"Start with “def {name}(…):”."
        )
    function: Callable[..., Any] = found
    return function


def call(function: Callable[..., Any], argument: object, about: str) -> Any:
    """Return ``function(argument)``.

    Raises
    ------
    CodeProblem
        If it raises or does not end; `about` says what it was called with.
    """
    with _told(about):
        return _counted(function, argument)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Let what the learner's code prints go nowhere: the lab has no place for it."""
    with contextlib.redirect_stdout(io.StringIO()):
        yield


def _counted(function: Callable[..., Any], *arguments: object) -> Any:
    steps = 0

    def count(frame: FrameType, event: str, _: object) -> Any:
        nonlocal steps
        if frame.f_code.co_filename != FILE:
            return None
        frame.f_trace_opcodes = True  # a loop that stays on its line raises no event of a line
        steps += event == "opcode"
        if steps > MOST_STEPS:
            raise _Endless
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        return function(*arguments)
    finally:
        sys.settrace(before)


@contextlib.contextmanager
def _told(about: str) -> Iterator[None]:
    """Turn whatever the learner's code raises into a sentence."""
    try:
        yield
    except BaseException as error:  # SystemExit too
        raise CodeProblem(_sentence(error) + (f" It happened {about}." if about else "")) from None


def _sentence(error: BaseException) -> str:
    line = f"Line {_line_of(error)}: "
    if isinstance(error, SyntaxError):
        return f"{line}this is not Python ({error.msg})."
    if isinstance(error, _Endless):
        return (
            f"{line}stopped after {MOST_STEPS:,} steps. Look for a loop that never ends: does "
            "something in its condition change?"
        )
    if isinstance(error, RecursionError):
        return f"{line}the function calls itself without end."
    if isinstance(error, MemoryError):
        return f"{line}it asked for more memory than there is."
    text = shortened(str(error), 200)
    return f"{line}{type(error).__name__}{f': {text}' if text else ''}."


def _line_of(error: BaseException) -> int:
    """Return the last line of the learner's own that was running."""
    if isinstance(error, SyntaxError):
        return error.lineno or 1
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == FILE), 1)


def shortened(text: str, longest: int = LONGEST_SHOWN) -> str:
    """Return `text`, cut where it is too long to be read."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
