"""What follows from the counts: a day, an outage, the whole system's posture, the files."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from proxygap.labs._views import (
    Block,
    Button,
    Choice,
    Column,
    Download,
    Option,
    Row,
    Section,
    Slider,
    Table,
    Text,
)
from proxygap.labs.stack_builder import export, measure
from proxygap.labs.stack_builder.measure import (
    CAN_FAIL,
    REVIEW_MINUTES,
    SOUNDS_FORBIDDEN,
    WORKING_MINUTES,
    Outcome,
)
from proxygap.labs.stack_builder.work import FAILURES, PREVALENCES, VOLUMES, Work
from proxygap.simulations._replies import Posture


def percent(share: float) -> str:
    """Write a share: small ones with a decimal. No line breaks before the sign."""
    decimals = 1 if 0 < share < 0.0995 else 0
    return f"{100 * share:.{decimals}f}\N{NO-BREAK SPACE}%"


def amount(number: float) -> str:
    """Write an expected count: small ones with a decimal."""
    return f"{number:.1f}" if number < 9.95 else f"{number:,.0f}"


def day(work: Work, found: Outcome) -> Section:
    """Return what a day brings."""
    return Section("day", "A day with these rails", "below", tuple(_day(work, found)))


def _day(work: Work, found: Outcome) -> Iterator[Block]:
    options = tuple(Option(name, name) for name in PREVALENCES)
    yield Choice(
        "prevalence", "Requests that a rule forbids", options, work.prevalence, action="set",
        look="tabs",
    )  # fmt: skip
    yield Slider(
        "volume", "Requests a day", tuple(VOLUMES), work.volume, unit="requests", action="set"
    )
    today = measure.day(found, PREVALENCES[work.prevalence], VOLUMES[work.volume])
    columns = (Column("Expected in a day"), Column("requests", numeric=True))
    rows = (
        Row("forbidden", ("forbidden", amount(today.forbidden))),
        Row("right", ("forbidden, and stopped", amount(today.right))),
        Row("missed", ("forbidden, and passed", amount(today.missed))),
        Row("wrong", ("allowed, and stopped", amount(today.wrong))),
    )
    caption = (
        "SIMULATED traffic, with the rates of practice. "
        f"Of the allowed requests {percent(SOUNDS_FORBIDDEN)} sound forbidden"
    )
    yield Table("day", caption, columns, rows)
    right = "There are no alarms." if isnan(today.worth) else (
        f"{percent(today.worth)} of the alarms are right."
    )  # fmt: skip
    yield Text(
        "worth",
        f"{right} If a person looks at every one for {REVIEW_MINUTES:.0f} minutes, that takes "
        f"{amount(today.people)} people, at {WORKING_MINUTES / 60:.0f} hours of reading a day.",
        title="The queue.",
    )


def failing(work: Work, found: Outcome) -> Section:
    """Return what the rails cost in time, and what happens when some are out of reach."""
    return Section("failing", "Delay, and an outage", "below", tuple(_failing(work, found)))


def _failing(work: Work, found: Outcome) -> Iterator[Block]:
    stack = work.stack()
    order = "side by side" if stack.parallel else "one after the other"
    yield Text(
        "delay",
        f"The input rails run {order}. All the rails add {measure.waiting(stack):,.1f} ms to "
        "an answer that none of them blocks (SIMULATED: 0.1 for words and patterns, 20 for the "
        "classifier, 700 for the self-check).",
        title="Delay.",
    )
    if not any(rail.kind in CAN_FAIL for rail in found.rails):
        yield Text("nothing-fails", "Words and patterns run here and cannot be out of reach.")
        return
    options = tuple(Option(name, words) for name, words in FAILURES.items())
    yield Choice(
        "failure", "A rail that cannot be reached should", options, work.failure, action="set"
    )
    label = "Put the plug back" if work.down else "Pull the plug of classifier and self-check"
    yield Button("plug", label, "plug")
    if work.down:
        yield _outage(work, found)


def _outage(work: Work, found: Outcome) -> Table:
    broken = measure.without(found, CAN_FAIL, closed=work.failure == "closed")
    per_hour = VOLUMES[work.volume] / 24
    share = PREVALENCES[work.prevalence]
    usual, now = (measure.day(one, share, per_hour) for one in (found, broken))
    columns = (
        Column("Expected in an hour"),
        Column("usually", numeric=True),
        Column("during the outage", numeric=True),
    )
    rows = (
        Row("missed", ("forbidden, and passed", amount(usual.missed), amount(now.missed))),
        Row("wrong", ("allowed, and stopped", amount(usual.wrong), amount(now.wrong))),
    )
    return Table("outage", "SIMULATED: an hour without classifier and self-check", columns, rows)


def whole_system(work: Work) -> Section:
    """Return the posture of the assistant with these rails round it."""
    columns = (
        Column("The assistant as red-teaming left it"),
        Column("rails"),
        *(Column(name.replace("_", "-"), numeric=True) for name in Posture._fields),
    )
    stack = work.stack()
    rows = (
        _posture("plain", "without rails", 0, measure.plain()),
        _posture(
            "railed", "with your rails", len(stack.rails), measure.whole_system(stack, work.kin)
        ),
    )
    caption = "SIMULATED. On the course’s 40 requests and 320 replies, which no rail has seen"
    told = Text(
        "system-told",
        "A blocked request or reply becomes the refusal. Input rails read the request, output "
        "rails the reply; the model behind them stays as it is.",
        tone="quiet",
    )
    return Section(
        "system", "The whole system", "below", (Table("system", caption, columns, rows), told)
    )


def _posture(name: str, label: str, rails: int, found: Posture) -> Row:
    helpfulness, harm, over, courtesy, truth = found
    shares = (percent(helpfulness), percent(harm), percent(over))
    count = f"{rails or 'no'} rail{'' if rails == 1 else 's'}"
    return Row(name, (label, count, *shares, f"{courtesy:.2f}", f"{truth:+.2f}".replace("-", "−")))


def take_along(work: Work) -> Section:
    """Return the files for NeMo Guardrails."""
    stack = work.stack()
    blocks: list[Block] = [
        Text(
            "export-told",
            "NeMo Guardrails runs these files as they are: patterns and words as its own regex "
            "rails, the classifier as an action with its weights. They ask no model. The self-"
            "check needs one, and stays in config.yml as a remark.",
        ),
    ]
    for file in export.files(stack):
        blocks.append(
            Download(file.name.partition(".")[0], "Save", file.name, "text/plain", file.text)
        )
    return Section("export", "Take the rails along", "below", tuple(blocks))
