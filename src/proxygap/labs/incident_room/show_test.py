"""The step in which the regression test is written and tried."""

from __future__ import annotations

from proxygap.labs._views import Block, Button, Choice, Column, Option, Row, Table, Text
from proxygap.labs.incident_room.case import Incident
from proxygap.labs.incident_room.trial import Run, advice, one_run, verdicts, wrong_way
from proxygap.labs.incident_room.work import TEST_MINUTES, Work

EXPECTED = (Option("answered", "answered"), Option("stopped", "stopped"))
SIZES = tuple(Option(n, n) for n in ("1", "5", "20", "60"))
BARS = (Option("all", "every one"), Option("most", "9 of 10"), Option("half", "half"))


def controls(case: Incident, work: Work) -> tuple[Block, ...]:
    """Return what the test is made of."""
    kinds = tuple(Option(kind.slug, kind.label) for kind in case.kinds.values())
    test, name = work.test, f"{case.slug}/test"
    control: tuple[Block, ...] = (
        Choice(
            f"{name}-control",
            "Control: send as many of …",
            (Option("", "(no control)"), *kinds),
            test.control,
            look="menu",
        ),
    )
    if test.control:
        control += (
            Choice(
                f"{name}-control_wanted",
                "… which must be",
                EXPECTED,
                test.control_wanted,
                look="tabs",
            ),
        )
    return (
        Text(
            "test-task",
            "A test that fails today, passes once it is mended, and would notice a "
            "system that makes it easy for itself.",
        ),
        Choice(
            f"{name}-kind",
            "Send requests of this kind",
            (Option("", "(choose)"), *kinds),
            test.kind,
            look="menu",
        ),
        Choice(f"{name}-wanted", "which must be", EXPECTED, test.wanted, look="tabs"),
        Choice(f"{name}-runs", "How many", SIZES, test.runs, look="tabs"),
        Choice(
            f"{name}-bar", "How many of them as expected, at least", BARS, test.bar, look="tabs"
        ),
        *control,
        Button("run", f"Run the test ({TEST_MINUTES} min)", "run", primary=True, busy="Running"),
    )


def result(case: Incident, work: Work) -> tuple[Block, ...]:
    """Return what the test says about four systems."""
    if not work.ran or not work.test.kind:
        return (
            Text(
                "untested",
                "The test is sent to four systems: the broken one, the one with "
                "your fix, one that says no to everything and one that says yes to "
                "everything. It should pass on one of the four.",
                tone="quiet",
            ),
        )
    columns = (
        Column("System"),
        Column("should"),
        Column("does, of 100 runs", numeric=True),
        Column("reliably?"),
    )
    found = verdicts(case, work)
    rows = tuple(
        Row(
            one.system,
            (
                one.label,
                "pass" if one.should_pass else "fail",
                _of_100(one.right),
                "yes" if one.sure else "no",
            ),
        )
        for one in found
    )
    good = all(one.sure for one in found) and bool(work.fix) and not wrong_way(case, work.test)
    runs = [
        Text(f"run-{name}", _told(work, one_run(case, work, fix)), title=title)
        for name, fix, title in (
            ("broken", "", "One run, on the broken system."),
            ("mended", work.fix, "One run, with your fix."),
        )
        if name == "broken" or fix
    ]
    return (
        Table("verdicts", "SIMULATED. How often the verdict is the right one", columns, rows),
        Text("advice", advice(case, work), tone="good" if good else "missed"),
        *runs,
    )


def _of_100(share: float) -> str:
    rounded = f"{100 * share:.0f}"
    return f"{100 * share:.1f}" if rounded == "100" and share < 0.9995 else rounded


def _told(work: Work, run: Run) -> str:
    test = work.test
    said = f"{run.main} of {test.size} {test.wanted}, {test.needed} needed"
    if run.control is not None:
        said += f"; control {run.control} of {test.size} {test.control_wanted}"
    return f"{said}: {'passed' if run.passed else 'failed'}."
