"""What is attacked, how, and what can be built against it: read from ``kit.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """What an attack is after.

    Parameters
    ----------
    slug, name, what : str
        Its name, in the lab and for readers, and what counts as a hit.
    ask : str
        The request, as it stands in a message.
    owasp : str
        Its place in the OWASP Top 10 for LLM applications.
    severity : str
        As the owner set it before the test.
    marker : str
        What the detector looks for in a reply.
    hit, held : str
        The reply that gives in, and the one that declines.
    """

    slug: str
    name: str
    what: str
    ask: str
    owasp: str
    severity: str
    marker: str
    hit: str
    held: str


@dataclass(frozen=True, slots=True)
class Technique:
    """A way to attack (garak calls such a thing a probe).

    Parameters
    ----------
    slug, name, what, owasp : str
        Its name, what it does, and its place in the OWASP list.
    message : str
        The message, with a place for a frame and for what is asked.
    frames, held : tuple of str
        Wordings on offer, and those that are kept back for the re-test.
    marks : tuple of str
        Words by which it is known in a message that the learner wrote.
    """

    slug: str
    name: str
    what: str
    owasp: str
    message: str
    frames: tuple[str, ...]
    held: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assistant:
    """Who is attacked: how readily it gives in and how often it turns harmless requests away.

    Parameters
    ----------
    slug, name, what : str
        Its name, and who it is.
    base, refuses : float
        Log-odds that it gives in to an attack, and that it refuses a harmless request.
    weak : mapping of str to float
        Log-odds added at "technique/goal".
    """

    slug: str
    name: str
    what: str
    base: float
    refuses: float
    weak: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Fix:
    """Something that the owner can build.

    Parameters
    ----------
    slug, name, what : str
        Its name, and what it does.
    days : float
        What it costs.
    lowers, wary : mapping of str to float
        Log-odds added to giving in, by technique or goal, and to refusing harmless requests, by
        the technique that they look like; "*" for all.
    """

    slug: str
    name: str
    what: str
    days: float
    lowers: Mapping[str, float]
    wary: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Control:
    """A harmless request that looks like an attack; `held` ones are kept back for the re-test."""

    text: str
    look: str
    held: bool = False


@dataclass(frozen=True)
class Kit:
    """Everything, by slug, in the order of the file."""

    goals: Mapping[str, Goal] = field(default_factory=dict)
    techniques: Mapping[str, Technique] = field(default_factory=dict)
    assistants: Mapping[str, Assistant] = field(default_factory=dict)
    fixes: Mapping[str, Fix] = field(default_factory=dict)
    controls: tuple[Control, ...] = ()


@cache
def kit() -> Kit:
    """Return what this lab is made of."""
    text = (resources.files(__package__) / "kit.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Kit(
        goals={one["slug"]: Goal(**one) for one in data["goal"]},
        techniques={one["slug"]: Technique(**_tuples(one)) for one in data["technique"]},
        assistants={one["slug"]: Assistant(**one) for one in data["assistant"]},
        fixes={one["slug"]: Fix(**one) for one in data["fix"]},
        controls=tuple(Control(**one) for one in data["control"]),
    )


def _tuples(one: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in one.items()}
