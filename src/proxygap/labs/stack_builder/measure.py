"""What a stack does to the messages, to a day's traffic, and to the whole system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from proxygap.labs.stack_builder.messages import Message, Sort, Split, of_split
from proxygap.labs.stack_builder.rails import BoolArray, Kind, Rail, Stack, Stage
from proxygap.simulations import FloatArray, proportions
from proxygap.simulations._detection import joint_miss, precision
from proxygap.simulations._replies import Policy, Posture, World, load, posture
from proxygap.simulations._techniques import stage as stage_of
from proxygap.simulations._techniques.guardrails import railed

MILLISECONDS: dict[Kind, float] = {
    "regex": 0.1, "keyword": 0.1, "classifier": 20.0, "self_check": 700.0,
}  # fmt: skip
"""What a rail adds to an answer; SIMULATED, of a usual order."""

CAN_FAIL: tuple[Kind, ...] = ("classifier", "self_check")
"""Rails that run elsewhere, and so can be out of reach."""

SOUNDS_FORBIDDEN = 0.05
"""Share of the harmless requests of a day that sound forbidden; SIMULATED."""

REVIEW_MINUTES, WORKING_MINUTES = 3.0, 360.0
"""What a person needs for one case, and has in a day; SIMULATED."""

BEHIND = "red-teaming"
"""The chapter whose assistant stands behind the rails."""


class Share(NamedTuple):
    """So many of so many, with the interval at 95 %."""

    hits: int
    of: int

    @property
    def rate(self) -> float:
        """Return the share."""
        return self.hits / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """Return Wilson's interval."""
        low, high = proportions.wilson_interval(self.hits, self.of)
        return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the input rails do to messages.

    Parameters
    ----------
    messages : sequence of Message
        N of them.
    rails : tuple of Rail
        The input rails, L of them.
    blocked : (L, N) array of bool
        Which rail blocks which message, each asked on its own.
    """

    messages: Sequence[Message]
    rails: tuple[Rail, ...]
    blocked: BoolArray

    @property
    def stopped(self) -> BoolArray:
        """Return which messages some rail blocks, (N,)."""
        return np.asarray(self.blocked.any(axis=0))

    def share(self, sort: Sort, rail: int | None = None) -> Share:
        """Return how many messages of a sort are stopped: by one rail, or by any."""
        row = self.stopped if rail is None else self.blocked[rail]
        chosen = row[self._of(sort)]
        return Share(int(chosen.sum()), len(chosen))

    def _of(self, sort: Sort) -> BoolArray:
        return np.array([one.sort == sort for one in self.messages])

    @property
    def misses(self) -> tuple[float, ...]:
        """Return the share of the forbidden requests that each rail misses."""
        return tuple(1 - self.share("asks", rail).rate for rail in range(len(self.rails)))

    @property
    def missed(self) -> float:
        """Return the share of the forbidden requests that all rails miss."""
        return 1 - self.share("asks").rate

    @property
    def multiplied(self) -> float:
        """Return what the stack would miss if its rails erred independently."""
        return float(np.prod(self.misses)) if self.rails else 1.0


@lru_cache(maxsize=128)
def outcome(stack: Stack, split: Split, kin: str) -> Outcome:
    """Return what a stack's input rails do to the messages of one split."""
    messages, rails = of_split(split), stack.at("input")
    rows = [rail.blocks(messages, kin) for rail in rails]
    return Outcome(messages, rails, np.array(rows, dtype=bool).reshape(len(rails), len(messages)))


def correlation_like(found: Outcome) -> float | None:
    """Return the correlation of scores at which rails with these misses miss as much together.

    None if there are fewer than two rails that both catch and miss something, or if they miss no
    more together than independent ones would.
    """
    misses = tuple(miss for miss in found.misses if 0 < miss < 1)
    if len(misses) < 2 or found.missed <= found.multiplied:
        return None
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if joint_miss(misses, middle) < found.missed else (low, middle)
    return (low + high) / 2


