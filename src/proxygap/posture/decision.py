"""The decision record: which option was chosen for which work, by which reasons.

`check` judges whether the reasons hang together. It never judges which vendor was chosen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from proxygap.posture.options import Option, Rules, cheapest, judge, sensitivity
from proxygap.simulations._expected_cost import Estimate, Workload

FAMILY, VERSION = "proxygap-decision-record", 1
NOUN = "decision record"
CLOSE = 0.01
"""A quoted cost may differ from the computed one by this share, or by half a unit."""

TRIGGERS = {
    "version": "the vendor announces a new version",
    "prompt": "the system prompt or a filter changes",
    "incident": "an incident or a complaint",
    "schedule": "every month, the same items again",
}


@dataclass(frozen=True)
class Record:
    """A decision with everything that it rests on.

    Parameters
    ----------
    title, use, people : str
        The work, what the system does in it, and whom it touches.
    rules : Rules
        What an option must keep.
    before : bool
        Whether the rules were written before any result was seen.
    work : Workload
        What is asked, and what the errors cost.
    options : tuple of Option
        What there was to choose from, with what was measured.
    chosen : str
        Slug of the option that was chosen; empty where none is yet.
    quoted : Estimate or None
        The cost of 1,000 requests and its interval, as the learner states them.
    triggers : tuple of str
        When it is measured again; names of `TRIGGERS`.
    reason, dissent, owner : str
        In the learner's words.
    evidence : tuple of str
        What was measured how.
    simulated : bool
        Whether the vendors do not exist.
    """

    title: str
    use: str
    people: str
    rules: Rules
    before: bool
    work: Workload
    options: tuple[Option, ...]
    chosen: str = ""
    quoted: Estimate | None = None
    triggers: tuple[str, ...] = ()
    reason: str = ""
    dissent: str = ""
    owner: str = ""
    evidence: tuple[str, ...] = ()
    simulated: bool = True

    @property
    def option(self) -> Option | None:
        """Return the option that was chosen."""
        return next((one for one in self.options if one.slug == self.chosen), None)


class Finding(NamedTuple):
    """One thing that a decision needs, whether it is there, and a sentence."""

    criterion: str
    met: bool
    said: str


def check(record: Record) -> list[Finding]:
    """Judge whether the reasoning hangs together; never whom it chose."""
    option = record.option
    if option is None:
        return [Finding("A decision", False, "Choose an option; “no AI” is one.")]
    return [
        _constraints(record, option), _order(record), *_numbers(record, option),
        _cheaper(record, option), _holds(record), _retest(record), _owned(record),
    ]  # fmt: skip


def _constraints(record: Record, option: Option) -> Finding:
    found = judge(option, record.rules)
    if found.passes:
        return Finding("Your rules", True, f"{option.name} keeps every rule that you wrote.")
    said = f"{option.name} breaks your own rules: {'; '.join(found.reasons)}."
    return Finding("Your rules", False, f"{said} Choose another option, or say openly that you "
                                        "change a rule.")  # fmt: skip


def _order(record: Record) -> Finding:
    if record.before:
        return Finding("Rules first", True, "The tolerance was written before any result.")
    return Finding("Rules first", False, "The rules were changed after the results were seen. That "
                                         "can be right; the record says so.")  # fmt: skip


def _numbers(record: Record, option: Option) -> Iterator[Finding]:
    cost = option.cost(record.work)
    known = f"{cost.value:,.0f}, from {cost.low:,.0f} to {cost.high:,.0f}"
    if record.quoted is None:
        yield Finding("Cost", False, "State the expected cost of 1,000 requests.")
        yield Finding("Interval", False, "State its interval: a cost alone looks surer than it is.")
        return
    right = _close(record.quoted.value, cost.value)
    ends = _close(record.quoted.low, cost.low) and _close(record.quoted.high, cost.high)
    told = f"{record.quoted.value:,.0f}"
    yield Finding(
        "Cost",
        right,
        f"{told} is what the rates and costs give."
        if right
        else f"{told} is not what the rates and costs give for {option.name}: {known}.",
    )
    yield Finding(
        "Interval",
        ends,
        "The interval is stated."
        if ends
        else f"The interval does not belong to {option.name} with these costs: {known}.",
    )


def _close(told: float, known: float) -> bool:
    return abs(told - known) <= max(0.5, CLOSE * abs(known))


def _cheaper(record: Record, option: Option) -> Finding:
    best = cheapest(record.options, record.rules, record.work)
    if best is None or best.slug == option.slug:
        return Finding("Alternatives", True, "No option that keeps your rules costs less.")
    said = f"{best.name} keeps your rules and costs less ({best.cost(record.work).value:,.0f})."
    if len(record.reason.split()) >= 5:
        return Finding("Alternatives", True, f"{said} You say why you do not take it.")
    return Finding("Alternatives", False, f"{said} Say in a sentence why you do not take it.")


def _holds(record: Record) -> Finding:
    moved = sensitivity(record.options, record.rules, record.work)
    changes = [one for one in moved if one.changes]
    if not changes:
        said = "The cheapest option stays the same when any assumption moves by half."
        return Finding("Sensitivity", True, said)
    what = "; ".join(one.what for one in changes)
    if len(record.reason.split()) >= 5:
        return Finding(
            "Sensitivity", True, f"The order would change with {what}; you gave a reason."
        )
    return Finding("Sensitivity", False, f"The cheapest option would change with {what}. Say why "
                                         "you are sure enough.")  # fmt: skip


def _retest(record: Record) -> Finding:
    known = [name for name in record.triggers if name in TRIGGERS]
    if "schedule" in known:
        return Finding("Re-test", True, "A change that nobody announces will be found too.")
    if known:
        return Finding("Re-test", False, "Each of these triggers needs somebody to tell you. A "
                                         "silent change needs a date in the calendar.")  # fmt: skip
    return Finding("Re-test", False, "Name what makes you measure again.")


def _owned(record: Record) -> Finding:
    if record.owner.strip():
        return Finding("Owner", True, "Somebody owns the risk that is left.")
    return Finding("Owner", False, "Name who owns the risk that is left: a role will do.")


def as_data(record: Record) -> dict[str, Any]:
    """Return the record as its JSON holds it."""
    return {
        "schema": f"{FAMILY}/{VERSION}",
        "simulated": record.simulated,
        "title": record.title, "use": record.use, "people": record.people,
        "rules": {**record.rules._asdict(), "written_before_results": record.before},
        "work": record.work._asdict(),
        "evidence": list(record.evidence),
        "options": [_option_data(record, option) for option in record.options],
        "sensitivity": [
            {"assumption": one.what, "cheapest": one.winner.slug if one.winner else None}
            for one in sensitivity(record.options, record.rules, record.work)
        ],
        "decision": {
            "chosen": record.chosen or None,
            "quoted_cost": record.quoted._asdict() if record.quoted else None,
            "reason": record.reason, "dissent": record.dissent, "owner": record.owner,
            "retest": list(record.triggers),
        },
        "check": [one._asdict() for one in check(record)],
    }  # fmt: skip


def _option_data(record: Record, option: Option) -> dict[str, Any]:
    found = judge(option, record.rules)
    return {
        "option": option.slug, "name": option.name,
        "over_refusal": _counts(option.over_refusal), "harmful_compliance": _counts(option.harmful),
        "keeps_rules": found.passes, "reasons": list(found.reasons),
        "cost_per_1000": option.cost(record.work)._asdict(),
    }  # fmt: skip


def _counts(rate: Any) -> Mapping[str, int] | None:
    return None if rate is None else {"errors": rate.errors, "items": rate.items}


def as_json(record: Record) -> str:
    """Return the record as a JSON file."""
    return json.dumps(as_data(record), ensure_ascii=False, indent=1) + "\n"
