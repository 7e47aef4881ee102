"""Which regular expressions are let in: only those that cannot run for ever.

Python tries the ways to match one after the other. A repeat within a repeat, such as (a+)+, has
twice as many ways for each further letter, and a message of thirty letters can stop a machine. So a
pattern is read before it is run, and its work on the longest message is bounded.
"""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

LONGEST_PATTERN, MOST_PATTERNS = 160, 40
LONGEST_MESSAGE = 240
MOST_STEPS = 200_000
_tree: Any = importlib.import_module("re._parser")
SLOW = "Python would try too many ways to match it."


def problem(pattern: str) -> str:
    r"""Return what is wrong with a pattern; empty if nothing is.

    Examples
    --------
    >>> problem(r"\bdiscount\b.*\bcode\b")
    ''
    >>> problem("(a+)+$")[:44]
    'it has a repeat within a repeat, such as (a+'
    """
    if not pattern.strip():
        return "it is empty and would stop every message."
    if len(pattern) > LONGEST_PATTERN:
        return f"it has {len(pattern)} characters; at most {LONGEST_PATTERN} are allowed."
    if re.search(r"\(\?[aiLmsux]+\)", pattern):
        return "it sets a flag for the whole pattern. Use case_insensitive instead."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = _tree.parse(pattern)
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        return f"it is no regular expression: {error}."
    return next(_refused(tree, within=False), "") or _too_much(tree)


def _too_much(tree: Any) -> str:
    if tree.getwidth()[0] == 0:
        return "it can match nothing at all, and so would stop every message."
    places = LONGEST_MESSAGE / 10 if _starts_fixed(tree) else LONGEST_MESSAGE
    if _steps(tree) * places > MOST_STEPS:
        return f"it has too many repeats. {SLOW} Use fewer of * and +, or begin with a letter."
    return ""


def _name(op: object) -> str:
    return str(op)


def _parts(op: str, argument: Any) -> list[Any]:
    """Return the patterns that a part of a pattern is made of."""
    if op == "SUBPATTERN":
        return [argument[-1]]
    if op == "BRANCH":
        return list(argument[1])
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return [argument[2]]
    return [argument] if op == "ATOMIC_GROUP" else []


def _refused(tree: Iterable[tuple[object, Any]], *, within: bool) -> Iterator[str]:
    """Yield why a pattern is refused."""
    for kind, argument in tree:
        op = _name(kind)
        if op in ("ASSERT", "ASSERT_NOT", "GROUPREF", "GROUPREF_EXISTS"):
            yield "it looks ahead, behind or back at a group. Say it plainly."
        repeats = op.endswith("REPEAT")
        varies = repeats and argument[0] != argument[1]
        if within and varies:
            yield f"it has a repeat within a repeat, such as (a+)+. {SLOW} Leave one of them out."
        if within and op == "BRANCH":
            yield f"it repeats a choice, such as (a|b)+. {SLOW} Write [ab]+ instead."
        again = repeats and int(argument[1]) > 1
        for part in _parts(op, argument):
            yield from _refused(part, within=within or again)


def _steps(tree: Iterable[tuple[object, Any]]) -> float:
    """Return in how many ways the repeats of a pattern can be tried on the longest message."""
    ways = 1.0
    for kind, argument in tree:
        op = _name(kind)
        parts = [_steps(part) for part in _parts(op, argument)]
        if op == "BRANCH":
            ways *= sum(parts)
        elif parts:
            ways *= parts[0]
        if op.endswith("REPEAT"):
            ways *= (
                min(int(argument[1]), LONGEST_MESSAGE) - min(int(argument[0]), LONGEST_MESSAGE) + 1
            )
    return ways


def _starts_fixed(tree: Any) -> bool:
    """Return whether few places of a message can begin a match: it starts with a given letter."""
    for kind, argument in tree:
        op = _name(kind)
        if op == "AT":
            continue
        if op == "LITERAL":
            return True
        if op == "BRANCH":
            return all(_starts_fixed(part) for part in argument[1])
        if op == "SUBPATTERN":
            return _starts_fixed(argument[-1])
        return False
    return False


@lru_cache(maxsize=512)
def compiled(pattern: str, *, any_case: bool) -> re.Pattern[str]:
    """Return a pattern ready to search; it was found harmless before."""
    return re.compile(pattern, re.IGNORECASE if any_case else 0)


def of_words(words: Iterable[str]) -> str:
    r"""Return the pattern that finds any of these words as a whole word.

    Examples
    --------
    >>> of_words(["code", "10 %"])
    '(?<!\\w)(?:code|10\\ %)(?!\\w)'
    """
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)"