class Day(NamedTuple):
    """A day of traffic, in expected numbers.

    Attributes
    ----------
    requests, forbidden : float
        How many come, and how many of them a rule forbids.
    right, wrong, missed : float
        Alarms that are right, alarms that are wrong, and forbidden requests that pass.
    """

    requests: float
    forbidden: float
    right: float
    wrong: float
    missed: float

    @property
    def alarms(self) -> float:
        """Return how many requests are stopped."""
        return self.right + self.wrong

    @property
    def worth(self) -> float:
        """Return the share of the alarms that are right; NaN without an alarm."""
        return self.right / self.alarms if self.alarms else float("nan")

    @property
    def people(self) -> float:
        """Return how many people it takes to look at every alarm."""
        return self.alarms * REVIEW_MINUTES / WORKING_MINUTES


def false_alarms(found: Outcome) -> float:
    """Return the share of a day's harmless requests that are stopped."""
    near, ordinary = found.share("near").rate, found.share("ordinary").rate
    return SOUNDS_FORBIDDEN * near + (1 - SOUNDS_FORBIDDEN) * ordinary


def day(found: Outcome, prevalence: float, requests: float) -> Day:
    """Return what a day brings, of which a share `prevalence` asks for what a rule forbids."""
    forbidden = prevalence * requests
    right = forbidden * (1 - found.missed)
    wrong = (requests - forbidden) * false_alarms(found)
    return Day(requests, forbidden, right, wrong, forbidden - right)


def worth(found: Outcome, prevalence: float) -> float:
    """Return the share of the alarms that are right; NaN where there are none."""
    return float(precision(prevalence, 1 - found.missed, false_alarms(found)))


def waiting(stack: Stack) -> float:
    """Return how many milliseconds the rails add to an answer that none of them blocks."""
    total = 0.0
    stages: tuple[Stage, ...] = ("input", "output")
    for stage in stages:
        times = [MILLISECONDS[rail.kind] for rail in stack.at(stage)]
        side_by_side = stage == "input" and stack.parallel
        total += max(times, default=0.0) if side_by_side else sum(times)
    return total


def without(found: Outcome, kinds: Sequence[Kind], *, closed: bool) -> Outcome:
    """Return the outcome while rails of these kinds are out of reach.

    Parameters
    ----------
    found : Outcome
        The outcome while all is well.
    kinds : sequence of str
        What is down.
    closed : bool
        Whether a rail that cannot be asked blocks everything; otherwise it lets everything pass.
    """
    down = np.array([rail.kind in kinds for rail in found.rails], dtype=bool)
    blocked = np.where(down[:, None], closed, found.blocked)
    return Outcome(found.messages, found.rails, blocked)


@cache
def behind() -> tuple[World, Policy]:
    """Return the world and the assistant that stands behind the rails."""
    return load(), stage_of(BEHIND).policy


@lru_cache(maxsize=16)
def whole_system(stack: Stack, kin: str) -> Posture:
    """Return the posture of the assistant of the shared world with these rails round it.

    The rails read the world's 40 requests and the assistant's 320 replies, of which they have seen
    none before.
    """
    world, policy = behind()
    asked = [Message(prompt.text, prompt.family, _sort(prompt.disallowed, prompt.borderline),
                     "held-out", prompt.text) for prompt in world.prompts]  # fmt: skip
    requests = np.zeros(len(asked), dtype=bool)
    for rail in stack.at("input"):
        requests |= rail.blocks(asked, kin)
    return posture(railed(world, policy, requests.astype(float), _replies(stack)), world)


def _sort(disallowed: bool, borderline: bool) -> Sort:
    return "asks" if disallowed else "near" if borderline else "ordinary"


def _replies(stack: Stack) -> FloatArray:
    """Return which replies the output rails block, (P, R)."""
    world, _ = behind()
    said = [[_as_message(reply.text) for reply in prompt.replies] for prompt in world.prompts]
    blocked: FloatArray = np.zeros(world.shape)
    for rail in stack.at("output"):
        blocked = np.maximum(blocked, np.array([rail.blocks(row, "other") for row in said]))
    return blocked


def _as_message(text: str) -> Message:
    return Message(text, "", "ordinary", "held-out", text)


def reply_texts() -> tuple[str, ...]:
    """Return every reply of the shared world, which is what output rails read here."""
    return tuple(reply.text for prompt in load().prompts for reply in prompt.replies)


def plain() -> Posture:
    """Return the posture of the assistant without rails."""
    world, policy = behind()
    return posture(policy, world)
