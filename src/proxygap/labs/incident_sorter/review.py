"""The end of a round: score, confusion, calibration, and the beliefs that cost most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Chart,
    Choice,
    Column,
    Matrix,
    Option,
    PageLink,
    Row,
    Section,
    Table,
    Text,
    Tone,
)
from proxygap.labs.incident_sorter import marks
from proxygap.labs.incident_sorter.deck import PILES, Pair, beliefs, cards, pairs, rounds
from proxygap.labs.incident_sorter.desk import ways
from proxygap.labs.incident_sorter.marks import Cost, Sorted, Sureness, points
from proxygap.labs.incident_sorter.state import done
from proxygap.simulations import FloatArray, Mark, Plane

DEAREST = 2
CLOSE = 10  # percentage points between confidence and hits that are no more than chance
SMALL = 10  # cards up to which a difference may well be chance
FEW = 8  # cards below which nothing is said about confidence


def outcome(state: State) -> Section:
    """Return the score of the round and what cost most."""
    mine = done(state, rounds()[state["round"]])
    halves = sum(one.credit == marks.HALF for one in mine)
    right = sum(one.is_right for one in mine)
    said = f"{right} of {len(mine)} where they belong"
    said += f", {halves} on the second best pile for half a point." if halves else "."
    title = f"Round {state['round']}: {points(marks.score(mine))} of {len(mine)} points"
    blocks = (*ways(state), Text("score", said), *_dearest(mine), *_onward(state))
    return Section("desk", title, "top", blocks)


def _dearest(mine: Sequence[Sorted]) -> Iterator[Block]:
    found = marks.costs(mine)[:DEAREST]
    if not found:
        yield Text("no-cost", "You and the ladder agree on every card.", tone="good")
        return
    heads = "The belief that cost" if len(found) == 1 else "The two beliefs that cost"
    yield Text("dearest", "", f"{heads} you most")
    for number, cost in enumerate(found):
        yield _cost(f"cost-{number}", cost)


def _cost(name: str, cost: Cost) -> PageLink:
    belief = beliefs()[cost.belief]
    titles = ", ".join(f"“{card.title}”" for card in cost.cards)
    noun = "point" if cost.points <= 1 else "points"
    return PageLink(
        name, f"{belief.title}.", f"{points(cost.points)} {noun}, on {titles}.",
        "Read what is true instead", belief.chapter, belief.section,
    )  # fmt: skip


def _onward(state: State) -> Iterator[Button]:
    """Offer the next round that is not finished, and this one anew."""
    numbers = list(rounds())
    at = numbers.index(state["round"])
    ahead = [*numbers[at + 1 :], *numbers[:at]]
    open_ones = [n for n in ahead if len(done(state, rounds()[n])) < len(rounds()[n])]
    if open_ones:
        label = f"Go on to round {open_ones[0]}"
        yield Button("onward", label, "round", str(open_ones[0]), primary=True)
    yield Button("again", "Sort this round again", "again", str(state["round"]))


def numbers(state: State) -> Section:
    """Return where the cards went, and how sure against how right."""
    everything = done(state, cards().values())
    mine = done(state, rounds()[state["round"]])
    has_more = len(everything) > len(mine)
    shown = everything if has_more and state["scope"] == "all" else mine
    blocks: list[Block] = [_scope(state, len(mine), len(everything))] if has_more else []
    blocks += [
        _confusion(shown),
        _calibration(shown),
        _levels(shown),
        Text("sure", sureness(shown)),
    ]
    return Section(
        "numbers", "Where your cards went, and how sure you were", "below", tuple(blocks)
    )


def _scope(state: State, mine: int, everything: int) -> Choice:
    options = (
        Option("round", f"This round: {mine} cards"),
        Option("all", f"All you sorted: {everything}"),
    )
    return Choice("scope", "Which cards?", options, state["scope"], action="scope", look="tabs")


def _confusion(shown: Sequence[Sorted]) -> Matrix:
    counts = tuple(map(tuple, marks.confusion(shown)))
    names = tuple(pile.name for pile in PILES.values())
    caption = f"Where {len(shown)} cards belong, and where you put them"
    return Matrix("confusion", caption, names, "belongs in", "you said", counts)


def _calibration(shown: Sequence[Sorted]) -> Chart:
    found = marks.calibration(shown)
    ends = np.array([0.0, 100.0])
    series: dict[str, FloatArray] = {"evenly": ends}
    dots = []
    for one in found:
        series[f"sure-{one.percent}"] = np.array([float(one.percent)])
        series[f"right-{one.percent}"] = np.array([100.0 * one.right / one.cards])
        label = f"{one.right} of {one.cards}"
        dots.append(Mark(f"sure-{one.percent}", f"right-{one.percent}", label, shape="dot"))
    view = Plane(
        "How sure, and how often right",
        (Mark("evenly", "evenly", "as sure as right", shape="line"), *dots),
        "you were sure (%)", "were right (%)", (0.0, 100.0), (0.0, 100.0),
    )  # fmt: skip
    return Chart("calibration", view, series, _told(found))


def _told(found: Sequence[Sureness]) -> str:
    each = "; ".join(f"{one.percent} % sure: {one.right} of {one.cards} right" for one in found)
    return f"Share of right cards by confidence. {each}."


def _levels(shown: Sequence[Sorted]) -> Table:
    rows = tuple(
        Row(str(one.percent), (f"{marks.LEVELS[one.percent]}, {one.percent} %",
                               str(one.cards), str(one.right)))
        for one in marks.calibration(shown)
    )  # fmt: skip
    columns = (Column("You said"), Column("Cards", numeric=True), Column("Right", numeric=True))
    return Table("levels", "The same in numbers", columns, rows)


def sureness(shown: Sequence[Sorted]) -> str:
    """Return what confidence and hits come to, in words."""
    right = 100 * sum(one.is_right for one in shown) / len(shown)
    sure = sum(one.sure for one in shown) / len(shown)
    facts = (
        f"You were {sure:.0f} % sure on average, and {right:.0f} % were right. Brier score: "
        f"{marks.brier(shown):.2f} (0 is perfect; saying 50 % every time gets 0.25)."
    )
    return f"{facts} {_judgement(len(shown), sure - right)}"


def _judgement(count: int, excess: float) -> str:
    if count < FEW:
        return "That is too few cards to say how well you judge your own confidence."
    chance = " With so few cards some of that may be chance." if count <= SMALL else ""
    if excess > CLOSE:
        return f"You were surer than your answers deserve.{chance}"
    if excess < -CLOSE:
        return f"You may trust your answers more than you do.{chance}"
    return "Your confidence fits your answers well."


def contrasts(state: State) -> list[Section]:
    """Return the pairs of the round: what both cards tell, and the fact that moves one of them."""
    mine = [pair for pair in pairs() if pair.round == state["round"]]
    return [_contrast(state, pair) for pair in mine]


def _contrast(state: State, pair: Pair) -> Section:
    found = done(state, pair.cards)
    got = points(marks.score(found))
    blocks: list[Block] = [
        Text(f"{pair.id}-story", pair.cards[0].story, "Both cards:"),
        *(
            block
            for one, name in zip(found, ("On one:", "On the other:"), strict=True)
            for block in _fact(one, name)
        ),
        Text(f"{pair.id}-lesson", pair.lesson, "What moved it:"),
    ]
    title = f"One fact apart: {pair.title}, {got} of {len(pair.cards)}"
    return Section(f"pair-{pair.id}", title, "below", tuple(blocks), folded=True)


def _fact(one: Sorted, name: str) -> Iterator[Text]:
    key, mine = PILES[one.card.key].name, PILES[one.pile].name
    verdict = f"{key}." if one.is_right else f"{key}; you said {mine.lower()}."
    tone: Tone = "good" if one.is_right else "missed"
    yield Text(f"{one.card.id}-fact", one.card.fact, name)
    yield Text(f"{one.card.id}-why", one.card.why, verdict, tone)
    if not one.is_right:
        title = "One may object:"
        yield Text(f"{one.card.id}-dispute", one.card.dispute, title, "quiet")
