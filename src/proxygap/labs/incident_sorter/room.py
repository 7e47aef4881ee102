"""A room sorts together: hidden votes, a talk, second votes, and what moved between them."""

from __future__ import annotations

from proxygap.labs._block_ballot import BallotMark
from proxygap.labs._spec import State
from proxygap.labs._views import (
    Ballot,
    Block,
    Choice,
    Download,
    NumberField,
    Option,
    Section,
    Stand,
    Step,
    Text,
)
from proxygap.labs.incident_sorter import minutes
from proxygap.labs.incident_sorter.actions import counted, stage, total, votes_of
from proxygap.labs.incident_sorter.deck import PILES, Card, cards, rounds
from proxygap.labs.incident_sorter.desk import INVENTED, ways
from proxygap.labs.incident_sorter.state import MOST_VOTES, STAGES

TASKS = {
    "first": "First vote. Everybody decides alone; nothing is shown yet.",
    "talk": "Talk for two minutes. Somebody from the smallest pile speaks first.",
    "again": "Second vote. Who has changed their mind says so with their vote.",
    "shift": "First vote hatched, second vote solid. What changed your mind?",
    "told": "The key, and what may be said against it.",
}
ONWARD = {
    "first": "Show the votes",
    "talk": "Vote again",
    "again": "Show both votes",
    "shift": "Show the key",
}


def people(state: State) -> int | None:
    """Return how many people there are; None where that was not said or cannot be read."""
    typed = state["room"]["people"].strip()
    return (
        int(typed) if typed.isascii() and typed.isdigit() and 0 < int(typed) <= MOST_VOTES else None
    )


def setting(state: State) -> Section:
    """Return how the room is set up: which round, how many people."""
    typed = state["room"]["people"]
    is_bad = bool(typed.strip()) and people(state) is None
    problem = f"Write a whole number from 1 to {MOST_VOTES}, or nothing." if is_bad else ""
    options = tuple(Option(str(number), f"Round {number}") for number in rounds())
    return Section(
        "room",
        "The room",
        "below",
        (
            Choice("round", "Which ten cards?", options, str(_round(state)), action="round",
                   look="tabs"),
            NumberField("people", "How many people?", typed, 1, MOST_VOTES, 1, "people",
                        "Leave it empty if you only count votes.", problem, "people"),
            Text("how", minutes.HOW, tone="quiet"),
        ),
    )  # fmt: skip


def _round(state: State) -> int:
    at = state["room"]["at"]
    return next(n for n, mine in rounds().items() if at in {card.id for card in mine})


def ballot(state: State) -> Section:
    """Return the card before the room and its votes."""
    number = _round(state)
    mine = rounds()[number]
    card = cards()[state["room"]["at"]]
    at = stage(state, card.id)
    which = counted(at)
    block = Ballot(
        id="ballot",
        place=f"Round {number}, card {mine.index(card) + 1} of {len(mine)}",
        label=INVENTED,
        title=card.title,
        text=card.text,
        stands=tuple(_stand(state, card, name, at) for name in PILES),
        counting=f"{card.id}/{which}/" if which else "",
        counts=tuple(votes_of(state, card.id, which).values()),
        status=_status(state, card, at, which),
        notes=_notes(card) if at == "told" else (),
        steps=tuple(_steps(mine, card, at)),
    )
    return Section("desk", "With a room", "top", (*ways(state), block))


def _stand(state: State, card: Card, name: str, at: str) -> Stand:
    shown = STAGES.index(at)
    first = votes_of(state, card.id, "first")[name] if not counted(at) else None
    has_second = shown > STAGES.index("again") and total(votes_of(state, card.id, "second"))
    second = votes_of(state, card.id, "second")[name] if has_second else None
    mark = _mark(card, name) if at == "told" else ""
    pile = PILES[name]
    return Stand(name, pile.name, pile.question, first, second, mark)


def _mark(card: Card, name: str) -> BallotMark:
    return "key" if name == card.key else "second" if name == card.second else ""


def _status(state: State, card: Card, at: str, which: str) -> str:
    said = f"{TASKS[at]} {state['said']}".strip()
    if not which:
        return said
    votes, expected = total(votes_of(state, card.id, which)), people(state)
    if expected is None:
        return f"{said} {votes} {'vote' if votes == 1 else 'votes'} so far."
    more = " More votes than people: count again." if votes > expected else ""
    return f"{said} {votes} of {expected} votes are in.{more}"


def _notes(card: Card) -> tuple[tuple[str, str], ...]:
    return (
        (f"{PILES[card.key].name}.", card.why),
        ("One may object:", f"{card.dispute} So {PILES[card.second].name.lower()} is second."),
    )


def _steps(mine: tuple[Card, ...], card: Card, at: str) -> list[Step]:
    """Return what moves on, then what goes elsewhere."""
    place = mine.index(card)
    later, earlier = mine[place + 1 : place + 2], mine[max(place - 1, 0) : place]
    found = []
    if at in ONWARD:
        found.append(Step(ONWARD[at], "stage", card.id, STAGES[STAGES.index(at) + 1]))
    found += [Step("Next card", "go", "room", one.id) for one in later]
    if at == "talk":
        found.append(Step("Show the key", "stage", card.id, "told"))
    found += [Step("Card before", "go", "room", one.id) for one in earlier]
    if at != "first":
        found.append(Step("One step back", "stage", card.id, _before(at)))
    return found


def _before(at: str) -> str:
    return STAGES[STAGES.index(at) - 1]


def result(state: State) -> Section | None:
    """Return what the room has decided so far, and the files to take along; None before that."""
    table = minutes.table(state)
    if table is None:
        return None
    blocks: tuple[Block, ...] = (
        table,
        Text("moved", minutes.moved(state)),
        Download("text", "Save as text", "incident-sorter-votes.txt", "text/plain",
                 minutes.as_text(state)),
        Download("csv", "Save as a table (CSV)", "incident-sorter-votes.csv", "text/csv",
                 minutes.as_csv(state)),
    )  # fmt: skip
    return Section("votes", "What the room decided", "below", blocks)
