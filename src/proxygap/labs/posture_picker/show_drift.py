"""Step 5: drift. The same name, another model; the same items find it."""

from __future__ import annotations

from proxygap.labs._spec import State
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
    Tone,
)
from proxygap.labs.posture_picker import bench, reading
from proxygap.labs.posture_picker import work as w
from proxygap.labs.posture_picker.briefs import briefs
from proxygap.labs.posture_picker.show_measure import plane
from proxygap.posture.compare import compare, sentence
from proxygap.posture.decision import Record
from proxygap.posture.decision_pages import cost_text
from proxygap.posture.items import load
from proxygap.posture.options import judge
from proxygap.posture.rates import MEASURES, THE_TWO, by_type, rate
from proxygap.posture.results import Graded

MOST_TYPES = 4


def sections(state: State) -> list[Section]:
    """Return the letter that never came, and after the re-test what it found."""
    shown = [_story(state)]
    if state["retested"]:
        shown += [_found(state), _decisions(state)]
    return shown


def _story(state: State) -> Section:
    vendors = tuple(Option(slug, name) for slug, name in bench.NAMES.items())
    n = int(state["n"])
    return Section("story", "Six weeks later", "controls", (
        Text("story", "Nothing was announced. The name in your contract is the same, and so is the "
                      "price. Two teams say that “it has become different”; the vendor’s support "
                      "says that nothing has changed."),
        Choice("vendor", "Whom do you ask again?", vendors, state["vendor"], action="set",
               look="tabs"),
        Text("same", f"The same {n} and {round(n * 0.4)} items, the same prompt, the same judge: "
                     "only then is a difference the model’s."),
        Button("retest", "Ask the same items again", "retest", primary=not state["retested"]),
    ))  # fmt: skip


def _found(state: State) -> Section:
    slug = state["vendor"]
    before, after = bench.measured(state, slug), bench.measured(state, slug, "2")
    blocks: list[Block] = [
        plane("versions", {
            f"{name} of {bench.NAMES[slug]}": [rate(told, error) for error in THE_TWO]
            for name, told in (("First", before), ("Today’s", after))
        }),
    ]  # fmt: skip
    for error in THE_TWO:
        found = compare(before, after, error)
        tone: Tone = "missed" if found.is_told_apart else "plain"
        said = sentence(found, "the old version", "today’s")
        blocks.append(Text(f"paired-{error}", said, f"{MEASURES[error].name}.", tone))
    blocks.append(_types(before, after))
    return Section(
        "found", f"{bench.NAMES[slug]}, then and now (SIMULATED)", "result", tuple(blocks)
    )


def _types(before: tuple[Graded, ...], after: tuple[Graded, ...]) -> Table:
    old, new = by_type(before, "over_refusal"), by_type(after, "over_refusal")
    titles = {one.slug: one.title for one in load().types}
    worst = sorted(new, key=lambda kind: (old[kind].errors - new[kind].errors, kind))[:MOST_TYPES]
    rows = tuple(
        Row(kind, (titles.get(kind, kind), f"{old[kind].errors} of {old[kind].items}",
                   f"{new[kind].errors} of {new[kind].items}"))
        for kind in worst
    )  # fmt: skip
    columns = (Column("Type"), Column("Then", numeric=True), Column("Now", numeric=True))
    return Table("types", "SIMULATED. Refused, where it grew most. Few items each: a place "
                          "to look, no proof", columns, rows)  # fmt: skip


def _decisions(state: State) -> Section:
    decided = [name for name in briefs() if w.of_brief(state, name)["chosen"]]
    if not decided:
        said = "You have not decided a brief yet. Go back to Decide, and see here what changes."
        note = Text("none", said, tone="quiet")
        return Section("decisions", "Your decisions", "below", (note, _onward()))
    blocks: list[Block] = []
    for name in decided:
        blocks += _one(state, name)
    return Section(
        "decisions", "Do your decisions still stand? (SIMULATED)", "below", (*blocks, _onward())
    )


def _onward() -> Button:
    return Button("onward", "Take the card and the record with you", "go", "keep")


def _one(state: State, name: str) -> list[Block]:
    then, now = reading.record(state, name), reading.record(state, name, "2")
    caught = "schedule" in then.triggers
    noticed = (
        "Your monthly re-test finds it."
        if caught
        else "None of your triggers goes off: nobody announced anything. Only a date in the "
        "calendar would have found it."
    )
    return [
        Text(f"stands-{name}", f"{_told(then)} With today’s versions: {_told(now)}",
             f"{then.title}.", "good" if _kept(now) else "missed"),
        Text(f"noticed-{name}", noticed, tone="good" if caught else "missed"),
    ]  # fmt: skip


def _kept(record: Record) -> bool:
    return record.option is not None and judge(record.option, record.rules).passes


def _told(record: Record) -> str:
    option = record.option
    if option is None:
        return "Nothing chosen."
    found = judge(option, record.rules)
    rules = "keeps the rules" if found.passes else f"breaks a rule ({'; '.join(found.reasons)})"
    return f"{option.name} {rules}, at {cost_text(option.cost(record.work))} per 1,000."
