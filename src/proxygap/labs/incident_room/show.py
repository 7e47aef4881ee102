"""What the incident room shows: the story, the step at hand, the clock, and the file."""

from __future__ import annotations

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
)
from proxygap.labs.incident_room import show_memo
from proxygap.labs.incident_room.case import SLUGS, Incident, incident, percent, room
from proxygap.labs.incident_room.show_test import controls as test_controls
from proxygap.labs.incident_room.show_test import result as test_result
from proxygap.labs.incident_room.work import (
    STEPS,
    Work,
    clock,
    cost,
    rate,
)
from proxygap.simulations._composed_system import Harm, ends

LETTERS = "AB"


def sections(case: Incident, work: Work, step: str) -> tuple[Section, ...]:
    """Return everything that is on show."""
    shown = [_story(case, step), _clock(case, work), *SHOWN[step](case, work)]
    if step != "look" and work.opened:
        cards = tuple(_card(case, slug) for slug in work.opened)
        shown.append(
            Section(
                f"{case.slug}-file",
                f"The file so far: {len(cards)} of {len(case.evidence)} pieces",
                "below",
                cards,
                folded=True,
            )
        )
    return tuple(shown)


def _story(case: Incident, step: str) -> Section:
    tabs = tuple(
        Option(slug, f"{LETTERS[i]} {incident(slug).title}") for i, slug in enumerate(SLUGS)
    )
    steps = tuple(Option(name, label) for name, label in STEPS.items())
    return Section(
        "incident",
        f"Incident {LETTERS[SLUGS.index(case.slug)]}",
        "top",
        (
            Choice("incident", "Which incident", tabs, case.slug, action="incident", look="tabs"),
            Text("place", case.place, tone="quiet"),
            Text("story", case.story, title=f"{case.start}."),
            Text("running", case.running, title="What is running."),
            Choice("step", "Which step", steps, step, action="step", look="tabs"),
        ),
    )


def _clock(case: Incident, work: Work) -> Section:
    """Return the time, and what has gone wrong meanwhile."""
    gone, hour = cost(case, work), rate(case, work.containment, work.fix)
    columns = (
        Column("Expected requests"),
        Column("so far", numeric=True),
        Column("an hour now", numeric=True),
    )
    names = ("honest, turned away", "let through, should be stopped", "dealt with by people")
    rows = tuple(
        Row(field, (name, _amount(getattr(gone, field)), _amount(getattr(hour, field))))
        for field, name in zip(Harm._fields, names, strict=True)
    )
    caption = f"SIMULATED. {work.minutes} minutes since the first report"
    return Section(
        "clock", f"It is {clock(case, work)}", "result", (Table("cost", caption, columns, rows),)
    )


def _amount(number: float) -> str:
    """Write an expected count: small ones with two digits, so that no rare harm is lost."""
    return f"{number:.2f}" if number < 1 else f"{number:.1f}" if number < 100 else f"{number:,.0f}"


# Look ---------------------------------------------------------------------------------------


def _look(case: Incident, work: Work) -> list[Section]:
    left = [card for card in case.evidence.values() if card.slug not in work.opened]
    columns = (Column("What you can get"), Column("takes", numeric=True))
    rows = tuple(Row(c.slug, (c.title, f"{c.minutes} min")) for c in left)
    blocks: list[Block] = [
        Text(
            "look-task",
            "Everything costs time, and time costs whoever waits. Get what you need, "
            "and no more; you can come back.",
        )
    ]
    if left:
        caption = f"{len(left)} of {len(case.evidence)} pieces to get"
        blocks.append(Table("evidence", caption, columns, rows, action="open", row_name="Get: {}"))
    else:
        blocks.append(Text("all-read", "You have read everything there is.", tone="quiet"))
    got = tuple(_card(case, slug) for slug in reversed(work.opened))
    nothing = Text("nothing", "Nothing yet. The newest piece will stand on top.", tone="quiet")
    return [
        Section(f"{case.slug}-look", "Look", "controls", tuple(blocks)),
        Section(f"{case.slug}-got", "What you have", "result", got or (nothing,)),
    ]


def _card(case: Incident, slug: str) -> Text:
    card = case.evidence[slug]
    return Text(f"card-{slug}", card.text, title=f"{card.title}.")


# Triage -------------------------------------------------------------------------------------


def _triage(case: Incident, work: Work) -> list[Section]:
    common = room()
    severities = tuple(Option(o["slug"], o["label"], o["note"]) for o in common["severities"])
    affected = tuple(Option(o["slug"], o["label"]) for o in case.affected)
    at_once = tuple(Option(o["slug"], o["label"]) for o in common["containments"])
    blocks = (
        Choice(f"{case.slug}/severity", "How bad is it?", severities, work.severity),
        Choice(f"{case.slug}/affected", "Who is affected?", affected, work.affected),
        Choice(
            f"{case.slug}/containment",
            "What happens at once?",
            at_once,
            work.containment,
            hint=f"By people: {case.by_hand_words.lower()}.",
        ),
    )
    said = IN_FORCE if work.containment else "Nothing is decided: it goes on as it is."
    return [
        Section(f"{case.slug}-triage", "Triage", "controls", blocks),
        Section(f"{case.slug}-triaged", "In force", "result", (Text("in-force", said),)),
    ]


IN_FORCE = (
    "This is in force from now on. The table above counts with it; change it when you know more."
)


# Mend ---------------------------------------------------------------------------------------


def _mend(case: Incident, work: Work) -> list[Section]:
    owners = tuple(Option(o["slug"], o["label"], o["note"]) for o in room()["owners"])
    fixes = tuple(Option(f.slug, f.label, f"{f.minutes} min") for f in case.fixes.values())
    blocks = (
        Choice(f"{case.slug}/owner", "Whose is it?", owners, work.owner),
        Choice(f"{case.slug}/choice", "Which fix?", fixes, work.choice),
        Button("build", "Build this fix", "build", primary=True, busy="Building"),
    )
    return [
        Section(f"{case.slug}-mend", "Owner and fix", "controls", blocks),
        Section(
            f"{case.slug}-mended",
            _mended_title(case, work),
            "result",
            _before_and_after(case, work),
        ),
    ]


def _mended_title(case: Incident, work: Work) -> str:
    return case.fixes[work.fix].label if work.fix else "No fix is in force"


def _before_and_after(case: Incident, work: Work) -> tuple[Block, ...]:
    if not work.fix:
        return (
            Text(
                "no-fix",
                "A fix takes its minutes, and is tried on every kind of request "
                "that comes in. Another one can be built in its place.",
                tone="quiet",
            ),
        )
    systems = (case.before, case.broken, case.system(work.fix))
    columns = (
        Column("Goes wrong, of 100"),
        Column("last week", numeric=True),
        Column("at the report", numeric=True),
        Column("now", numeric=True),
    )
    rows = []
    for kind in case.kinds.values():
        wrong = (percent(1 - ends(system, kind).share(kind.wanted)) for system in systems)
        rows.append(Row(kind.slug, (f"{kind.label} (to be {kind.wanted})", *wrong)))
    return (Table("kinds", "SIMULATED. Every kind of request", columns, tuple(rows)),)


# Test ----------------------------------------------------------------------------------


def _test(case: Incident, work: Work) -> list[Section]:
    return [
        Section(f"{case.slug}-test", "The regression test", "controls", test_controls(case, work)),
        Section(f"{case.slug}-tested", "What it would say", "result", test_result(case, work)),
    ]


SHOWN = {"look": _look, "triage": _triage, "mend": _mend, "test": _test, "memo": show_memo.sections}
