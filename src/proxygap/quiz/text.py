"""Read what a learner typed. The page has the same rules; scoring_cases.json holds both to them."""

from __future__ import annotations

import math
import re
import unicodedata

_APOSTROPHES = re.compile("['’‘`´]")
_PUNCTUATION = re.compile(r"[.,;:!?\"“”„«»()\[\]{}…*_/‐‑‒–—-]+")
_SPACE = re.compile(r"[ \t\n\r\u00a0\u2009\u202f]+")
_GROUPED = re.compile(r"([0-9])[ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")


def is_blank(text: str) -> bool:
    """Return whether nothing but spaces was typed."""
    return not _SPACE.sub(" ", text).strip(" ")


def normalise(text: str) -> str:
    """Return `text` with everything removed that does not make it another answer.

    Case, apostrophes, punctuation, hyphens and runs of spaces do not count.

    >>> normalise(" Goodhart’s  Law. ")
    'goodharts law'
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = _PUNCTUATION.sub(" ", _APOSTROPHES.sub("", plain))
    return _SPACE.sub(" ", plain).strip(" ")


def parse_number(text: str, unit: str = "") -> float | None:
    """Return the number that a learner typed, or None if it is none.

    A decimal comma, a typographic minus, spaces between thousands and the item's own unit are
    fine. ``1,000`` is refused, since it means one thousand to some and one to others.

    >>> parse_number("−0,5"), parse_number("1 000"), parse_number("1,000")
    (-0.5, 1000.0, None)
    """
    plain = _SPACE.sub(" ", text.replace("−", "-")).strip(" ")
    if unit:
        plain = plain.removesuffix(unit).rstrip(" ")
    plain = _GROUPED.sub(r"\1", plain)
    if not _NUMBER.fullmatch(plain) or _THOUSANDS.fullmatch(plain):
        return None
    number = float(plain.replace(",", "."))
    return number if math.isfinite(number) else None
