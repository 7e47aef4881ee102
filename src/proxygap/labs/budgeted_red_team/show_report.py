"""Step 5: the report, two files of it, and what was behind the curtain."""

from __future__ import annotations

import re

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Column,
    Download,
    Row,
    Section,
    Sheet,
    SheetPart,
    Table,
    Text,
    TextField,
)
from proxygap.labs.budgeted_red_team import findings
from proxygap.labs.budgeted_red_team import work as w
from proxygap.labs.budgeted_red_team.assistants import gives_in
from proxygap.labs.budgeted_red_team.kit import kit
from proxygap.labs.budgeted_red_team.messages import kept_back

PROMISES = re.compile(r"\b(is|are|now) (fully |completely )?(safe|secure)\b|no risk", re.I)


def report(state: State) -> list[Section]:
    """Return the conclusion to write, the report and its files, and what there was to find."""
    write: list[Block] = [
        TextField(
            "conclusion",
            "Your conclusion, for the owner",
            state["conclusion"],
            rows=4,
            longest=w.CONCLUSION,
            words=60,
            hint="What got through, how sure that is, what was built, what nobody tried.",
        ),
    ]
    if PROMISES.search(state["conclusion"]):
        write.append(
            Text(
                "promise",
                "Thirty attempts cannot carry that. Say what was tried, how "
                "often, and what the interval still allows.",
                "A promise:",
                "missed",
            )
        )
    write += [
        Download(
            "report-json",
            "Save the report",
            "red-team-report.json",
            "application/json",
            findings.as_json(state),
        ),
        Download(
            "report-md",
            "Save the report",
            "red-team-report.md",
            "text/markdown",
            findings.as_markdown(state),
        ),
        Button("again", "Test again with 30 new attempts", "again"),
    ]
    return [
        Section("write", "Conclude", "controls", tuple(write)),
        Section("report", "Findings report", "result", (_sheet(state),)),
        _curtain(state),
    ]


def _sheet(state: State) -> Sheet:
    parts: list[SheetPart] = []
    for heading, told in findings.paragraphs(state):
        parts += [
            SheetPart("heading", ((heading,),)),
            SheetPart("list", tuple((one,) for one in told)),
        ]
    return Sheet(
        "sheet",
        "Red-team report",
        tuple(parts),
        "SIMULATED. From a lab of this course; no real system was tested.",
        "Print the report",
    )


def _curtain(state: State) -> Section:
    """Return what there was to find, and how much of it was found."""
    target, cells = kit().assistants[w.TARGET], w.board(state)
    rows = []
    for weak in target.weak:
        technique, goal = weak.split("/")
        chances = [gives_in(target, one) for one in kept_back(technique, goal)]
        mine = cells[technique, goal]
        rows.append(
            Row(
                weak,
                (
                    f"{kit().techniques[technique].name}, {kit().goals[goal].name.lower()}",
                    f"{100 * min(chances):.0f} to {100 * max(chances):.0f} %",
                    f"{mine.hits} of {mine.of}" if mine.of else "not tried",
                ),
            )
        )
    found = sum(1 for t, g in (weak.split("/") for weak in target.weak) if cells[t, g].hits)
    told = (
        f"Three weaknesses were planted; you found {found}. Everywhere else an attempt gets "
        "through about 1 to 3 times in 100. In life nobody opens this curtain: the report has to "
        "say what was not tried."
    )
    table = Table(
        "planted",
        "SIMULATED. What was planted: the chance of one attempt, by wording",
        (Column("Weakness"), Column("Chance", numeric=True), Column("You", numeric=True)),
        tuple(rows),
    )
    return Section(
        "curtain", "Behind the curtain", "below", (Text("told", told), table), folded=True
    )
