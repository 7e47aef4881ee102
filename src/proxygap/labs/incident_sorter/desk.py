"""One card at a time: what somebody sees who sorts alone."""

from __future__ import annotations

from proxygap.labs._spec import State
from proxygap.labs._views import Cards, Choice, Level, Option, Rung, Section, Told
from proxygap.labs.incident_sorter.deck import PILES, Card, rounds
from proxygap.labs.incident_sorter.marks import LEVELS, Sorted, points, score
from proxygap.labs.incident_sorter.state import ALONE, EACH, END, TOGETHER, done

INVENTED = "Invented case"
MODES = (Option(ALONE, "On your own"), Option(TOGETHER, "With a room"))
TELLING = (Option(EACH, "Tell me each time"), Option(END, "Tell me at the end"))
LADDER = tuple(Level(percent, words) for percent, words in LEVELS.items())


def ways(state: State) -> tuple[Choice, ...]:
    """Return how one can sort: alone or not, and alone when one is told."""
    mode = Choice("mode", "Who sorts?", MODES, state["mode"], action="mode", look="tabs")
    if state["mode"] == TOGETHER:
        return (mode,)
    told = "When do you want to be told?"
    feedback = Choice("feedback", told, TELLING, state["feedback"], action="feedback", look="tabs")
    return mode, feedback


def desk(state: State, card: Card) -> Section:
    """Return the card at hand, the ladder, and what is chosen so far."""
    mine = rounds()[state["round"]]
    put = state["placed"].get(card.id, {"pile": "", "sure": ""})
    told = done(state, [card])
    number, of = mine.index(card) + 1, len(mine)
    block = Cards(
        id="cards",
        card=card.id,
        place=f"Card {number} of {of}",
        share=(number - (0 if told else 1)) / of,
        label=INVENTED,
        title=card.title,
        text=card.text,
        rungs=tuple(_rung(name, told) for name in PILES),
        levels=LADDER,
        pile=put["pile"],
        sure=put["sure"],
        said=state["said"],
        told=_told(told[0]) if told else None,
        button=_button(is_told=bool(told), is_last=number == of),
    )
    return Section(
        "desk", f"Round {state['round']} of {len(rounds())}", "top", (*ways(state), block)
    )


def _rung(name: str, told: list[Sorted]) -> Rung:
    pile = PILES[name]
    if not told:
        return Rung(name, pile.name, pile.question)
    (one,) = told
    if name == one.card.key:
        return Rung(name, pile.name, pile.question, "key")
    if name == one.card.second:
        return Rung(name, pile.name, pile.question, "second")
    return Rung(name, pile.name, pile.question, "missed" if name == one.pile else "")


def _button(*, is_told: bool, is_last: bool) -> str:
    if not is_told:
        return "Sort this card"
    return "See how it went" if is_last else "Next card"


def _told(one: Sorted) -> Told:
    key = PILES[one.card.key].name
    notes = (("One may object:", one.card.dispute),)
    if one.is_right:
        return Told("good", f"{key}: right.", one.card.why, notes)
    mine = PILES[one.pile].name
    if one.credit:
        return Told("half", f"{key} comes first; {mine} is worth half.", one.card.why, notes)
    return Told("missed", f"It belongs in {key}, not in {mine}.", one.card.why, notes)


def deals(state: State) -> Section:
    """Return the rounds, each with how far one has come."""
    options = tuple(
        Option(str(number), f"Round {number}", _progress(done(state, mine), len(mine)))
        for number, mine in rounds().items()
    )
    choice = Choice(
        "round", "Ten cards each; the two cards of a pair come in the same round.", options,
        str(state["round"]), action="round", look="tabs",
    )  # fmt: skip
    return Section("rounds", "Rounds", "below", (choice,))


def _progress(mine: list[Sorted], of: int) -> str:
    if not mine:
        return "new"
    return f"{points(score(mine))} of {of}" if len(mine) == of else f"{len(mine)} of {of} sorted"
