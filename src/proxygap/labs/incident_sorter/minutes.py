"""What a room decided, to look at and to take along: a table, a text, a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from proxygap.labs._spec import State
from proxygap.labs._views import Column, Row, Table
from proxygap.labs.incident_sorter.actions import stage, total, votes_of
from proxygap.labs.incident_sorter.deck import PILES, Card, rounds
from proxygap.labs.incident_sorter.state import STAGES

HOW = (
    "Everybody votes with closed eyes and raised fingers, on slips, or by passing the keyboard. "
    "You press 1, 2, 3 or 4 for each vote (with Shift to take one back), or type the numbers. "
    "They stay hidden until you show them. F fills the screen. Nothing leaves this browser."
)


class Vote(NamedTuple):
    """The votes on one card that the room has shown.

    Attributes
    ----------
    number : int
        The round.
    card : Card
        The card.
    first, second : dict of str to int
        Votes for each pile; `second` is empty if there was no second vote.
    is_told : bool
        Whether the key was shown.
    """

    number: int
    card: Card
    first: dict[str, int]
    second: dict[str, int]
    is_told: bool

    def share(self, which: str) -> float:
        """Return the share of the key in the first or the second vote."""
        votes = self.first if which == "first" else self.second
        return votes[self.card.key] / total(votes)


def votes(state: State) -> list[Vote]:
    """Return every vote that was shown, in the order of the cards."""
    return list(_shown(state))


def _shown(state: State) -> Iterator[Vote]:
    for number, mine in rounds().items():
        for card in mine:
            first, second = (votes_of(state, card.id, which) for which in ("first", "second"))
            at = STAGES.index(stage(state, card.id))
            if at and total(first):
                both = at > STAGES.index("again") and total(second)
                yield Vote(number, card, first, second if both else {}, STAGES[at] == "told")


def table(state: State) -> Table | None:
    """Return the share of the key before and after the talk; None where none was told yet."""
    told = [vote for vote in votes(state) if vote.is_told]
    if not told:
        return None
    columns = (Column("Card"), Column("First vote", numeric=True), Column("Second", numeric=True))
    rows = tuple(Row(vote.card.id, _cells(vote)) for vote in told)
    return Table("told", "Votes for the key", columns, rows)


def _cells(vote: Vote) -> tuple[str, str, str]:
    name = f"{vote.card.title} ({PILES[vote.card.key].name.lower()})"
    return name, _of(vote, vote.first), _of(vote, vote.second) if vote.second else "–"


def _of(vote: Vote, counts: dict[str, int]) -> str:
    return f"{counts[vote.card.key]} of {total(counts)}"


def moved(state: State) -> str:
    """Return what talking did, over all cards with two votes."""
    twice = [vote for vote in votes(state) if vote.is_told and vote.second]
    if not twice:
        return "No card has a second vote yet."
    before, after = (100 * sum(v.share(w) for v in twice) / len(twice) for w in ("first", "second"))
    noun = "card" if len(twice) == 1 else "cards"
    return (
        f"Over {len(twice)} {noun} with two votes, {before:.0f} % of the votes were for the key "
        f"before the talk and {after:.0f} % after it."
    )


def as_text(state: State) -> str:
    """Return every vote that was shown as plain text."""
    parts = ["Incident sorter: votes of a room", "The cases are invented.", ""]
    for vote in votes(state):
        parts += [f"Round {vote.number}: {vote.card.title}", vote.card.text]
        parts += [_line(vote, name) for name in PILES]
        if vote.is_told:
            parts.append(f"Key: {PILES[vote.card.key].name}. {vote.card.why}")
        parts.append("")
    return "\n".join([*parts, moved(state), ""])


def _line(vote: Vote, name: str) -> str:
    line = f"  {PILES[name].name}: {vote.first[name]}"
    if not vote.second:
        return line
    change = vote.second[name] - vote.first[name]
    return f"{line}, then {vote.second[name]} ({change:+d})".replace("(-", "(\N{MINUS SIGN}")


def as_csv(state: State) -> str:
    """Return every vote that was shown, one line for each pile."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(
        ["round", "card", "title", "pile", "first", "second", "is_key", "is_second_best"]
    )
    for vote in votes(state):
        for name in PILES:
            # Before the key is told the file keeps it back as well.
            key, best = (int(name == vote.card.key), int(name == vote.card.second))
            marks = (key, best) if vote.is_told else ("", "")
            second = vote.second.get(name, "")
            lines.writerow([vote.number, vote.card.id, vote.card.title, name, vote.first[name],
                            second, *marks])  # fmt: skip
    return written.getvalue()
