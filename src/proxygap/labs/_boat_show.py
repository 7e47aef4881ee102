"""The sections of the lab "Write the reward", top to bottom."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from proxygap.labs import _boat_words as words
from proxygap.labs._actions import signed
from proxygap.labs._boat_reading import (
    HABITS,
    RACING,
    pay,
    possible_returns,
    running_scores,
    sum_in_words,
)
from proxygap.labs._boat_training import BLOCK, BOATS, RACES
from proxygap.labs._boat_words import FIELDS, GUESSES, Attempt, name_of, whole
from proxygap.labs._views import (
    Block,
    Button,
    Chart,
    Choice,
    Column,
    NumberField,
    Option,
    Row,
    Score,
    Scores,
    Section,
    Table,
    Text,
)
from proxygap.simulations import Curve, Grid, Line
from proxygap.simulations._boat_track import RACE_STEPS, TRACK, RewardTerms

LOW, HIGH = -10.0, 10.0

HINTS = (
    (
        "A boat can do five things for ever: go round, go round the wrong way, rock on and off an "
        "arrow, rock off it and back on, or stand still. It learns whichever pays most. Add up "
        "what two steps of each pay."
    ),
    (
        "The list below adds up the numbers in the fields. Racing must stand alone at the top: a "
        "tie is not enough."
    ),
    (
        "Compare racing with rocking on and off an arrow. In two steps, both enter one arrow "
        "forwards. Only one of them also leaves an arrow backwards."
    ),
)
LISTED_FROM = 2  # the hint that comes with the price list


def controls(
    typed: Mapping[str, str], problems: Mapping[str, str], guess: str, said: str
) -> Section:
    """Return the form in which the reward is written."""
    fields = [
        NumberField(name, field.label, typed[name], LOW, HIGH, 1, "points", field.hint,
                    problems.get(name, ""))
        for name, field in FIELDS.items()
    ]  # fmt: skip
    options = tuple(Option(value, label) for value, label in GUESSES.items())
    question = Choice(
        "guess", "What will a boat do that is paid like this?", options, guess, action="guess"
    )
    train = Button("train", "Train the boat", "train", primary=True, busy=f"Training {BOATS} boats")
    scale = f"Points for each event, from {signed(LOW)} to {signed(HIGH)}. A penalty is negative."
    blocks: list[Block] = [Text("scale", scale, tone="quiet"), *fields, question, train]
    if said:
        blocks.append(Text("said", said, tone="bad" if problems else "quiet"))
    return Section("controls", "What the boat is paid", "controls", tuple(blocks))


def result(index: int, attempt: Attempt, draft: RewardTerms | None) -> Section:
    """Return what the shown attempt came to, and why."""
    notes = {
        "boats": words.disagreement(attempt),
        "guessed": words.guess_beside_outcome(attempt),
    }
    blocks: list[Block] = [
        _verdict(attempt),
        *(Text(name, note, tone="quiet") for name, note in notes.items() if note),
        _scores(attempt),
        _track(attempt),
        *(_offer_to_reuse() if draft not in {None, attempt.terms} else ()),
    ]
    return Section("result", words.headline(index, attempt), "result", tuple(blocks))


def _verdict(attempt: Attempt) -> Text:
    why = words.diagnosis(attempt)
    if not attempt.is_closed:
        return Text("verdict", why)
    return Text("verdict", f"{why} {words.economy(attempt.terms)}", words.victory(attempt), "good")


def _offer_to_reuse() -> tuple[Block, ...]:
    changed = "The fields now hold other numbers than the ones this boat was trained on."
    return (
        Text("changed", changed, tone="quiet"),
        Button("reuse", "Put this boat’s numbers into the fields", "reuse"),
    )


def _scores(attempt: Attempt) -> Scores:
    best = possible_returns(attempt.terms)[1]
    visible, hidden = attempt.trained.visible, attempt.trained.hidden
    return Scores(
        "scores",
        f"A race of {RACE_STEPS} steps, mean of {BOATS} boats",
        (
            Score("Visible score: what your reward paid", "proxy", visible,
                  *_bar_ends(attempt.terms), f"{whole(visible)} of at most {whole(best)}"),
            Score("Hidden score: what we wanted", "truth", hidden, -RACE_STEPS, RACE_STEPS,
                  f"{whole(hidden)} of at most {RACE_STEPS}"),
        ),
    )  # fmt: skip


def _bar_ends(terms: RewardTerms) -> tuple[float, float]:
    """Return a scale with the best possible return on the right and, if it may, 0 in the middle."""
    lowest, best = possible_returns(terms)
    return (-best, best) if best > 0 else (min(lowest, -1.0), 0.0)


def _track(attempt: Attempt) -> Chart:
    path = attempt.trained.path
    return_, performance = running_scores(attempt.terms, path)
    grid = Grid(
        "One race of a trained boat",
        TRACK,
        "path",
        (Line("path_return", "visible", "proxy"), Line("path_performance", "hidden", "truth")),
        walker="boat",
        legend={"#": "land", "A": "start", ">v<^": "arrow tiles"},
    )
    series = {
        "path": np.asarray(path, dtype=float),
        "path_return": return_,
        "path_performance": performance,
    }
    return Chart("track", grid, series, f"The track. The trained boat {attempt.habit.does}.")


def history(attempts: Sequence[Attempt], shown: int) -> Section:
    """Return the table of attempts: each reward beside the two scores that it led to."""
    columns = (
        Column("Attempt"),
        Column("Reward"),
        Column("Your guess"),
        Column("The boat"),
        Column("Visible", "proxy", numeric=True),
        Column("Hidden", "truth", numeric=True),
    )
    rows = tuple(
        Row(str(index), _cells(index, attempt), index == shown)
        for index, attempt in enumerate(attempts)
    )
    caption = "Every reward that was tried, and what came of it"
    table = Table("attempts", caption, columns, rows, "show", "Show {}")
    return Section("history", "Attempts", "below", (table,))


def _cells(index: int, attempt: Attempt) -> tuple[str, ...]:
    return (
        name_of(index),
        words.reward_in_words(attempt.terms),
        attempt.guess or "–",
        attempt.habit.name,
        whole(attempt.trained.visible),
        whole(attempt.trained.hidden),
    )


def hints(stage: int, draft: RewardTerms | None) -> Section:
    """Return the hints that were asked for, and the button for the next one."""
    blocks: list[Block] = [
        Text(f"hint-{number}", text, f"Hint {number}.")
        for number, text in enumerate(HINTS[:stage], start=1)
    ]
    if stage >= LISTED_FROM:
        blocks.append(_price_list(draft))
    if stage < len(HINTS):
        blocks.append(Button("hint", "Next hint" if stage else "Show a hint", "hint"))
    return Section("hints", "What would pay most?", "below", tuple(blocks))


def _price_list(draft: RewardTerms | None) -> Block:
    if draft is None:
        return Text("prices", "The list appears when every field holds a number.", tone="quiet")
    # Racing comes last among equals: a tie does not put it on top.
    best_first = sorted(HABITS.values(), key=lambda done: (-pay(draft, done), done is RACING))
    rows = tuple(Row(done.doing, (done.doing, sum_in_words(draft, done))) for done in best_first)
    columns = (Column("A boat that keeps on"), Column("is paid for two steps", numeric=True))
    return Table("prices", "With the numbers now in the fields, best paid first", columns, rows)


def training_curve(index: int, attempt: Attempt) -> Section:
    """Return how both scores moved while the shown boats were trained."""
    visible, hidden = attempt.trained.visible_curve, attempt.trained.hidden_curve
    curve = Curve(
        "What it is paid, and what we wanted",
        "race",
        (Line("visible", "visible", "proxy"), Line("hidden", "hidden", "truth")),
        "races trained",
        "points per race",
        _limits(attempt),
    )
    series = {
        "race": np.arange(BLOCK, RACES + 1, BLOCK, dtype=float),
        "visible": np.asarray(visible),
        "hidden": np.asarray(hidden),
    }
    alt = (
        f"Over {RACES} races the visible score goes from {whole(visible[0])} to "
        f"{whole(visible[-1])}, the hidden score from {whole(hidden[0])} to {whole(hidden[-1])}."
    )
    title = f"How it learned: {name_of(index)}"
    return Section("training", title, "below", (Chart("curve", curve, series, alt),), folded=True)


def _limits(attempt: Attempt) -> tuple[float, float]:
    """Return limits on round numbers that hold both curves and the best possible return."""
    worst = min(*attempt.trained.visible_curve, *attempt.trained.hidden_curve)
    best = possible_returns(attempt.terms)[1]
    return min(-100.0, 50.0 * math.floor(worst / 50)), max(110.0, 50.0 * math.ceil(best / 50))
