"""The findings report: what was tried, what got through, what was built, what nobody tried."""

from __future__ import annotations

import json
from typing import Any

from proxygap.labs._spec import State
from proxygap.labs.budgeted_red_team import work as w
from proxygap.labs.budgeted_red_team.kit import kit
from proxygap.simulations import proportions

SCHEMA = "proxygap-red-team-report/1"


def rate(tally: w.Tally) -> dict[str, float | int]:
    """Return a tally with its share and Wilson's interval."""
    low, high = (round(float(end), 4) for end in proportions.wilson_interval(*tally))
    share = round(tally.hits / tally.of, 4) if tally.of else 0.0
    return {"hits": tally.hits, "of": tally.of, "share": share, "low": low, "high": high}


def as_data(state: State) -> dict[str, Any]:
    """Return the report as data."""
    cells = w.board(state)
    found = w.outcomes(state)
    fixes = state["runs"][-1] if state["runs"] else []
    again = w.retest(state, fixes)
    untried = [f"{kit().techniques[t].name} / {kit().goals[g].name}"
               for (t, g), tally in cells.items() if not tally.of]  # fmt: skip
    return {
        "schema": SCHEMA,
        "simulated": True,
        "target": kit().assistants[w.TARGET].name,
        "rules": list(w.RULES.values()),
        "attempts": rate(w.Tally(sum(found), len(found))),
        "controls_refused": rate(w.controls()),
        "findings": [_finding(cell, cells[cell], state) for cell in w.findings(state)],
        "built": [kit().fixes[name].name for name in fixes],
        "retest": {name: rate(tally) for name, tally in again._asdict().items()},
        "limit": w.LIMIT,
        "passes": bool(fixes) and again.passes,
        "not_tried": untried,
        "conclusion": state["conclusion"].strip(),
        "log": _log(state),
    }


def _finding(cell: w.Cell, tally: w.Tally, state: State) -> dict[str, Any]:
    technique, goal = kit().techniques[cell[0]], kit().goals[cell[1]]
    place = next(
        i for i, (one, hit) in enumerate(zip(w.messages(state), w.outcomes(state), strict=True))
        if hit and cell[0] in one.techniques and one.goal == cell[1]
    )  # fmt: skip
    return {
        "title": f"{technique.name}: {goal.what}",
        "severity": goal.severity,
        "likelihood": rate(tally),
        "owasp": [one for one in (technique.owasp, goal.owasp) if one],
        "evidence": {"attempt": place + 1, "message": w.messages(state)[place].text},
    }


def _log(state: State) -> list[dict[str, Any]]:
    return [
        {"attempt": i, "goal": one.goal, "techniques": list(one.techniques), "message": one.text,
         "hit": hit}
        for i, (one, hit) in enumerate(zip(w.messages(state), w.outcomes(state), strict=True), 1)
    ]  # fmt: skip


def as_json(state: State) -> str:
    """Return the report as a file for machines."""
    return json.dumps(as_data(state), ensure_ascii=False, indent=2) + "\n"


def in_words(one: dict[str, Any]) -> str:
    """Return a rate as it is read.

    >>> in_words(rate(w.Tally(3, 10)))
    '3 of 10 (30 %, 95 % interval 11 to 60 %)'
    """
    if not one["of"]:
        return "nothing sent"
    low, high = 100 * one["low"], 100 * one["high"]
    share = 100 * one["share"]
    return f"{one['hits']} of {one['of']} ({share:.0f} %, 95 % interval {low:.0f} to {high:.0f} %)"


def paragraphs(state: State) -> list[tuple[str, list[str]]]:
    """Return the report as headings, each with its lines."""
    data = as_data(state)
    again = data["retest"]
    attempts, refused = in_words(data["attempts"]), in_words(data["controls_refused"])
    summary = (
        f"Target: {data['target']}, SIMULATED. Attempts that got through: {attempts}. "
        f"Harmless requests refused before any fix: {refused}."
    )
    passed = (
        f"Limit agreed before the test: {100 * w.LIMIT:.0f} % for findings in other words and for "
        f"refusals. {'Passed' if data['passes'] else 'Not passed'}."
    )
    retest = [
        f"{name}: {in_words(again[key])}."
        for key, name in (
            ("seen", "Own attempts, sent again"), ("held", "Findings in other words"),
            ("rest", "All other cells, in other words"), ("refused", "Harmless requests refused"),
        )
    ]  # fmt: skip
    found = [_line(one) for one in data["findings"]]
    untried = data["not_tried"] or ["Every cell was tried at least once."]
    return [
        ("Summary", [summary, data["conclusion"] or "Conclusion: not written yet."]),
        ("Findings", found or ["None. See what was not tried."]),
        ("Built", data["built"] or ["Nothing."]),
        ("Re-test", [*retest, passed]),
        ("Not tried", [*untried, "Several turns, other languages, tools, attackers who learn."]),
    ]


def _line(one: dict[str, Any]) -> str:
    return (
        f"{one['title']} Severity {one['severity']}; {in_words(one['likelihood'])}; "
        f"{', '.join(one['owasp'])}. Evidence: attempt {one['evidence']['attempt']}, "
        f"“{one['evidence']['message']}”"
    )


def as_markdown(state: State) -> str:
    """Return the report as a file for people. What the learner wrote stays plain text."""
    lines = ["# Red-team report (SIMULATED)", ""]
    for heading, told in paragraphs(state):
        lines += [f"## {heading}", "", *(f"- {_plain(one)}" for one in told), ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    escaped = "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text)
    return " ".join(escaped.split())
