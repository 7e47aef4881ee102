"""Show a learner's values on one short line, whatever their own ``__repr__`` does."""

from __future__ import annotations

import reprlib
import sys
from typing import Any

WIDTH = 160
_REPR = reprlib.Repr()
_REPR.maxstring = _REPR.maxother = _REPR.maxlong = 120
_REPR.maxlist = _REPR.maxtuple = _REPR.maxdict = _REPR.maxset = 12


def show(value: object) -> str:
    """Return `value` as Python would print it, on one line, cut to a readable length."""
    try:
        text = " ".join(_REPR.repr(value).split())
    except Exception:  # a learner's __repr__ may raise anything
        text = f"<a {type(value).__name__} that cannot be shown>"
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"


def numpy() -> Any:
    """Return NumPy where it is loaded; where it is not, no value can be one of its arrays."""
    return sys.modules.get("numpy")


def is_array(value: object) -> bool:
    """Return whether `value` is a NumPy array, and not of a subclass."""
    return numpy() is not None and type(value) is numpy().ndarray


def describe(value: Any) -> str:
    """Return what `value` is, in words: ``a list``, ``a NumPy array of shape (3,)``."""
    if value is None:
        return "None (did you forget a return?)"
    if is_array(value):
        return f"a NumPy array of shape {value.shape} and type {value.dtype}"
    if type(value) is float and value != value:  # noqa: PLR0124  (NaN)
        return "NaN"
    if type(value) is float and abs(value) == float("inf"):
        return "an infinite number"
    name = type(value).__name__
    article = "an" if name[:1].lower() in "aeiou" else "a"
    return f"{article} {name}"
