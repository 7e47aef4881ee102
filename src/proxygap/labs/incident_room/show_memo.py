"""The step in which the memo is written, marked by the rubric, and saved."""

from __future__ import annotations

from proxygap.labs._block_files import Download
from proxygap.labs._views import (
    Block,
    Button,
    Choice,
    Column,
    Option,
    Row,
    Section,
    Table,
    Text,
    TextField,
)
from proxygap.labs.incident_room import memo
from proxygap.labs.incident_room.case import Incident, room
from proxygap.labs.incident_room.rubric import marks, of_exemplar
from proxygap.labs.incident_room.work import LONGEST_FIELD, MARKS, Work

AIMS = {
    "happened": 50,
    "known": 40,
    "unknown": 30,
    "cause": 40,
    "number": 25,
    "retest": 25,
    "rollback": 25,
}
"""Words to aim at in each field."""


def sections(case: Incident, work: Work) -> list[Section]:
    """Return the memo's fields, its marks, and the exemplars once it was marked."""
    written = tuple(
        TextField(
            f"{case.slug}/memo-{one['slug']}",
            one["label"],
            work.memo.get(one["slug"], ""),
            rows=3,
            hint=one["hint"],
            longest=LONGEST_FIELD,
            words=AIMS[one["slug"]],
        )
        for one in room()["fields"]
    )
    save = Download(
        "save",
        "Save memo and decisions",
        f"incident-{case.slug}.md",
        "text/markdown",
        memo.markdown(case, work),
    )
    blocks: tuple[Block, ...] = (
        *written,
        Button("mark", "Mark it", "mark", primary=True, busy="Marking"),
    )
    shown = [
        Section(f"{case.slug}-memo", "The memo", "controls", blocks),
        Section(
            f"{case.slug}-marks", _marks_title(case, work), "result", (*_marked(case, work), save)
        ),
    ]
    if work.marked and case.exemplars:
        shown += [_exemplar(case, i) for i in range(len(case.exemplars))]
    return shown


def _marks_title(case: Incident, work: Work) -> str:
    if not work.marked:
        return "How it is marked"
    points = sum(mark.points for mark in marks(case, work).values())
    return f"{points} of {2 * len(room()['criteria'])}, as far as a machine can tell"


def _marked(case: Incident, work: Work) -> tuple[Block, ...]:
    criteria = room()["criteria"]
    if not work.marked:
        heads = (Column("Criterion, 2 points each"), Column("for both points"))
        known = tuple(Row(one["slug"], (one["title"], one["full"])) for one in criteria)
        return (Table("rubric", "Known beforehand", heads, known), Text("machine", MACHINE))
    found = marks(case, work)
    columns = (Column("Criterion"), Column("points", numeric=True), Column("why"))
    rows = tuple(
        Row(one["slug"], (one["title"], str(found[one["slug"]].points), found[one["slug"]].why))
        for one in criteria
    )
    options = tuple(Option(value, value) for value in MARKS)
    yours = [
        Choice(
            f"{case.slug}/self-{one['slug']}",
            one["title"],
            options,
            work.judged.get(one["slug"], ""),
            look="tabs",
        )
        for one in room()["judgements"]
    ]
    return (
        Table("marks", "What a machine can tell", columns, rows),
        Text("machine", MACHINE),
        Text("owner-key", f"{case.lesson} {case.dispute}", title="Our key."),
        Text(
            "yours",
            "Yourself, 0 to 2. Ask a colleague for the same.",
            title="The rest is for people.",
        ),
        *yours,
    )


MACHINE = (
    "A machine sees whether the parts are there and fit together. It does not see whether they are "
    "well put, or true beyond this simulation."
)


def _exemplar(case: Incident, index: int) -> Section:
    one = case.exemplars[index]
    found = marks(case, of_exemplar(one))
    points = sum(mark.points for mark in found.values())
    texts = tuple(
        Text(
            f"exemplar-{index}-{part['slug']}",
            one["memo"][part["slug"]] or "(empty)",
            title=f"{part['label']}.",
        )
        for part in room()["fields"]
    )
    title = f"A {one['grade']} memo: {points} of {2 * len(found)}"
    says = Text(f"exemplar-{index}-says", one["says"], tone="quiet")
    return Section(f"{case.slug}-exemplar-{index}", title, "below", (says, *texts), folded=True)
