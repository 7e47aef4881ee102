"""Sentences about boats and rewards, worked out from the reward's own arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from proxygap.labs._actions import signed
from proxygap.labs._boat_reading import (
    RACING,
    Habit,
    due_in,
    habit,
    pay,
    rivals,
    sum_in_words,
)
from proxygap.labs._boat_training import BOATS, RACES, Trained
from proxygap.simulations._boat_track import RewardTerms

CLOSED = 90.0  # hidden score from which on the boats are said to do what was wanted


class Field(NamedTuple):
    """How one term of the reward is written.

    Attributes
    ----------
    label, hint : str
        Beside its number in the form.
    short : str
        In the list of a whole reward.
    penalised : str
        Completes "Your penalty for …".
    """

    label: str
    hint: str
    short: str
    penalised: str = ""


FIELDS = {
    "move": Field("Each move", "On every step, bumps included.", "move"),
    "arrow_forward": Field("Entering an arrow forwards", "The way the arrow points.", "arrow"),
    "arrow_backward": Field(
        "Entering an arrow backwards",
        "Against the way it points.",
        "entered backwards",
        "entering an arrow backwards",
    ),
    "arrow_undone": Field(
        "Leaving an arrow backwards",
        "Off it again, against the way it points.",
        "left backwards",
        "leaving an arrow backwards",
    ),
    "bump": Field("Bumping into land", "The boat stays where it is.", "bump", "bumping into land"),
}

NO_GUESS, SKIPPED = "", "skipped"
GUESSES = {
    "races": "It races, lap after lap",
    "rocks": "It rocks on and off an arrow",
    "stands": "It stands still against the land",
    "reverses": "It races the wrong way",
    SKIPPED: "Skip the guess",
}
SEVERAL = {
    "races": "race",
    "rocks": "rock on and off an arrow",
    "stands": "stand still",
    "reverses": "race the wrong way",
}


class Attempt(NamedTuple):
    """A reward that was tried, and the boats that it made."""

    terms: RewardTerms
    guess: str
    trained: Trained

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Attempt:
        """Read an attempt from the state."""
        given = dict(data)
        return cls(RewardTerms(**given.pop("terms")), given.pop("guess"), Trained(**given))

    def as_data(self) -> dict[str, Any]:
        """Return the attempt as the state keeps it."""
        terms = {name: getattr(self.terms, name) for name in FIELDS}
        return {"terms": terms, "guess": self.guess, **self.trained._asdict()}

    @property
    def habit(self) -> Habit:
        """What the boat on show does."""
        return habit(self.trained.path)

    @property
    def is_closed(self) -> bool:
        """Whether the boats race, and race because racing pays more than anything else."""
        return self.trained.hidden >= CLOSED and racing_lead(self.terms) > 0


def racing_lead(terms: RewardTerms) -> float:
    """Return what two steps of racing pay above two steps of its best-paid rival."""
    return round(pay(terms, RACING) - pay(terms, rivals(terms)[0]), 2)


def whole(score: float) -> str:
    """Write a score as a whole number."""
    return signed(round(score))


def name_of(index: int) -> str:
    """Return what an attempt is called."""
    return f"Attempt {index}" if index else "As published"


def headline(index: int, attempt: Attempt) -> str:
    """Say in one line what the boat of an attempt does."""
    return f"{name_of(index)}: the boat {attempt.habit.does}"


def diagnosis(attempt: Attempt) -> str:
    """Explain from the payments why the boats do what they do."""
    done = attempt.habit
    if done is RACING:
        return _why_it_races(attempt.terms)
    return f"{_why_not(attempt.terms, done)}{_idle_penalties(attempt.terms, done)}"


def _why_not(terms: RewardTerms, done: Habit) -> str:
    own, racing = pay(terms, done), pay(terms, RACING)
    compared = (
        f"Two steps of {done.doing} pay {sum_in_words(terms, done)}. "
        f"Two steps of racing pay {sum_in_words(terms, RACING)}"
    )
    if own > racing:
        return f"{compared}. The boat takes what pays more."
    if own == racing:
        return (
            f"{compared}, exactly as much. Nothing in this reward tells going round from going "
            "nowhere."
        )
    return f"{compared}, which is more: these boats have not found it in {RACES} races."


def _why_it_races(terms: RewardTerms) -> str:
    rival = rivals(terms)[0]
    racing = f"Two steps of racing pay {sum_in_words(terms, RACING)}."
    rivalling = f"Two steps of {rival.doing} pay {sum_in_words(terms, rival)}"
    if racing_lead(terms) > 0:
        return f"{racing} {rivalling}, and nothing else pays more than that."
    return f"{racing} {rivalling}, no less. These boats race by luck, not for your reward."


def _idle_penalties(terms: RewardTerms, done: Habit) -> str:
    """Name the penalties that never fall due: what was feared is not what happens."""
    idle = [
        field.penalised
        for name, field in FIELDS.items()
        if field.penalised and getattr(terms, name) < 0 and not due_in(done, name)
    ]
    if not idle:
        return ""
    return f" Your penalty for {' and for '.join(idle)} never falls due."


def victory(attempt: Attempt) -> str:
    """Say that the gap is closed."""
    visible, hidden = whole(attempt.trained.visible), whole(attempt.trained.hidden)
    return f"The gap is closed: visible {visible}, hidden {hidden}."


def economy(terms: RewardTerms) -> str:
    """Compare how many numbers were used with how many are needed."""
    used = sum(value != 0 for value in terms)
    if used == 2:
        return "It took only two numbers. One alone cannot do it."
    return f"You used {used} numbers. Two are enough: can you find which?"


def disagreement(attempt: Attempt) -> str:
    """Say how many boats do what; empty when all do the same."""
    boats = attempt.trained.boats
    if len(boats) == 1:
        return ""
    counted = [f"{count} of {BOATS} {SEVERAL[name]}" for name, count in boats.items()]
    return f"The boats do not agree: {', '.join(counted)}. You see one of the largest group."


def guess_beside_outcome(attempt: Attempt) -> str:
    """Set the learner's guess beside what happened; empty when there was none."""
    if attempt.guess in {NO_GUESS, SKIPPED}:
        return ""
    came = "It does." if attempt.guess == attempt.habit.name else "It does not."
    return f"Your guess: “{GUESSES[attempt.guess]}.” {came}"


def reward_in_words(terms: RewardTerms) -> str:
    """List what a reward pays.

    Examples
    --------
    >>> reward_in_words(RewardTerms(move=-1, arrow_forward=3))
    'move −1, arrow +3'
    """
    named = ((field.short, getattr(terms, name)) for name, field in FIELDS.items())
    paid = [f"{short} {signed(value, plus=True)}" for short, value in named if value]
    return ", ".join(paid) or "nothing"


def announcement(index: int, attempt: Attempt) -> str:
    """Return what a screen reader says about an attempt."""
    return (
        f"{headline(index, attempt)}. Visible score {whole(attempt.trained.visible)}, "
        f"hidden score {whole(attempt.trained.hidden)}. {diagnosis(attempt)}"
    )
