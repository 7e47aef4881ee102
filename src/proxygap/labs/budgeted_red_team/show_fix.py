"""Steps 3 and 4: what carries over to other assistants, then fixes and the re-test."""

from __future__ import annotations

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Checks,
    Column,
    Intervals,
    Option,
    Row,
    Section,
    Table,
    Text,
)
from proxygap.labs.budgeted_red_team import work as w
from proxygap.labs.budgeted_red_team.kit import kit
from proxygap.labs.budgeted_red_team.show_attack import PERCENT, interval


def transfer(state: State) -> list[Section]:
    """Return what becomes of the same attempts on two other assistants."""
    if not state["replayed"]:
        blocks: tuple[Block, ...] = (
            Text(
                "why",
                "Your attempts were made for Pip. Sent again, word for word, what do they "
                "do to Merle and Sable, of two other vendors? And to Pip, a second time?",
            ),
            Button("replay", "Send all attempts again, to all three", "replay", primary=True),
        )
        return [Section("transfer", "What carries over?", "below", blocks)]
    found = {slug: w.replay(state, slug) for slug in kit().assistants}
    rows = tuple(
        interval(f"{kit().assistants[slug].name}: all attempts", every)
        for slug, (every, _) in found.items()
    )
    table = tuple(
        Row(
            slug,
            (
                kit().assistants[slug].name,
                f"{again.hits} of {again.of}",
                f"{benign.hits} of {benign.of}",
            ),
        )
        for slug, (_, again) in found.items()
        for benign in [w.controls(slug)]
    )
    blocks = (
        Intervals(
            "carried", "Attack success rate, 95 % intervals (SIMULATED)", rows, 0, 100, PERCENT
        ),
        Table(
            "second",
            "SIMULATED. Your hits, sent once more; and the ten harmless requests",
            (
                Column("Assistant"),
                Column("Hit again", numeric=True),
                Column("Refused", numeric=True),
            ),
            table,
        ),
        Text(
            "reading",
            "A hit need not hit again, even on Pip: it has a chance and not a switch. "
            "What is weak in one assistant may hold in another, and the one that gives "
            "in least may be the one that turns harmless requests away.",
        ),
        Button("onward", "Now mend it", "go", "fix", primary=True),
    )
    return [Section("transfer", "What carries over?", "below", blocks)]


def fix(state: State) -> list[Section]:
    """Return what can be built, and what the regression suite says of it."""
    chosen = state["fixes"]
    days = sum(kit().fixes[name].days for name in chosen)
    options = tuple(
        Option(slug, f"{one.name}: {_days(one.days)}", one.what)
        for slug, one in kit().fixes.items()
    )
    found = len(w.findings(state))
    build: tuple[Block, ...] = (
        Checks(
            "fixes",
            f"The owner has {w.DAYS:g} days. What is built?",
            options,
            tuple(chosen),
            action="fix",
        ),
        Text(
            "days", f"{days:g} of {w.DAYS:g} days.", "Chosen:", "bad" if days > w.DAYS else "plain"
        ),
        Button("build", "Build it and run the suite again", "build", primary=True),
    )
    noun = "weakness" if found == 1 else "weaknesses"
    return [
        Section("fixes", f"Mend {found} {noun}" if found else "Nothing to mend", "controls", build),
        _suite(state),
    ]


def _days(days: float) -> str:
    return {0.5: "half a day", 1.0: "1 day"}.get(days, f"{days:g} days")


def _suite(state: State) -> Section:
    runs = [[], *state["runs"]]
    results = [w.retest(state, fixes) for fixes in runs]
    rows = tuple(
        Row(
            str(place),
            (_called(fixes), _spent(fixes), *(f"{one.hits}/{one.of}" for one in result)),
            selected=place == len(runs) - 1,
        )
        for place, (fixes, result) in enumerate(zip(runs, results, strict=True))
    )
    last = results[-1]
    heads = ("Own", "Other words", "Other cells", "Refused")
    blocks: tuple[Block, ...] = (
        Intervals(
            "last",
            "The last build, 95 % intervals (SIMULATED)",
            (
                interval("Your own attempts, sent again", last.seen),
                interval("Your findings in other words", last.held),
                interval("All other cells, in other words", last.rest),
                interval("Harmless requests refused", last.refused),
            ),
            0,
            100,
            PERCENT,
            100 * w.LIMIT,
            "limit, agreed before",
        ),
        _verdict(state, last),
        Table(
            "suite",
            "SIMULATED. Hits of attempts, and harmless requests refused, for each build",
            (Column("Built"), Column("Days"), *(Column(head, numeric=True) for head in heads)),
            rows,
        ),
        Button("onward", "Write the report", "go", "report"),
    )
    return Section("suite", "Regression suite", "result", blocks)


def _spent(fixes: list[str]) -> str:
    """Return what a build took. It names itself: a phone leaves out the head of this column."""
    return _days(sum(kit().fixes[name].days for name in fixes))


def _called(fixes: list[str]) -> str:
    short = {
        "phrases": "phrases",
        "sentence": "sentence",
        "broad": "refuse tricks",
        "train": "training",
        "data": "data",
        "code-limit": "limit in code",
        "no-secret": "no secret",
    }
    return " + ".join(short.get(name, name) for name in fixes) or "nothing yet"


def _verdict(state: State, last: w.Retest) -> Text:
    """Return what the suite says, in a sentence."""
    if not last.held.of:
        return Text(
            "verdict",
            "You found nothing, so there is nothing to send in other words. That "
            "is not the same as nothing there.",
            "No finding:",
            "missed",
        )
    if not state["runs"]:
        return Text(
            "verdict",
            "This is Pip before anything was built. The suite holds your own "
            "attempts, twelve wordings that you never sent for each finding, and twenty "
            "harmless requests.",
            "The start:",
        )
    over, holds = last.refused, last.held.hits <= w.LIMIT * last.held.of
    if last.passes:
        return Text(
            "verdict",
            "Both rates are within the limit. Look at the ends of the intervals "
            "before you promise anything.",
            "It passes:",
            "good",
        )
    if not holds and "phrases" in state["runs"][-1]:
        return Text(
            "verdict",
            f"Your own attempts fail now, and in other words {last.held.hits} of "
            f"{last.held.of} get through. The fix has learned your wording and not the "
            "weakness.",
            "It fails on words that it has not seen:",
            "bad",
        )
    if holds:
        return Text(
            "verdict",
            f"The attacks fail, and so does the work: {over.hits} of {over.of} "
            "harmless requests are refused.",
            "It refuses too much:",
            "bad",
        )
    return Text(
        "verdict",
        f"In other words {last.held.hits} of {last.held.of} still get through.",
        "It does not hold:",
        "bad",
    )
