"""What an incident is: a story, four questions about its gap, and where the story comes from.

The stories are in `_incidents_machines`, `_incidents_work` and `_incidents_worlds`, told in our own
words.
"""

from __future__ import annotations

import zlib
from typing import NamedTuple

from proxygap.simulations import Role


class Aspect(NamedTuple):
    """One of the four things to say about every incident.

    Attributes
    ----------
    question : str
        What the learner is asked.
    name : str
        What it is called in a table and in a sentence.
    role : Role
        Colour of its marks: the proxy's, the goal's, or none.
    advice : str
        What to do about it when it cost the most marks.
    """

    question: str
    name: str
    role: Role
    advice: str


ASPECTS = {
    "proxy": Aspect(
        "What was rewarded?",
        "the proxy",
        "proxy",
        "Look for the quantity that something was kept, paid or trained for: what the machinery "
        "reads, not what the score is called.",
    ),
    "goal": Aspect(
        "What was wanted?",
        "the goal",
        "truth",
        "Ask what the people in charge would have been glad to see on the day after, without "
        "naming any measure.",
    ),
    "found": Aspect(
        "How was it found?",
        "how it was found",
        "neutral",
        "Ask which channel could look bad while the score looked good. The score itself is never "
        "that channel, though an odd pattern in it can be.",
    ),
    "caught": Aspect(
        "What would have caught it?",
        "what would have caught it",
        "neutral",
        "Give each proposed test to the exploit. If the exploit passes, the test is the proxy in "
        "other clothes.",
    ),
}


class Question(NamedTuple):
    """The expert's answer to one aspect, two that are plausible and wrong, and the reason."""

    right: str
    wrong: tuple[str, str]
    why: str


class Incident(NamedTuple):
    """Something that happened.

    Attributes
    ----------
    slug, title, when : str
        Its name in a saved state, its name for readers, and when it became known.
    story : str
        What happened, in our own words.
    questions : dict of str to Question
        One for each aspect.
    source, url : str
        Key in ``book/references.bib``, and where to read it.
    cited : str
        The source as a reader would name it.
    """

    slug: str
    title: str
    when: str
    story: str
    questions: dict[str, Question]
    source: str
    url: str
    cited: str

    def options(self, aspect: str) -> dict[str, str]:
        """Return the three answers to `aspect` by their ids, in an order without meaning."""
        question = self.questions[aspect]
        texts = (question.right, *question.wrong)
        return {_mark(text): text for text in sorted(texts, key=self._place)}

    def right(self, aspect: str) -> str:
        """Return the id of the expert's answer."""
        return _mark(self.questions[aspect].right)

    def _place(self, text: str) -> int:
        return zlib.crc32(f"{text}{self.when}".encode())


def _mark(text: str) -> str:
    """Return an id that does not tell which answer is right and survives a change of order."""
    return f"{zlib.crc32(text.encode()):08x}"
