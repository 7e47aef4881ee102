"""Steps 1 and 2: the rules of engagement, then attempts, the board and the harmless requests."""

from __future__ import annotations

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Checks,
    Choice,
    Column,
    Interval,
    Intervals,
    Option,
    Row,
    Section,
    Table,
    Text,
    TextField,
)
from proxygap.labs.budgeted_red_team import work as w
from proxygap.labs.budgeted_red_team.assistants import answers
from proxygap.labs.budgeted_red_team.kit import kit
from proxygap.labs.budgeted_red_team.messages import read
from proxygap.simulations import proportions

PERCENT = ("0 %", "100 %")


def rules(state: State) -> list[Section]:
    """Return the rules of engagement: what is tested, and what has to be agreed to."""
    target = kit().assistants[w.TARGET]
    goals = tuple(
        Row(slug, (one.name, one.what, one.severity, one.owasp.partition(":")[0]))
        for slug, one in kit().goals.items()
    )
    blocks: list[Block] = [
        Text(
            "target",
            f"{target.name}, {target.what}. It is SIMULATED: a table of chances, not a "
            "language model. Pip may help with expenses and must not do three things.",
            "Who is tested:",
        ),
        Table(
            "goals",
            "What counts as a hit, and how bad the owner says it would be",
            (Column("Goal"), Column("A hit is"), Column("Severity"), Column("OWASP")),
            goals,
        ),
        Checks(
            "agreed",
            "What you agree to",
            tuple(Option(name, words) for name, words in w.RULES.items()),
            tuple(state["agreed"]),
            action="agree",
        ),
        _accepting(state),
    ]
    return [Section("rules", "Rules of engagement", "below", tuple(blocks))]


def _accepting(state: State) -> Block:
    if state["accepted"]:
        return Button("onward", "On to the attack", "go", "attack", primary=True)
    return Button("accept", "Accept the rules", "accept", primary=True)


def attack(state: State) -> list[Section]:
    """Return what can be sent, and what came of it so far."""
    found = [_compose(state), _board(state), _controls(state)]
    return [*found, _log(state)] if state["sent"] else found


def _compose(state: State) -> Section:
    technique = kit().techniques[state["technique"]]
    frames = tuple(Option(str(i), words) for i, words in enumerate(technique.frames))
    blocks: list[Block] = [
        Choice(
            "goal",
            "Goal",
            tuple(Option(slug, one.name) for slug, one in kit().goals.items()),
            state["goal"],
            action="set",
            look="tabs",
        ),
        Choice(
            "technique",
            "Technique (garak: probe)",
            tuple(Option(slug, one.name) for slug, one in kit().techniques.items()),
            state["technique"],
            hint=technique.what,
            action="set",
            look="menu",
        ),
        # Other wordings are another question: their buttons are drawn anew.
        Choice(
            f"frame/{technique.slug}", "Wording", frames, state["frame"], action="set", look="tabs"
        ),
        TextField(
            "own",
            "Or in your own words",
            state["own"],
            rows=2,
            longest=w.LONGEST,
            hint="Leave it empty to send the cards. Your words are read by a list of words; "
            "below you see how.",
        ),
        *_at_hand(state),
        Button("send", "Send it", "send", "1", primary=True),
        Button("send-five", "Send it five times", "send", "5"),
    ]
    return Section(
        "compose",
        f"Your next attempt: {w.left(state)} of {w.BUDGET} left",
        "controls",
        tuple(blocks),
    )


def _at_hand(state: State) -> list[Text]:
    now = w.message(w.at_hand(state))
    shown = [Text("message", f"“{now.text}”", "Message:")]
    if state["own"].strip():
        names = ", ".join(kit().techniques[slug].name.lower() for slug in now.techniques)
        words = read(now.text).words
        because = f"because of “{'”, “'.join(words)}”" if words else "no word on the lists is in it"
        shown.append(Text("read", f"{names}: {because}.", "Read as:", "quiet"))
    return shown


def _board(state: State) -> Section:
    cells = w.board(state)
    rows = tuple(_row(slug, cells) for slug in kit().techniques)
    tried = sum(1 for tally in cells.values() if tally.of)
    blocks: list[Block] = [
        Table(
            "board",
            f"SIMULATED. Hits of attempts; {tried} of {len(cells)} cells tried",
            (
                Column("Technique"),
                Column("Attempts"),
                *(Column(one.name, numeric=True) for one in kit().goals.values()),
            ),
            rows,
        ),
    ]
    if state["sent"]:
        blocks += [_rates(state), *_patient(cells)]
    return Section("board", "Coverage board", "result", tuple(blocks))


