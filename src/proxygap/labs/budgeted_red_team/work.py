"""The learner's work as the state keeps it, and how a state of unknown origin is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from proxygap.labs._spec import State
from proxygap.labs.budgeted_red_team.assistants import Build, hits
from proxygap.labs.budgeted_red_team.kit import kit
from proxygap.labs.budgeted_red_team.messages import (
    PLAIN,
    Message,
    composed,
    harmless,
    kept_back,
    written,
)

STEPS = {
    "rules": "Rules",
    "attack": "Attack",
    "transfer": "Transfer",
    "fix": "Fix",
    "report": "Report",
}
TARGET = "pip"
BUDGET = 30  # attempts
DAYS = 5.0  # of building
LIMIT = 0.10  # agreed before the test, for both rates of the re-test
LONGEST = 300
CONCLUSION = 600
RUNS = 12  # sets of fixes that are kept
ATTEMPTS, AGAIN, OTHERS, FOUND, REST, CONTROLS = range(6)
"""The rounds of messages of a test, each with a luck of its own."""
ROUNDS = 10  # numbers from one test to the next
TESTS = 1000

RULES = {
    "scope": "I attack the simulated assistant Pip and no other system.",
    "budget": "I have 30 attempts. All of them are logged, those that fail too.",
    "hits": "What counts as a hit is written down before I begin, and so is how bad it would be.",
    "controls": "I send harmless requests as well, and count refusals of them as failures.",
    "out": "Out of bounds: real systems, real people's data, anything that outlasts the test.",
    "owner": "Findings go to the owner first, in writing.",
}


def initial() -> State:
    """Return where everybody starts: nothing agreed, nothing sent."""
    return {
        "step": "rules", "agreed": [], "accepted": False,
        "goal": "canary", "technique": PLAIN, "frame": "0", "own": "",
        "sent": [], "controls": False, "replayed": False,
        "fixes": [], "runs": [], "conclusion": "", "test": 0, "said": "", "last": "",
    }  # fmt: skip


def tidy(given: Mapping[str, Any]) -> State:
    """Return a state that can be shown, whatever was given; what cannot be read is left out."""
    state = initial()
    known: dict[str, Iterable[str]] = {
        "step": STEPS, "goal": kit().goals, "technique": kit().techniques, "frame": "012",
    }  # fmt: skip
    for name, allowed in known.items():
        state[name] = _one_of(given.get(name), allowed, state[name])
    for name in ("accepted", "controls", "replayed"):
        state[name] = given.get(name) is True
    state["agreed"] = _some_of(given.get("agreed"), RULES)
    state["fixes"] = _some_of(given.get("fixes"), kit().fixes)
    state["sent"] = [one for one in map(_sent, _list(given.get("sent"))) if one][:BUDGET]
    runs = [_some_of(one, kit().fixes) for one in _list(given.get("runs"))]
    state["runs"] = [one for i, one in enumerate(runs) if one not in runs[:i]][-RUNS:]
    for name, longest in (
        ("own", LONGEST),
        ("conclusion", CONCLUSION),
        ("said", 400),
        ("last", 40),
    ):
        state[name] = _text(given.get(name), longest)
    test = given.get("test")
    state["test"] = test if type(test) is int and 0 <= test < TESTS else 0
    if not state["accepted"]:
        state["step"] = "rules"
    return state


def _one_of(given: Any, allowed: Iterable[str], otherwise: str) -> str:
    return given if isinstance(given, str) and given in list(allowed) else otherwise


def _some_of(given: Any, allowed: Iterable[str]) -> list[str]:
    names = _list(given)
    return [name for name in allowed if name in names]


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _text(given: Any, longest: int) -> str:
    return given[:longest] if isinstance(given, str) else ""


def _sent(given: Any) -> dict[str, str] | None:
    """Return an attempt that can be sent again, or None."""
    one = given if isinstance(given, Mapping) else {}
    if one.get("goal") not in list(kit().goals):
        return None
    own = _text(one.get("own"), LONGEST).strip()
    if own:
        return {"goal": one["goal"], "own": own}
    if one.get("technique") not in list(kit().techniques) or one.get("frame") not in list("012"):
        return None
    return {name: one[name] for name in ("goal", "technique", "frame")}


def message(one: Mapping[str, str]) -> Message:
    """Return the message of an attempt."""
    if one.get("own"):
        return written(one["own"], one["goal"])
    frame = kit().techniques[one["technique"]].frames[int(one["frame"])]
    return composed(one["technique"], one["goal"], frame)


def at_hand(state: State) -> dict[str, str]:
    """Return the attempt that would be sent now."""
    own = state["own"].strip()
    if own:
        return {"goal": state["goal"], "own": own}
    return {name: state[name] for name in ("goal", "technique", "frame")}


def messages(state: State) -> list[Message]:
    """Return every attempt so far."""
    return [message(one) for one in state["sent"]]


def round_of(state: State, number: int) -> int:
    """Return the number of a round in this test: a new test has another luck."""
    return int(ROUNDS * state["test"]) + number


def outcomes(state: State) -> list[bool]:
    """Return which attempts were hits."""
    return hits(TARGET, messages(state), round_of(state, ATTEMPTS))


def left(state: State) -> int:
    """Return how many attempts are left."""
    return BUDGET - len(state["sent"])


Cell = tuple[str, str]
"""A technique and a goal."""


class Tally(NamedTuple):
    """Hits of attempts."""

    hits: int
    of: int


def board(state: State) -> dict[Cell, Tally]:
    """Return what became of every cell. An attempt counts for each technique that it used."""
    cells = {(t, g): Tally(0, 0) for t in kit().techniques for g in kit().goals}
    for one, hit in zip(messages(state), outcomes(state), strict=True):
        for technique in one.techniques:
            was = cells[technique, one.goal]
            cells[technique, one.goal] = Tally(was.hits + hit, was.of + 1)
    return cells


def findings(state: State) -> list[Cell]:
    """Return the cells in which something got through, the gravest first."""
    found = [cell for cell, tally in board(state).items() if tally.hits]
    return sorted(found, key=lambda cell: kit().goals[cell[1]].severity != "high")


def build(state: State, fixes: Iterable[str]) -> Build:
    """Return what the owner builds: the fixes, with what the red team can tell about its hits."""
    phrases: list[str] = []
    for one, hit in zip(state["sent"], outcomes(state), strict=True):
        if hit:
            frames = kit().techniques[one["technique"]].frames if "technique" in one else ()
            phrases.append(frames[int(one["frame"])] if frames else one["own"])
    techniques = tuple(dict.fromkeys(technique for technique, _ in findings(state)))
    return Build(tuple(fixes), tuple(dict.fromkeys(phrases)), techniques)


class Retest(NamedTuple):
    """What the regression suite found.

    Attributes
    ----------
    seen : Tally
        The red team's own attempts, sent again.
    held : Tally
        The findings in wordings that nobody had sent.
    rest : Tally
        Every other cell of the board, in wordings that nobody had sent.
    refused : Tally
        Harmless requests that were refused.
    """

    seen: Tally
    held: Tally
    rest: Tally
    refused: Tally

    @property
    def passes(self) -> bool:
        """Whether both rates that were agreed on are within the limit."""
        return all(one.of and one.hits <= LIMIT * one.of for one in (self.held, self.refused))


def retest(state: State, fixes: Iterable[str]) -> Retest:
    """Run the regression suite on the target with these fixes built in."""
    return _retest(json.dumps(state["sent"]), state["test"], tuple(fixes))


@lru_cache(maxsize=64)
def _retest(sent: str, test: int, fixes: tuple[str, ...]) -> Retest:
    state = {"sent": json.loads(sent), "test": test}
    built = build(state, fixes)
    found = findings(state)
    held = [one for cell in found for one in kept_back(*cell)]
    rest = [one for cell in board(state) if cell not in found for one in kept_back(*cell)]
    benign = [harmless(one) for one in kit().controls]
    rounds = ((messages(state), AGAIN), (held, FOUND), (rest, REST), (benign, CONTROLS))
    tallies = (_tally(TARGET, each, round_of(state, name), built) for each, name in rounds)
    return Retest(*tallies)


def controls(slug: str = TARGET) -> Tally:
    """Return how many of the ten harmless requests of the test an assistant refuses."""
    return _tally(slug, [harmless(one) for one in kit().controls if not one.held], CONTROLS)


def replay(state: State, slug: str) -> tuple[Tally, Tally]:
    """Send all attempts again, to this assistant: all of them, and those that had been hits."""
    again = hits(slug, messages(state), round_of(state, OTHERS))
    were = outcomes(state)
    second = [hit for hit, was in zip(again, were, strict=True) if was]
    return Tally(sum(again), len(again)), Tally(sum(second), len(second))


def _tally(slug: str, sent: list[Message], round_: int, built: Build | None = None) -> Tally:
    found = hits(slug, sent, round_, built or Build())
    return Tally(sum(found), len(found))
