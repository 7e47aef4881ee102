"""The lab contract: a pure reducer and the view of its state.

``update`` never draws, waits or remembers. The same actions from the same start give the same
state in a page, in a notebook and in a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from proxygap.labs._views import LabView

State = dict[str, Any]
"""What the learner has done so far: anything that JSON can carry."""

Action = Mapping[str, Any]
"""What the learner does now: ``{"type": "set", "id": "move", "value": "-1"}``."""


@dataclass(frozen=True, slots=True)
class Example:
    """Something to read where there are no scripts: a case, and what to say about it."""

    case: str
    answer: str


def _nothing() -> None:
    """Most labs have nothing to prepare."""


@dataclass(frozen=True, eq=False)
class Lab:
    """Everything that the course knows about one lab.

    Parameters
    ----------
    slug : str
        Its name in addresses, commands and files, with hyphens.
    title : str
        Its name for readers.
    task : str
        What to do, in a sentence or two.
    initial : callable
        ``() -> State``: where everybody starts.
    update : callable
        ``(state, action) -> State``: a new state; the given one stays as it is. An action that
        makes no sense raises `UsageError` with a sentence for the learner.
    view : callable
        ``(state) -> LabView``: what is on show.
    alt_text : str
        What the first view shows, for somebody who cannot see it.
    finding : str
        The one sentence to take away.
    examples : tuple of Example
        Cases that stand for the lab where there are no scripts, with their answers folded away.
    prepare : callable
        Works out what first answers need. A page calls it while nobody waits yet; nothing depends
        on that it was called.
    """

    slug: str
    title: str
    task: str
    initial: Callable[[], State]
    update: Callable[[State, Action], State]
    view: Callable[[State], LabView]
    alt_text: str
    finding: str
    examples: tuple[Example, ...] = ()
    prepare: Callable[[], object] = _nothing

    def as_data(self) -> dict[str, str]:
        """Return what a page needs to know besides the view."""
        return {
            "slug": self.slug,
            "title": self.title,
            "task": self.task,
            "alt_text": self.alt_text,
            "finding": self.finding,
        }
