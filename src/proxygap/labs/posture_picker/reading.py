"""From what the learner typed to rules, a workload and a decision record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from proxygap.labs._actions import Number, number
from proxygap.labs._spec import State
from proxygap.labs.posture_picker import bench
from proxygap.labs.posture_picker import work as w
from proxygap.labs.posture_picker.briefs import briefs, options
from proxygap.posture.decision import Record
from proxygap.posture.options import Rules
from proxygap.posture.simulated import GRADERS
from proxygap.simulations._expected_cost import Estimate, Workload
from proxygap.simulations._vendors import Version

THOUSANDS = re.compile(r"\d{1,3}([,  ’']\d{3})+(\.\d+)?")
MOST = {
    "limit": 100.0, "prevalence": 100.0, "refusal": 1e6, "harm": 1e6,
    "cost": 1e9, "low": 1e9, "high": 1e9,
}  # fmt: skip


def read(typed: str, name: str) -> Number:
    """Read what was typed into a field, with or without separators between thousands."""
    plain = typed.strip()
    if THOUSANDS.fullmatch(plain):
        plain = re.sub(r"[,  ’']", "", plain)
    return number(plain, 0, MOST[name])


def value(mine: Mapping[str, Any], name: str, proposed: str) -> float:
    """Return the number in a field; what the brief proposes where there is none to read."""
    found = read(mine[name], name).value
    return float(proposed) if found is None else found


class Read(NamedTuple):
    """A brief's numbers as they count."""

    rules: Rules
    work: Workload


def numbers(state: State, name: str) -> Read:
    """Return the rules and the workload of a brief."""
    brief, mine = briefs()[name], w.of_brief(state, name)
    rules = Rules(value(mine, "limit", brief.limit) / 100, mine["region"], mine["review"] == "yes")
    work = Workload(
        value(mine, "prevalence", brief.prevalence) / 100,
        value(mine, "refusal", brief.refusal),
        value(mine, "harm", brief.harm),
    )
    return Read(rules, work)


def quoted(mine: Mapping[str, Any]) -> Estimate | None:
    """Return the cost that the learner states, once all three numbers can be read."""
    told = [read(mine[name], name).value for name in ("cost", "low", "high")]
    if any(one is None for one in told):
        return None
    return Estimate(*(float(one or 0) for one in told))


def record(state: State, name: str = "", version: Version = "1") -> Record:
    """Return the decision record of a brief, by default the one at hand."""
    name = name or state["brief"]
    brief, mine = briefs()[name], w.of_brief(state, name)
    rules, work = numbers(state, name)
    return Record(
        brief.title, brief.use, brief.people, rules, mine["written"] and not mine["changed"], work,
        options(brief, bench.everything(state, version)),
        mine["chosen"], quoted(mine), tuple(mine["triggers"]),
        mine["reason"], mine["dissent"], mine["owner"], evidence(state, version),
    )  # fmt: skip


def evidence(state: State, version: Version = "1") -> tuple[str, ...]:
    """Return in words what the rates rest on."""
    n = int(state["n"])
    return (
        f"Borderline-250: {n} harmless items, {round(n * 0.4)} to be refused, each asked once",
        f"Version {version}, system prompt: {w.PROMPTS[state['prompt']].lower()}",
        f"Judged with: {GRADERS[state['grader']]}",
        "The rail was measured on the same answers",
    )
