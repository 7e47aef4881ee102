"""The world of the chapters on training: prompts, replies, and what each reply is and is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from proxygap.errors import UsageError, did_you_mean
from proxygap.simulations._spec import FloatArray

BoolArray = NDArray[np.bool_]

FLAGS = (
    "correct", "complete", "agrees_with_user", "refuses", "explains_refusal", "breaks_rule",
)  # fmt: skip
"""What a reply is or is not. See `Reply`."""

FEATURES = ("correct", "complete", "length", "courtesy", *FLAGS[2:])
"""The columns of `World.features`, in this order."""

KINDS: Mapping[str, str] = {
    "good": "does what the prompt asks for, as well as a short reply can",
    "curt": "right, in few words, without a kind one",
    "warm": "right, friendly and wordy",
    "partial": "right as far as it goes, which is half the way",
    "padded": "long, and wrong or empty",
    "wrong": "short, sure of itself and wrong",
    "evasive": "neither answers nor declines",
    "scolding": "finds fault with the person who asks",
    "flattering": "says what the user would like to hear",
    "refusal": "declines and says why",
    "bare": "declines and does not say why",
    "breach": "does what the rule forbids",
    "hint": "does what the rule forbids, through a back door",
}
"""What replies were written for. A policy never sees this; it is no feature."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply, what it is and what it is worth.

    Parameters
    ----------
    kind : str
        What it was written for, a key of `KINDS`; no two replies to a prompt share it.
    text : str
        At most 240 characters.
    correct : bool
        It says something on the matter, and what it says is true. A refusal is correct if the
        reason that it gives is a rule of this assistant.
    complete : bool
        It does all that was asked, whether or not that was allowed.
    courtesy : int
        0 none or rude, 1 polite, 2 warm.
    agrees_with_user : bool
        It says that the user's claim holds, or goes along with it.
    refuses : bool
        It declines to do what was asked.
    explains_refusal : bool
        It declines and says why.
    breaks_rule : bool
        It does, in full or in part, what the assistant's rule forbids.
    truth : float
        What it is worth in truth, from −1 to 1. No learner of this course's policies sees it.
    why : str
        The reason for that value.
    """

    kind: str
    text: str
    correct: bool
    complete: bool
    courtesy: int
    agrees_with_user: bool
    refuses: bool
    explains_refusal: bool
    breaks_rule: bool
    truth: float
    why: str

    @property
    def length(self) -> int:
        """Return the number of words."""
        return len(self.text.split())

    @property
    def features(self) -> tuple[float, ...]:
        """Return the attributes in the order of `FEATURES`."""
        return tuple(float(getattr(self, name)) for name in FEATURES)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a user writes, and how it is to be judged.

    Parameters
    ----------
    id : str
        Unique and stable: "shop-kettle-scale".
    family : str
        Slug of the family.
    text : str
        The message.
    claim : str
        What its writer takes to be true.
    claim_right : bool
        Whether it is.
    rule : str
        The rule that forbids to comply, a key of the family's rules; empty if none does.
    borderline : bool
        It sounds forbidden or alarming, and is neither.
    good : str
        What a good reply does.
    replies : tuple of Reply
        Eight, in an order that says nothing about them.
    """

    id: str
    family: str
    text: str
    claim: str
    claim_right: bool
    rule: str
    borderline: bool
    good: str
    replies: tuple[Reply, ...]

    @property
    def disallowed(self) -> bool:
        """Return whether this toy policy forbids to comply."""
        return bool(self.rule)

    def reply(self, kind: str) -> Reply:
        """Return the reply that was written for `kind`.

        Raises
        ------
        UsageError
            If this prompt has none.
        """
        for reply in self.replies:
            if reply.kind == kind:
                return reply
        kinds = [reply.kind for reply in self.replies]
        raise UsageError(
            f"The prompt '{self.id}' has no reply of the kind '{kind}'."
            f"{did_you_mean(kind, kinds)} It has: {', '.join(kinds)}."
        )


@dataclass(frozen=True, slots=True)
class Family:
    """An assistant in one everyday place, and its rules.

    Parameters
    ----------
    slug, title : str
        Its name in the code and for readers.
    assistant : str
        Who answers here.
    rules : mapping of str to str
        What this assistant must not do, each under a short name.
    """

    slug: str
    title: str
    assistant: str
    rules: Mapping[str, str]


@dataclass(frozen=True)
class World:
    """Every prompt with its replies, as text and as arrays.

    P prompts, R = 8 replies to each, F features of each reply. Index p of an array is
    ``prompts[p]``; index r is ``prompts[p].replies[r]``.

    Parameters
    ----------
    families : tuple of Family
        The assistants.
    prompts : tuple of Prompt
        The prompts, family by family.
    """

    families: tuple[Family, ...]
    prompts: tuple[Prompt, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Return (P, R)."""
        return len(self.prompts), len(self.prompts[0].replies)

    @cached_property
    def features(self) -> FloatArray:
        """Return every reply's attributes, (P, R, F); the columns are `FEATURES`."""
        return _fixed([[reply.features for reply in prompt.replies] for prompt in self.prompts])

    @cached_property
    def standardised(self) -> FloatArray:
        """Return the features with mean 0 and standard deviation 1 over all replies, (P, R, F)."""
        mean, spread = self.features.mean(axis=(0, 1)), self.features.std(axis=(0, 1))
        return _fixed((self.features - mean) / spread)

    @cached_property
    def truth(self) -> FloatArray:
        """Return what every reply is worth in truth, (P, R)."""
        return _fixed([[reply.truth for reply in prompt.replies] for prompt in self.prompts])

    @cached_property
    def disallowed(self) -> BoolArray:
        """Return which prompts ask for what a rule forbids, (P,)."""
        return np.array([prompt.disallowed for prompt in self.prompts])

    @cached_property
    def borderline(self) -> BoolArray:
        """Return which prompts sound forbidden and are not, (P,)."""
        return np.array([prompt.borderline for prompt in self.prompts])

    @cached_property
    def claim_right(self) -> BoolArray:
        """Return in which prompts the user is right, (P,)."""
        return np.array([prompt.claim_right for prompt in self.prompts])

    def feature(self, name: str) -> FloatArray:
        """Return one column of `features`, (P, R).

        Raises
        ------
        UsageError
            If there is no such feature.
        """
        return np.asarray(self.features[..., column(name)])

    def prompt(self, name: str) -> Prompt:
        """Return the prompt with this id.

        Raises
        ------
        UsageError
            If there is none.
        """
        known = {prompt.id: prompt for prompt in self.prompts}
        if name not in known:
            raise UsageError(
                f"There is no prompt '{name}'.{did_you_mean(name, known)} "
                f"Prompts are called '{self.prompts[0].id}' and so on: see World.prompts."
            )
        return known[name]


def column(name: str) -> int:
    """Return the index of a feature.

    Raises
    ------
    UsageError
        If there is no such feature.
    """
    if name not in FEATURES:
        raise UsageError(
            f"There is no feature '{name}'.{did_you_mean(name, FEATURES)} "
            f"Features: {', '.join(FEATURES)}."
        )
    return FEATURES.index(name)


def _fixed(values: object) -> FloatArray:
    """Return an array that nobody changes by accident: the world is shared."""
    array = np.array(values, dtype=float)
    array.flags.writeable = False
    return array
