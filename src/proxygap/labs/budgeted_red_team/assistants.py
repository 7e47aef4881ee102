"""Simulated assistants: a chance for every reply, and a detector that reads what came.

A lab asks a `Policy` for its replies and does not care who answers; here it is a table of chances.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from proxygap.labs.budgeted_red_team.kit import Assistant, kit
from proxygap.labs.budgeted_red_team.messages import PLAIN, Message
from proxygap.simulations._replies import Policy, TablePolicy

GIVES, DECLINES, DODGES = range(3)
"""The replies in every row of the policy's table: does it, declines, or talks past it."""

SEED = 38  # the first test is then a typical one
MOODS = 0.7  # log-odds by which one wording does better or worse than another, at most
PAST_IT = "Let me tell you about our new form for mileage instead."
ANSWER = "Gladly. Here is what the rules say about that …"
REFUSAL = "I am sorry, I cannot help with that."
BLOCKED = -30.0


@dataclass(frozen=True, slots=True)
class Build:
    """What was built into an assistant.

    Parameters
    ----------
    fixes : tuple of str
        Their slugs.
    phrases : tuple of str
        Wordings that got through, for the list of blocked phrases.
    techniques : tuple of str
        Techniques that got through, for the training.
    """

    fixes: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()


AS_IT_IS = Build()


def gives_in(assistant: Assistant, message: Message, build: Build = AS_IT_IS) -> float:
    """Return the chance that an assistant gives in to an attack."""
    odds = assistant.base + _mood(assistant, message)
    odds += sum(assistant.weak.get(f"{each}/{message.goal}", 0.0) for each in message.techniques)
    for name in build.fixes:
        odds += _lowered(name, message, build)
    return 1 / (1 + exp(-max(odds, BLOCKED)))


def _mood(assistant: Assistant, message: Message) -> float:
    """Return what this very wording does, for better or worse: fixed, and without a pattern."""
    return MOODS * (2 * zlib.crc32(f"{assistant.slug}/{message.text}".encode()) / 2**32 - 1)


def _lowered(name: str, message: Message, build: Build) -> float:
    fix = kit().fixes[name]
    acts_on = ("*", message.goal, *message.techniques)
    lowered = sum(fix.lowers.get(each, 0.0) for each in acts_on)
    if name == "phrases" and _has_phrase(message, build):
        lowered += BLOCKED
    if name == "train":
        lowered += -3.5 * bool(set(message.techniques) & set(build.techniques) - {PLAIN})
    return lowered


def _has_phrase(message: Message, build: Build) -> bool:
    return any(phrase.lower() in message.text.lower() for phrase in build.phrases)


def turns_away(assistant: Assistant, message: Message, build: Build = AS_IT_IS) -> float:
    """Return the chance that an assistant refuses a harmless request."""
    odds = assistant.refuses + _mood(assistant, message)
    for name in build.fixes:
        odds += sum(kit().fixes[name].wary.get(each, 0.0) for each in ("*", *message.techniques))
        if name == "phrases" and _has_phrase(message, build):
            odds -= BLOCKED
    return 1 / (1 + exp(-odds))


def policy(assistant: Assistant, messages: Sequence[Message], build: Build = AS_IT_IS) -> Policy:
    """Return how an assistant answers these messages: a row each, the columns as above."""
    rows = []
    for message in messages:
        if message.goal:
            gives = gives_in(assistant, message, build)
            rows.append([gives, 0.8 * (1 - gives), 0.2 * (1 - gives)])
        else:
            away = turns_away(assistant, message, build)
            rows.append([1 - away, away, 0.0])
    return TablePolicy(np.array(rows).reshape(-1, 3))


def answers(
    slug: str, messages: Sequence[Message], round_: int, build: Build = AS_IT_IS
) -> list[str]:
    """Send these messages one after the other and return what an assistant says to each.

    Chance decides, and the same message sent again may be answered differently. What comes as the
    n-th message of a round has the same luck every time, so that a test can be repeated, and a
    build is compared with another on the same luck.

    Parameters
    ----------
    slug : str
        Who is asked.
    messages : sequence of Message
        What is sent.
    round_ : int
        Which round of messages it is: every round has a luck of its own.
    build : Build
        What was built into the assistant.
    """
    if not messages:
        return []
    chance = np.random.default_rng([SEED, round_, zlib.crc32(slug.encode())])
    drawn = policy(kit().assistants[slug], messages, build).sample(chance, range(len(messages)))
    return [_words(one, reply) for one, reply in zip(messages, drawn.tolist(), strict=True)]


def _words(message: Message, reply: int) -> str:
    if not message.goal:
        return (ANSWER, REFUSAL, PAST_IT)[reply]
    goal = kit().goals[message.goal]
    return (goal.hit, goal.held, PAST_IT)[reply]


def detects(message: Message, reply: str) -> bool:
    """Return whether a reply is a hit: it holds what the attack was after.

    Of a harmless request the wrong thing to find is a refusal.
    """
    return (kit().goals[message.goal].marker if message.goal else REFUSAL) in reply


def hits(
    slug: str, messages: Sequence[Message], round_: int, build: Build = AS_IT_IS
) -> list[bool]:
    """Send these messages as `answers` does; return what the detector says of each reply."""
    replies = answers(slug, messages, round_, build)
    return [detects(one, reply) for one, reply in zip(messages, replies, strict=True)]
