"""The memo and the decisions as Markdown, to keep and to circulate."""

from __future__ import annotations

from proxygap.labs.incident_room.case import Incident, room
from proxygap.labs.incident_room.rubric import marks
from proxygap.labs.incident_room.trial import verdicts
from proxygap.labs.incident_room.work import Work, clock, cost

NOT_SAID = "(not said)"


def label(name: str, slug: str) -> str:
    """Return how one of the shared choices reads: ``label("owners", "rail")``."""
    return next((one["label"] for one in room()[name] if one["slug"] == slug), NOT_SAID)


def markdown(case: Incident, work: Work) -> str:
    """Return the memo, the decisions, the test and the marks as one Markdown text."""
    parts = [
        f"# Incident memo: {case.title}",
        f"{case.place} All numbers are SIMULATED.",
        *_memo(work),
        *_decisions(case, work),
        *_test(case, work),
        *_marks(case, work),
    ]
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """Return what a learner wrote as one paragraph that starts no heading, list, table or quote."""
    return " ".join(text.split()).replace("<", "&lt;").replace("|", "\\|").lstrip("#>-+*=` ")


def _memo(work: Work) -> list[str]:
    return [
        f"## {one['label']}\n\n{_plain(work.memo.get(one['slug'], '')) or NOT_SAID}"
        for one in room()["fields"]
    ]


def _decisions(case: Incident, work: Work) -> list[str]:
    affected = next((a["label"] for a in case.affected if a["slug"] == work.affected), NOT_SAID)
    opened = ", ".join(case.evidence[slug].title for slug in work.opened) or "nothing"
    harm = cost(case, work)
    fix = case.fixes[work.fix].label if work.fix else "none"
    lines = [
        f"Severity: {label('severities', work.severity)}",
        f"Affected: {affected}",
        f"At once: {label('containments', work.containment)}",
        f"Owner: {label('owners', work.owner)}",
        f"Fix: {fix}",
        f"Evidence opened: {opened}",
        f"Time: {work.minutes} minutes, until {clock(case, work)}",
        f"Honest requests turned away (SIMULATED, expected): {harm.turned_away:.1f}",
        f"Let through that should have been stopped (SIMULATED, expected): {harm.let_through:.2f}",
        f"Dealt with by people (SIMULATED, expected): {harm.by_hand:.1f}",
    ]
    return ["## Decisions", "\n".join(f"- {line}" for line in lines)]


def test_words(case: Incident, work: Work) -> str:
    """Return the learner's test in a sentence."""
    test = work.test
    if not test.kind:
        return "No test was written."
    bar = {"all": "each", "most": "at least 9 of 10", "half": "at least half"}[test.bar]
    said = f"Send {test.size} of “{case.kinds[test.kind].label}”; {bar} must be {test.wanted}"
    if test.control:
        said += (
            f". Control: {test.size} of “{case.kinds[test.control].label}”; {bar} must be "
            f"{test.control_wanted}"
        )
    return f"{said}."


def _test(case: Incident, work: Work) -> list[str]:
    parts = ["## Regression test", test_words(case, work)]
    if work.test.kind and work.ran:
        rows = [
            f"| {one.label} | {'pass' if one.should_pass else 'fail'} | {100 * one.right:.0f} % |"
            for one in verdicts(case, work)
        ]
        parts.append("\n".join(["| System | Should | Right verdict |", "|---|---|---:|", *rows]))
    return parts


def _marks(case: Incident, work: Work) -> list[str]:
    if not work.marked:
        return []
    found = marks(case, work)
    rows = [
        f"| {one['title']} | {found[one['slug']].points} of 2 |  |  |" for one in room()["criteria"]
    ]
    rows += [
        f"| {one['title']} | – | {work.judged.get(one['slug'], '')} |  |"
        for one in room()["judgements"]
    ]
    head = ["| Criterion | Machine | Yourself | Neighbour |", "|---|---|---|---|"]
    note = (
        "The machine reads structure and consistency, never style. The last two columns are yours."
    )
    return ["## Marks", "\n".join([*head, *rows]), note]
