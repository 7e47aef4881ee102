"""Step 4, second half: the decision, the numbers that it quotes, and whether it hangs together."""

from __future__ import annotations

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Checks,
    Choice,
    NumberField,
    Option,
    Section,
    Text,
    TextField,
)
from proxygap.labs.posture_picker import reading
from proxygap.labs.posture_picker import work as w
from proxygap.posture.decision import TRIGGERS, Record, check
from proxygap.posture.options import judge


def reasons(state: State, record: Record) -> Section:
    """Return the form of the decision and, once asked for, what is missing in it."""
    mine, name = w.of_brief(state), state["brief"]
    options = tuple(
        Option(one.slug, one.name, "" if judge(one, record.rules).passes else "out by your rules")
        for one in record.options
    )
    triggers = tuple(Option(key, f"{label[0].upper()}{label[1:]}")
                     for key, label in TRIGGERS.items())  # fmt: skip
    blocks: list[Block] = [
        Choice(f"{name}/chosen", "Your choice", options, mine["chosen"], action="pick"),
        *(_quote(state, *row) for row in QUOTED),
        _prose(state, "reason", "Why this one?", "A sentence or two. Whoever pays should follow."),
        _prose(state, "dissent", "Who disagrees, and why?", "A record without dissent is rare."),
        _prose(state, "owner", "Who owns the risk that is left?", "A role will do."),
        Checks(f"{name}/triggers", "When will you measure again?", triggers,
               tuple(mine["triggers"])),
        Button("check", "Check my reasoning", "check", primary=True),
    ]  # fmt: skip
    if mine["checked"]:
        blocks += _findings(record)
    return Section("reasons", "4. Your decision", "below", tuple(blocks))


QUOTED = (
    ("cost", "It will cost, per 1,000 requests", "As you would write it into the record."),
    ("low", "At least", ""),
    ("high", "At most", "A number without its interval looks surer than it is."),
)


def _quote(state: State, name: str, label: str, hint: str) -> NumberField:
    typed = w.of_brief(state)[name]
    problem = reading.read(typed, name).problem if typed.strip() else ""
    return NumberField(f"{state['brief']}/{name}", label, typed, 0, reading.MOST[name], 1, "", hint,
                       problem, "enter")  # fmt: skip


def _prose(state: State, name: str, label: str, hint: str) -> TextField:
    typed = w.of_brief(state)[name]
    return TextField(f"{state['brief']}/{name}", label, typed, 2, hint, 600, 0, "write")


def _findings(record: Record) -> list[Block]:
    found = check(record)
    met = sum(one.met for one in found)
    head = Text("met", f"{met} of {len(found)}. Which vendor you chose was not looked at.",
                "Does it hang together?")  # fmt: skip
    told = [Text(f"found-{i}", one.said, f"{one.criterion}.", "good" if one.met else "missed")
            for i, one in enumerate(found)]  # fmt: skip
    onward = Button("onward", "A few weeks later …", "go", "drift")
    return [head, *told, onward]