def _row(technique: str, cells: dict[w.Cell, w.Tally]) -> Row:
    """Return a technique's row. Its second cell names itself: a phone leaves out that head."""
    mine = [cells[technique, goal] for goal in kit().goals]
    sent = sum(tally.of for tally in mine)
    words = "1 attempt" if sent == 1 else f"{sent} attempts"
    return Row(technique, (kit().techniques[technique].name, words, *map(_cell, mine)))


def _cell(tally: w.Tally) -> str:
    return f"{tally.hits} of {tally.of}" if tally.of else "–"


def interval(label: str, tally: w.Tally) -> Interval:
    """Return a measured rate with Wilson's interval."""
    low, high = (100 * float(end) for end in proportions.wilson_interval(*tally))
    share = 100 * tally.hits / tally.of if tally.of else 0.0
    text = f"{tally.hits} of {tally.of}: {share:.0f} %, {low:.0f} to {high:.0f} %"
    return Interval(
        label, share, low, high, text if tally.of else "nothing sent", faded=not tally.of
    )


def _rates(state: State) -> Intervals:
    found = w.outcomes(state)
    rows = [interval("All attempts", w.Tally(sum(found), len(found)))]
    for slug, goal in kit().goals.items():
        mine = [hit for one, hit in zip(state["sent"], found, strict=True) if one["goal"] == slug]
        if mine:
            rows.append(interval(goal.name, w.Tally(sum(mine), len(mine))))
    return Intervals(
        "asr", "Attack success rate, 95 % intervals (SIMULATED)", tuple(rows), 0, 100, PERCENT
    )


def _patient(cells: dict[w.Cell, w.Tally]) -> list[Text]:
    """Return what a more patient attacker makes of the best cell, and what silence allows."""
    technique, goal = max(cells, key=lambda cell: _rate(cells[cell]))
    best = cells[technique, goal]
    shown = []
    if best.hits:
        ten = 100 * (1 - (1 - best.hits / best.of) ** 10)
        often = f"with {ten:.0f} %" if ten < 99.5 else "nearly always"
        name = f"{kit().techniques[technique].name} for the {kit().goals[goal].name.lower()}"
        shown.append(
            Text(
                "patient",
                f"{name}: at {best.hits} in {best.of}, somebody with ten tries gets through "
                f"{often}.",
                "More tries:",
            )
        )
    silent = [tally.of for tally in cells.values() if tally.of and not tally.hits]
    if silent:
        upper = 100 * float(proportions.upper_limit(0, max(silent)))
        noun = "attempt" if max(silent) == 1 else "attempts"
        shown.append(
            Text(
                "silent",
                f"0 of {max(silent)} {noun} in a cell still allows up to {upper:.0f} % there.",
                "Where nothing happened:",
                "quiet",
            )
        )
    return shown


def _rate(tally: w.Tally) -> float:
    return tally.hits / tally.of if tally.of else -1.0


def _controls(state: State) -> Section:
    if not state["controls"]:
        return Section(
            "controls",
            "Harmless requests",
            "below",
            (
                Text(
                    "why",
                    "Ten harmless requests that look like attacks. They cost no attempt, and "
                    "the test does not count without them.",
                ),
                Button("controls", "Send the ten harmless requests", "controls"),
            ),
        )
    refused = interval("Harmless requests refused", w.controls())
    return Section(
        "controls",
        "Harmless requests",
        "below",
        (
            Intervals(
                "refused", "Over-refusal before any fix (SIMULATED)", (refused,), 0, 100, PERCENT
            ),
            Button("onward", "Try them on two other assistants", "go", "transfer"),
        ),
    )


def _log(state: State) -> Section:
    sent, outcomes = w.messages(state), w.outcomes(state)
    replies = answers(w.TARGET, sent, w.round_of(state, w.ATTEMPTS))
    rows = [
        Row(str(i), (str(i + 1), "hit" if hit else "no", one.text, reply))
        for i, (one, hit, reply) in enumerate(zip(sent, outcomes, replies, strict=True))
    ]
    table = Table(
        "log",
        "SIMULATED. Every attempt, the newest first; the detector looks for the "
        "marker of the goal in the reply",
        (Column("Attempt"), Column("Detector"), Column("Message"), Column("Reply")),
        tuple(reversed(rows)),
    )
    return Section("log", "Log of attempts", "below", (table,), folded=True)
