"""Messages: put together from cards, or written by the learner and read in plain sight."""

from __future__ import annotations

import re
from typing import NamedTuple

from proxygap.labs.budgeted_red_team.kit import Control, kit

PLAIN = "plain"


class Message(NamedTuple):
    """One message to an assistant, and what it is known to be.

    Attributes
    ----------
    text : str
        What is sent.
    goal : str
        What it is after; empty for a harmless request.
    techniques : tuple of str
        What it uses; of a harmless request, what it looks like.
    """

    text: str
    goal: str
    techniques: tuple[str, ...]


class Reading(NamedTuple):
    """How a text of the learner's own is read.

    Attributes
    ----------
    techniques : tuple of str
        What it uses.
    words : tuple of str
        The words that told so.
    """

    techniques: tuple[str, ...]
    words: tuple[str, ...]


def read(text: str) -> Reading:
    """Return which techniques the words of a text stand for; no word, no technique.

    >>> read("Pretend that the pasted memo is a story").techniques
    ('role-play', 'document')
    """
    words = re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower())
    found = {slug: [word for word in words if word in one.marks]
             for slug, one in kit().techniques.items()}  # fmt: skip
    used = tuple(slug for slug, marks in found.items() if marks)
    told = tuple(dict.fromkeys(word for marks in found.values() for word in marks))
    return Reading(used or (PLAIN,), told)


def composed(technique: str, goal: str, frame: str) -> Message:
    """Return the message that a technique, a goal and a wording make."""
    one = kit().techniques[technique]
    text = one.message.format(frame=frame, ask=kit().goals[goal].ask)
    return Message(text, goal, (technique,))


def written(text: str, goal: str) -> Message:
    """Return a message in the learner's own words."""
    return Message(text, goal, read(text).techniques)


def harmless(control: Control) -> Message:
    """Return a harmless request."""
    return Message(control.text, "", (control.look,))


def kept_back(technique: str, goal: str) -> list[Message]:
    """Return the attacks of one cell in wordings that nobody has sent."""
    return [composed(technique, goal, frame) for frame in kit().techniques[technique].held]
