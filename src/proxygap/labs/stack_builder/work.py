"""What a learner has written and set, read with care: it may be old, or edited by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from proxygap.errors import UsageError
from proxygap.labs._spec import State
from proxygap.labs.stack_builder.measure import Outcome, Share
from proxygap.labs.stack_builder.messages import SORTS, Sort
from proxygap.labs.stack_builder.rails import Stack, parse
from proxygap.labs.stack_builder.scores import KIN
from proxygap.labs.stack_builder.starts import STARTS
from proxygap.labs.stack_builder.yaml_subset import LONGEST

PREVALENCES = {"1 in 10,000": 1e-4, "1 in 1,000": 1e-3, "1 in 100": 1e-2, "1 in 10": 0.1}
VOLUMES = {"100": 100.0, "1,000": 1e3, "10,000": 1e4, "100,000": 1e5}
FAILURES = {"open": "let everything pass", "closed": "block everything"}
MOST_LOOKS = 8
FIRST = "words"


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the hidden messages: how many of each sort were stopped."""

    asks: Share
    near: Share
    ordinary: Share

    def as_data(self) -> dict[str, list[int]]:
        """Return it as JSON can carry it."""
        return {sort: list(getattr(self, sort)) for sort in SORTS}


@dataclass(frozen=True, slots=True)
class Work:
    """All that a learner did.

    Parameters
    ----------
    text, running, before : str
        What stands in the field, the stack that was run last, and what stood in the field before
        an example took its place.
    problem : str
        Why the text in the field could not be run; empty if it could.
    prevalence, volume, kin, failure : str
        Keys of `PREVALENCES`, `VOLUMES`, `KIN` and `FAILURES`.
    down : bool
        Whether the classifier and the self-check are out of reach.
    looks : tuple of Look
        Looks at the hidden messages, the oldest first.
    looked_at : str
        The stack of the last look.
    """

    text: str
    running: str
    before: str
    problem: str
    prevalence: str
    volume: str
    kin: str
    failure: str
    down: bool
    looks: tuple[Look, ...]
    looked_at: str

    def stack(self) -> Stack:
        """Return the stack that runs."""
        return stack_of(self.running)[0]


def initial() -> State:
    """Return the state in which everybody starts: a list of words, and it runs."""
    text = STARTS[FIRST][1]
    return {
        "text": text, "running": text, "before": "", "problem": "", "prevalence": "1 in 1,000",
        "volume": "10,000", "kin": "sister", "failure": "open", "down": False, "looks": [],
        "looked_at": "",
    }  # fmt: skip


@lru_cache(maxsize=64)
def stack_of(text: str) -> tuple[Stack, tuple[str, ...]]:
    """Return the stack of a text, and what in it has no effect. See `parse`."""
    return parse(text)


def read(state: State) -> Work:
    """Return the work in a state; what makes no sense in it is as at the start."""
    start = initial()
    running = _text(state, "running", start)
    try:
        stack_of(running)
    except UsageError:
        running = start["running"]
    return Work(
        text=_text(state, "text", start),
        running=running,
        before=_text(state, "before", start),
        problem=_text(state, "problem", start),
        prevalence=_one_of(state, "prevalence", PREVALENCES, start),
        volume=_one_of(state, "volume", VOLUMES, start),
        kin=_one_of(state, "kin", KIN, start),
        failure=_one_of(state, "failure", FAILURES, start),
        down=state.get("down") is True,
        looks=_looks(state.get("looks")),
        looked_at=_text(state, "looked_at", start),
    )


def _text(state: State, key: str, start: State) -> str:
    given = state.get(key)
    return given if isinstance(given, str) and len(given) <= 2 * LONGEST else str(start[key])


def _one_of(state: State, key: str, allowed: Mapping[str, Any], start: State) -> str:
    given = state.get(key)
    return given if isinstance(given, str) and given in allowed else str(start[key])


def _looks(given: object) -> tuple[Look, ...]:
    looks = given if isinstance(given, list) else []
    return tuple(look for one in looks[-MOST_LOOKS:] if (look := _look(one)))


def _look(given: object) -> Look | None:
    if not isinstance(given, dict):
        return None
    shares = {sort: _share(given.get(sort)) for sort in SORTS}
    if any(share is None for share in shares.values()):
        return None
    return Look(**shares)  # type: ignore[arg-type]


def _share(given: object) -> Share | None:
    match given:
        case [int(hits), int(of)] if 0 <= hits <= of and of > 0:
            return Share(hits, of)
    return None


def look_at(found: Outcome) -> Look:
    """Return what an outcome says of each sort."""
    sorts: tuple[Sort, ...] = tuple(SORTS)
    return Look(*(found.share(sort) for sort in sorts))
