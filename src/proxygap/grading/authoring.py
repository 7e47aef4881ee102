"""What an author of checks uses: `check`, the expectations, and the learner's `Submission`.

::

    @check("The mean of two numbers", hint="Add them, then divide by two.")
    def mean_of_two(submission):
        mean = submission.function("mean")
        expect_close(mean([1, 3]), 2, inputs="mean([1, 3])")

Checks run from top to bottom and stop at the first one that fails. A check may return a sentence,
which the learner reads when it passes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from proxygap.errors import did_you_mean
from proxygap.grading.display import describe, is_array, numpy, show
from proxygap.grading.guard import guarded


@dataclass(frozen=True, slots=True)
class Check:
    """A check and what the learner reads about it."""

    name: str
    title: str
    hint: str
    points: int
    run: Callable[[Submission], str | None]


class CheckFailed(Exception):  # noqa: N818  (an answer, not an error)
    """The learner's answer is not the right one."""

    def __init__(
        self, message: str, *, inputs: str = "", got: str = "", expected: str = ""
    ) -> None:
        self.inputs, self.got, self.expected = inputs, got, expected
        super().__init__(message)


class Missing(Exception):  # noqa: N818
    """The learner's code lacks something that the exercise asks for."""


def check(
    title: str, *, hint: str, points: int = 1
) -> Callable[[Callable[[Submission], str | None]], Check]:
    """Make a function a check.

    Parameters
    ----------
    title : str
        What is checked, as a statement that is true of a right answer.
    hint : str
        What to think about when it fails.
    points : int
        What it is worth.
    """

    def decorate(function: Callable[[Submission], str | None]) -> Check:
        assert isinstance(function, FunctionType)  # noqa: S101  (for the type checker)
        return Check(function.__name__, title, hint, points, function)

    return decorate


class Submission:
    """The learner's code after it has run once.

    Parameters
    ----------
    namespace : mapping
        The names that the code defined.
    put_back : callable
        Undoes what the code changed outside itself; called after each call of a function.
    """

    def __init__(self, namespace: Mapping[str, Any], put_back: Callable[[], None]) -> None:
        self._namespace = namespace
        self._put_back = put_back

    def function(self, name: str) -> Callable[..., Any]:
        """Return the learner's function `name`; while it runs, the guard is up.

        Raises
        ------
        Missing
            If the code defines no such function.
        """
        found = self._namespace.get(name)
        if not callable(found):
            own = [key for key, value in self._namespace.items() if isinstance(value, FunctionType)]
            raise Missing(
                f"Your code defines no function called '{name}'.{did_you_mean(name, own)} "
                f"Keep the line that starts with 'def {name}(' in the starter."
            )

        put_back = self._put_back

        def call(*arguments: Any, **named: Any) -> Any:
            try:
                with guarded():
                    return found(*arguments, **named)
            finally:
                put_back()

        return call


def expect(
    condition: bool,
    message: str,
    *,
    inputs: str = "",
    got: object = "",
    expected: object = "",
) -> None:
    """Fail with `message` unless `condition` holds.

    Parameters
    ----------
    condition : bool
        What must be true.
    message : str
        What is wrong otherwise, in the learner's words.
    inputs, got, expected : object
        Shown below the message; anything but a string is shown as Python would.
    """
    if not condition:
        raise CheckFailed(message, inputs=inputs, got=_words(got), expected=_words(expected))


def _words(value: object) -> str:
    return value if type(value) is str else show(value)


def expect_equal(got: object, expected: object, *, inputs: str = "", message: str = "") -> None:
    """Fail unless `got` equals `expected` in value and in type, through and through.

    Types must match exactly, so that an object whose ``__eq__`` always answers True is wrong.
    """
    if type(got) is not type(expected):
        message = (
            f"{message or 'Your answer has the wrong type.'} Your code gave {describe(got)}; "
            f"{describe(expected)} was expected."
        )
    elif _same(got, expected):
        return
    raise CheckFailed(
        message or "Your answer differs from the right one.",
        inputs=inputs,
        got=show(got),
        expected=show(expected),
    )


def _same(got: Any, expected: Any) -> bool:
    if type(got) is not type(expected):
        return False
    if isinstance(expected, (list, tuple)):
        return len(got) == len(expected) and all(map(_same, got, expected))
    if isinstance(expected, dict):
        return _same(list(got), list(expected)) and _same(
            list(got.values()), list(expected.values())
        )
    if is_array(expected):
        alike = got.dtype == expected.dtype and got.shape == expected.shape
        equal_nan = got.dtype.kind in "fc"
        return alike and bool(numpy().array_equal(got, expected, equal_nan=equal_nan))
    return bool(got == expected)


def is_number(value: Any) -> bool:
    """Return whether `value` is a finite real number of Python or NumPy (a bool is not one)."""
    kind = type(value)
    known = kind is int or kind is float
    if not known and numpy() is not None:
        # Exactly NumPy's own: a class made from one may compare as it likes.
        known = issubclass(kind, (numpy().integer, numpy().floating)) and (
            numpy().dtype(kind).type is kind
        )
    return known and math.isfinite(float(value))


def expect_close(
    got: Any, expected: float, *, inputs: str = "", tolerance: float = 1e-9, message: str = ""
) -> None:
    """Fail unless `got` is a finite number within `tolerance` of `expected`."""
    if not is_number(got):
        message = (
            f"{message or 'Your answer must be a number.'} "
            f"Your code gave {describe(got)}; a finite number was expected."
        )
    elif abs(float(got) - expected) <= tolerance:
        return
    raise CheckFailed(
        message or "Your number differs from the right one.",
        inputs=inputs,
        got=show(got),
        expected=f"{expected:g} (± {tolerance:g})",
    )
