"""Numbers for sentences: chapters print what a simulation computed, in the course's typography."""

from __future__ import annotations

from typing import SupportsFloat

MINUS = "\N{MINUS SIGN}"


def number(value: SupportsFloat, decimals: int = 0) -> str:
    """Return `value` rounded to `decimals`, with a true minus sign and without a negative zero.

    >>> number(-58.05), number(-0.2), number(12.34, 1)
    ('−58', '0', '12.3')
    """
    rounded = round(float(value), decimals) + 0.0  # adding zero turns −0.0 into 0.0
    return f"{rounded:.{decimals}f}".replace("-", MINUS)
