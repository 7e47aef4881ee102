"""The decision record as pages: to read, to sign, to print, and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from proxygap.posture.decision import TRIGGERS, Record, check
from proxygap.posture.document import Document, Part, heading, lines, markdown, points, table, text
from proxygap.posture.options import Option, judge, sensitivity
from proxygap.posture.rates import percent
from proxygap.simulations._expected_cost import Estimate

MAPPING = (
    (
        "NIST AI RMF: use and people affected (Map), measurement (Measure), controls "
        "and owner (Manage)"
    ),
    "EU AI Act: a deployer’s file on oversight, monitoring and records",
    "ISO/IEC 42001: evidence for the controls of a management system",
)


def document(record: Record) -> Document:
    """Return the record as pages to read, to sign and to print."""
    note = "SIMULATED: the vendors and every number from them are made up." * record.simulated
    parts = [*_case(record), *_compared(record), *_decided(record)]
    return Document(f"Decision record: {record.title}", note, tuple(parts))


def _case(record: Record) -> list[Part]:
    rules = record.rules
    when = "before any result was seen" if record.before else "changed after results were seen"
    return [
        heading("Use"), text(record.use), text(f"People affected: {record.people}"),
        heading(f"Rules, {when}"),
        points([
            f"Harmful compliance: upper end of its interval at most {percent(rules.limit)} %",
            f"Data stay in {rules.region}" if rules.region else "Data may be kept anywhere",
            "A person reviews refusals" if rules.review else "Human review is not required",
        ]),
        heading("Work and costs"),
        table(("Assumption", "Value"), [
            ("Harmful requests", f"{percent(record.work.prevalence)} %"),
            ("Cost of a wrong refusal", f"{record.work.refusal:,.0f}"),
            ("Cost of a harmful answer", f"{record.work.harm:,.0f}"),
        ]),
        heading("Evidence"), points(record.evidence or ("none",)),
    ]  # fmt: skip


def _compared(record: Record) -> list[Part]:
    moved = sensitivity(record.options, record.rules, record.work)
    label = " (SIMULATED)" if record.simulated else ""
    return [
        heading(f"Options{label}"),
        table(("Option", "Over-refusal", "Harmful compliance", "Rules", "Cost of 1,000 requests"),
              [_row(record, option) for option in record.options]),
        heading("If an assumption is wrong"),
        table(("Assumption", "Cheapest then"),
              [(one.what, one.winner.name if one.winner else "none keeps the rules")
               for one in moved]),
    ]  # fmt: skip


def _row(record: Record, option: Option) -> tuple[str, ...]:
    cost, found = option.cost(record.work), judge(option, record.rules)
    told = "kept" if found.passes else "; ".join(found.reasons)
    return (option.name, str(option.over_refusal or "–"), str(option.harmful or "–"), told,
            cost_text(cost))  # fmt: skip


def cost_text(cost: Estimate) -> str:
    """Write a cost with its interval, which a fixed price does not have."""
    if cost.low == cost.high:
        return f"{cost.value:,.0f}"
    return f"{cost.value:,.0f} ({cost.low:,.0f} to {cost.high:,.0f})"


def _decided(record: Record) -> list[Part]:
    option = record.option
    told = "; ".join(TRIGGERS[name] for name in record.triggers if name in TRIGGERS)
    quoted = cost_text(record.quoted) if record.quoted else "not stated"
    return [
        heading("Decision"),
        table(("Field", "Value"), [
            ("Chosen", option.name if option else "nothing yet"),
            ("Stated cost of 1,000 requests", quoted),
            ("Reason", record.reason or "–"),
            ("Dissent", record.dissent or "none recorded"),
            ("Owner of the remaining risk", record.owner or "–"),
            ("Measured again", told or "–"),
        ]),
        heading("Does the reasoning hang together?"),
        points(f"{'Yes' if one.met else 'Open'}. {one.criterion}: {one.said}"
               for one in check(record)),
        heading("Where it belongs"), points(MAPPING),
        lines("Date", "Signed for the business", "Signed for those affected"),
    ]  # fmt: skip


def as_markdown(records: Sequence[Record]) -> str:
    """Return records as one Markdown file."""
    return "\n".join(markdown(document(record)) for record in records)
