"""Counts and shares as they come from a caller: refused with a sentence where they are none."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from proxygap.simulations._spec import FloatArray


def counts(successes: ArrayLike, trials: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return both as arrays of one shape.

    Raises
    ------
    ValueError
        If one is no whole number from 0 up, or there are more successes than trials.
    """
    k, n = np.broadcast_arrays(np.asarray(successes, float), np.asarray(trials, float))
    wrong = ~((k >= 0) & (k <= n) & (k % 1 == 0) & (n % 1 == 0))
    if wrong.any():
        raise ValueError(
            f"{k[wrong][0]:g} of {n[wrong][0]:g} is no count. "
            "Allowed: whole numbers, 0 or more, and never more than the number of trials."
        )
    return k, n


def shares(p: ArrayLike) -> FloatArray:
    """Return `p` as an array.

    Raises
    ------
    ValueError
        If any of it is not within 0 and 1.
    """
    p = np.asarray(p, dtype=float)
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError(f"The rate {p} is no share. Allowed: 0 to 1, so 5 % is 0.05.")
    return p


def open_unit(value: float, name: str) -> float:
    """Return `value`, which the sentence of an error calls `name`.

    Raises
    ------
    ValueError
        If it is not above 0 and below 1.
    """
    if not 0 < value < 1:
        raise ValueError(f"{name} is {value}. Allowed: above 0 and below 1, so 95 % is 0.95.")
    return value
