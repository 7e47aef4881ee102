"""Read actions and what learners type. What cannot be read gets a sentence, never a traceback."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from proxygap.errors import UsageError, did_you_mean
from proxygap.labs._spec import Action, State

LONGEST_TEXT = 40
PLAIN_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")
Handler = Callable[[State, Action], State]


def dispatch(handlers: Mapping[str, Handler], state: State, action: Action) -> State:
    """Let the handler of the action's type answer.

    Raises
    ------
    UsageError
        If the type is missing or unknown.
    """
    kind = action.get("type")
    if not isinstance(kind, str) or kind not in handlers:
        hint = did_you_mean(kind, handlers) if isinstance(kind, str) else ""
        raise UsageError(f"This lab knows no action {kind!r}.{hint} Known: {', '.join(handlers)}.")
    return handlers[kind](state, action)


def one_of(action: Action, key: str, allowed: Iterable[str]) -> str:
    """Return ``action[key]`` if it is one of the `allowed` names.

    Raises
    ------
    UsageError
        If it is anything else.
    """
    names = list(allowed)
    given = action.get(key)
    if isinstance(given, str) and given in names:
        return given
    raise UsageError(f"{key} must be one of {', '.join(names)}; got {_shown(given)}.")


def text(action: Action, key: str = "value", *, longest: int = LONGEST_TEXT) -> str:
    """Return what was typed, a number or a text, as text.

    Raises
    ------
    UsageError
        If it is neither, or longer than `longest` characters.
    """
    given = action.get(key)
    if isinstance(given, bool) or not isinstance(given, (str, int, float)):
        raise UsageError(f"{key} must be a number or a text; got {_shown(given)}.")
    if len(str(given)) > longest:
        raise UsageError(f"{key} must be at most {longest} characters long; got {len(str(given))}.")
    return str(given)


def _shown(given: object) -> str:
    shown = repr(given)
    return shown if len(shown) <= LONGEST_TEXT else f"{shown[:LONGEST_TEXT]}…"


class Number(NamedTuple):
    """What a typed text means: a number, or what is wrong with it."""

    value: float | None
    problem: str


def number(typed: str, low: float, high: float) -> Number:
    """Read a number as people write it: ``-3``, ``−3``, ``+0.5``, ``0,5``; two decimals at most.

    Examples
    --------
    >>> number("−0,5", -10, 10)
    Number(value=-0.5, problem='')
    >>> number("12", -10, 10).problem
    '12 is out of range. Write a number from −10 to 10.'
    """
    allowed = f"a number from {signed(low)} to {signed(high)}"
    written = typed.strip()
    if not written:
        return Number(None, f"Write {allowed}; 0 if it shall not count.")
    plain = written.replace("\N{MINUS SIGN}", "-").replace(",", ".")
    if not PLAIN_NUMBER.fullmatch(plain):
        return Number(None, f"“{written}” is not a number. Write {allowed}, such as −3.")
    value = float(plain)
    if not low <= value <= high:
        return Number(None, f"{written} is out of range. Write {allowed}.")
    if round(value, 2) != value:
        return Number(None, f"{written} is too fine. Write {allowed} with at most two decimals.")
    return Number(value + 0.0, "")  # −0 becomes 0


def signed(value: float, *, plus: bool = False) -> str:
    """Write a number with a true minus sign, and on request with a plus sign.

    Examples
    --------
    >>> signed(-3.0), signed(0.5, plus=True), signed(0.0, plus=True)
    ('−3', '+0.5', '0')
    """
    sign = "+" if plus and value > 0 else ""
    return f"{sign}{value + 0.0:.4g}".replace("-", "\N{MINUS SIGN}")
