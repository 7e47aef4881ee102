"""The section of the lab "Write the reward" in which the learner writes a test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxygap.labs._views import (
    Block,
    Button,
    Choice,
    CodeField,
    Column,
    NumberField,
    Option,
    Row,
    Section,
    Table,
    Text,
    Tone,
)
from proxygap.labs.write_the_reward.path_tests import NEVER, Verdict, judge
from proxygap.labs.write_the_reward.paths import Case, cases
from proxygap.labs.write_the_reward.show import FORM, MODES
from proxygap.labs.write_the_reward.world import RewardWorld

LOW, HIGH = 0.0, 1_000.0
CONDITIONS = ("first", "second")

TASK = (
    "Somebody else will write the next reward. Write a test that looks at a whole path and sounds "
    "the alarm when the reward was gamed. It must let what we wanted pass on every layout, and "
    "catch the exploits that others recorded."
)


def section(world: RewardWorld, test: Mapping[str, Any], problems: Mapping[str, str]) -> Section:
    """Return the test as it is written, and what came of it last."""
    blocks: list[Block] = [
        Text("test-task", TASK),
        Choice("test-mode", "Write the test as", MODES, test["mode"], action="test-mode",
               look="tabs"),
        *(_form(world, test, problems) if test["mode"] == FORM else _code(world, test)),
        Button("test", "Try the test", "test", busy="Trying"),
    ]  # fmt: skip
    if test["said"]:
        blocks.append(Text("test-said", test["said"], tone="bad"))
    if test["alarms"] is not None:
        blocks += _outcome(world, judge(world, test["alarms"]))
    title = "A test that would have caught it"
    return Section(f"{world.slug}-test", title, "below", tuple(blocks), folded=True)


def _form(world: RewardWorld, test: Mapping[str, Any], problems: Mapping[str, str]) -> list[Block]:
    asked = (f"Sound the alarm when the {world.walker} …", "… or when it …")
    blocks: list[Block] = []
    for place, question in zip(CONDITIONS, asked, strict=True):
        nothing = "choose" if place == "first" else "nothing more"
        options = (Option(NEVER, f"({nothing})"),
                   *(Option(name, one.label) for name, one in world.alarms.items()))  # fmt: skip
        chosen = test[place]
        blocks.append(Choice(place, question, options, chosen["alarm"], action="alarm",
                             look="menu"))  # fmt: skip
        if chosen["alarm"] != NEVER:
            blocks.append(
                NumberField(f"{place}-number", world.alarms[chosen["alarm"]].label,
                            chosen["number"], LOW, HIGH, 1, "", "", problems.get(place, ""),
                            action="alarm-number")
            )  # fmt: skip
    return blocks


def _code(world: RewardWorld, test: Mapping[str, Any]) -> list[Block]:
    facts = ", ".join((*world.terms, *world.observed))
    measure = world.potential[0]
    hint = (
        f"path is a tuple of steps. Each has row, column (where it leads), {facts}, "
        f"before.{measure} and after.{measure}. Return True to sound the alarm."
    )
    return [CodeField("test-code", "Your test", test["code"], 6, hint, test["problem"],
                      "test-write", run="test")]  # fmt: skip


def spoken(world: RewardWorld, test: Mapping[str, Any]) -> str:
    """Return what a screen reader says after the test was tried."""
    if test["alarms"] is None:
        return f"{test['said']} {test['problem']}".strip()
    return _summary(world, judge(world, test["alarms"]))


def _outcome(world: RewardWorld, verdict: Verdict) -> list[Block]:
    rows = [
        Row(f"case-{number}", (case.name, _judged(case, alarm)))
        for number, (case, alarm) in enumerate(zip(cases(world), verdict.alarms, strict=True))
    ]
    tone: Tone = "good" if verdict.is_right else "missed"
    columns = (Column("Path"), Column("Your test"))
    return [
        Text("test-verdict", _summary(world, verdict), tone=tone),
        Table("cases", "What the test says of each path", columns, tuple(rows)),
    ]


def _judged(case: Case, alarm: bool) -> str:
    if case.is_exploit:
        return "✓\N{NO-BREAK SPACE}caught" if alarm else "✗\N{NO-BREAK SPACE}missed"
    return "✗\N{NO-BREAK SPACE}false alarm" if alarm else "✓\N{NO-BREAK SPACE}passes"


def _summary(world: RewardWorld, verdict: Verdict) -> str:
    gamed = sum(case.is_exploit for case in cases(world))
    honest = len(cases(world)) - gamed
    caught = f"{gamed - verdict.missed} of {gamed} exploits caught"
    passed = f"{verdict.false_alarms} of {honest} wanted paths blamed"
    if verdict.is_right:
        return f"Your test is right: {caught}, {passed}."
    if verdict.false_alarms == honest and verdict.missed == 0:
        return f"{caught}, but {passed}. An alarm that always sounds tells nothing."
    return f"{caught}, {passed}."
