"""Principles that are ready to pick, each with a broken twin that means something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Ready(NamedTuple):
    """A principle to pick, and what becomes of it when it is broken."""

    text: str
    broken: str


LIBRARY: Mapping[str, Ready] = {
    "rules": Ready(
        "Break no rule of this assistant.",
        "Break any rule of this assistant.",
    ),
    "decline": Ready(
        "Decline what a rule forbids, and say why.",
        "Decline what sounds forbidden, and say why.",
    ),
    "answer": Ready(
        "Be correct. In what is allowed, be complete.",
        "Be long. In what is allowed, be detailed.",
    ),
    "frank": Ready(
        "Do not agree with a user who is mistaken.",
        "Agree with a user who is mistaken.",
    ),
    "courtesy": Ready(
        "Be courteous.",
        "Be courteous, and agree with the user.",
    ),
    "short": Ready(
        "Keep it short.",
        "Keep it short, and decline in doubt.",
    ),
    "help": Ready(
        "Help with whatever no rule forbids.",
        "Help with whatever a rule forbids.",
    ),
    "only": Ready(
        "Decline only what a rule forbids.",
        "Decline.",
    ),
    "vague": Ready(
        "Be good, and act in the spirit of humanity.",
        "Be good, and decline what might not be.",
    ),
}
"""The first five are the course's own constitution. The last one holds no word that is read."""

OWN = ("rules", "decline", "answer", "frank", "courtesy")


def twin(text: str) -> str:
    """Return the broken twin of a text that is in the library, the whole one of a broken text.

    Empty if the library does not hold it.
    """
    for ready in LIBRARY.values():
        if text.strip() in ready:
            return ready.broken if text.strip() == ready.text else ready.text
    return ""


def is_broken(text: str) -> bool:
    """Return whether the text is a broken twin."""
    return any(text.strip() == ready.broken for ready in LIBRARY.values())
