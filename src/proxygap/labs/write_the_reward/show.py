"""The sections of the lab "Write the reward" that are about the reward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from proxygap.labs._actions import signed
from proxygap.labs._views import (
    Block,
    Button,
    Chart,
    Choice,
    CodeField,
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
from proxygap.labs.write_the_reward import words
from proxygap.labs.write_the_reward.attempts import SKIPPED, Attempt, Reward, is_kept, running
from proxygap.labs.write_the_reward.layouts import TRAINING, layouts
from proxygap.labs.write_the_reward.optimiser import paid, performed
from proxygap.labs.write_the_reward.paths import name_of_layout, wanted
from proxygap.labs.write_the_reward.world import RewardWorld
from proxygap.labs.write_the_reward.worlds import WORLDS
from proxygap.simulations import FloatArray, Grid, Line

LOW, HIGH = -100.0, 100.0
FORM, PYTHON = "form", "python"
MODES = (Option(FORM, "Numbers"), Option(PYTHON, "Python"))
MODE_NAMES = (FORM, PYTHON)


class Written(NamedTuple):
    """What the learner wrote, and what is wrong with it.

    Attributes
    ----------
    mode : str
        Whether it is a form or a Python function.
    fields, problems : mapping from str to str
        What stands in the form, and what is wrong, by field.
    code, problem : str
        The function, and what is wrong with it.
    """

    mode: str
    fields: Mapping[str, str]
    problems: Mapping[str, str]
    code: str
    problem: str


def worlds(world: RewardWorld, done: Mapping[str, str]) -> Section:
    """Return the choice between worlds, with what was done in each, and the story of this one."""
    options = tuple(Option(slug, one.title, done.get(slug, "")) for slug, one in WORLDS.items())
    return Section(
        "worlds",
        "Five worlds",
        "top",
        (
            Choice("world", "World", options, world.slug, action="world", look="tabs"),
            Text("story", world.story),
        ),
    )


def controls(
    world: RewardWorld,
    written: Written,
    guess: str,
    said: str,
) -> Section:
    """Return the form, or the text field, in which the reward is written."""
    guesses = {name: one.guess for name, one in world.habits.items() if one.guess}
    options = tuple(Option(*pair) for pair in {**guesses, SKIPPED: "Skip the guess"}.items())
    blocks: list[Block] = [
        Choice("mode", "Write it as", MODES, written.mode, action="mode", look="tabs"),
        *(_form(world, written) if written.mode == FORM else _code(world, written)),
        Choice("guess", f"What will a {world.walker} do that is paid like this?", options, guess,
               action="guess"),
        Button("train", "Let the optimiser at it", "train", primary=True, busy="Planning"),
    ]  # fmt: skip
    if said:
        blocks.append(
            Text("said", said, tone="bad" if written.problems or written.problem else "quiet")
        )
    title = f"What the {world.walker} is paid"
    return Section(f"{world.slug}-controls", title, "controls", tuple(blocks))


def _form(world: RewardWorld, written: Written) -> list[Block]:
    scale = f"Points, from {signed(LOW)} to {signed(HIGH)}. A penalty is negative."
    return [
        Text("scale", scale, tone="quiet"),
        *(
            NumberField(name, field.label, written.fields[name], LOW, HIGH, 1, "points", field.hint,
                        written.problems.get(name, ""))
            for name, field in world.fields.items()
        ),
    ]  # fmt: skip


def _code(world: RewardWorld, written: Written) -> list[Block]:
    facts = ", ".join(f"step.{name}" for name in world.terms)
    measure = world.potential[0]
    hint = (
        f"Points for one step. Numbers that you can use: {facts}; before and after the step, "
        f"step.before.{measure} and step.after.{measure} (0 when all is over). Ctrl or Cmd with "
        "Enter runs it."
    )
    return [
        CodeField(
            "code", "Your function", written.code, 6, hint, written.problem, "write", run="train"
        )
    ]


def result(
    world: RewardWorld, index: int, one: Attempt, layout: int, draft: Reward | None
) -> Section:
    """Return what the shown attempt came to, and why."""
    notes = {
        "guessed": words.guess_beside_outcome(world, one) if layout == TRAINING else "",
        "shaping": words.shaping(one),
    }
    kept = is_kept(world, one, layout)
    changed = draft is not None and not draft.same_as(one.reward)
    blocks: list[Block] = [
        Text("verdict", words.diagnosis(world, one, layout),
             words.verdict_title(world, one, layout), "good" if kept else "missed"),
        *(Text(name, note, tone="quiet") for name, note in notes.items() if note),
        _scores(world, one, layout),
        _map(world, one, layout),
        *_bill(world, one, layout),
        *(_offer_to_reuse() if changed else ()),
    ]  # fmt: skip
    title = words.headline(world, index, one, layout)
    return Section(f"{world.slug}-result", title, "result", tuple(blocks))


def _offer_to_reuse() -> tuple[Block, ...]:
    changed = "What you wrote has changed since this was planned."
    return (
        Text("changed", changed, tone="quiet"),
        Button("reuse", "Put the reward shown here back", "reuse"),
    )


def _scores(world: RewardWorld, one: Attempt, layout: int) -> Scores:
    best = float(wanted(world).hidden[layout])
    visible, honest, hidden = one.visible[layout], one.wanted_pays[layout], one.hidden[layout]
    reach = max(abs(visible), abs(honest), 1.0)
    low = min(hidden, 0.0)
    return Scores(
        "scores",
        f"One episode of {world.steps} steps",
        (
            Score("Visible score: what your reward paid", "proxy", visible,
                  -reach if min(visible, honest) < 0 else 0.0, reach,
                  f"{words.points(visible)} points"),
            Score(f"Hidden score: {world.hidden}", "truth", hidden, low, max(best, hidden),
                  f"{words.points(hidden)} of {words.points(best)}"),
        ),
    )  # fmt: skip


def _map(world: RewardWorld, one: Attempt, layout: int) -> Chart:
    paths, arrays = one.paths(world), layouts(world)
    states = paths.states[:, layout]
    states = states[: len(states) - max(0, int(arrays.over[states].sum()) - 1)]
    shown = len(states)
    counters = [Line("path_performance", "hidden", "truth")]
    series: dict[str, FloatArray] = {
        "path": arrays.cells[states].astype(float),
        "path_performance": performed(arrays, paths)[:shown, layout],
        **{name: drawn[states - arrays.firsts[layout]]
           for name, drawn in arrays.pictures[layout].items()},
    }  # fmt: skip
    if one.reward.terms is not None:
        pay = running(world, tuple(one.reward.terms.items()))
        counters.insert(0, Line("path_return", "visible", "proxy"))
        series["path_return"] = paid(pay, paths)[:shown, layout]
    grid = Grid(
        f"One episode, {name_of_layout(layout)}",
        _drawn(world, layout),
        "path",
        tuple(counters),
        walker=world.walker,
        legend=world.legend,
        movers=world.movers,
        faces=world.faces,
    )
    does = world.habits[one.habits[layout]].does
    return Chart("map", grid, series, f"The map. The {world.walker} {does}.")


def _drawn(world: RewardWorld, layout: int) -> tuple[str, ...]:
    """Return the map without what moves: what the legend does not know is drawn by its path."""
    known = "".join(world.legend)
    return tuple("".join(c if c in known else " " for c in row) for row in world.layouts[layout])


def _bill(world: RewardWorld, one: Attempt, layout: int) -> tuple[Block, ...]:
    lines = words.bill(world, one, layout)
    if not lines:
        return ()
    columns = (Column("Paid for"), Column("What it did", numeric=True),
               Column("What we wanted", numeric=True))  # fmt: skip
    rows = tuple(Row(f"bill-{number}", line) for number, line in enumerate(lines))
    return (Table("bill", "The bill: how often, times points", columns, rows),)


def held_out(world: RewardWorld, one: Attempt, layout: int) -> Section:
    """Return how the reward fares on the layouts that it was not written on."""
    blocks: list[Block] = [Text("outlook", words.outlook(world, one))]
    if is_kept(world, one):
        columns = (Column("Layout"), Column(f"The {world.walker}"),
                   Column("Hidden, of", "truth", numeric=True))  # fmt: skip
        rows = tuple(_layout_row(world, one, index, index == layout)
                     for index in range(len(world.layouts)))  # fmt: skip
        caption = "The same reward, planned anew on each layout"
        blocks.append(Table("layouts", caption, columns, rows, "layout", "Show {}"))
    return Section("held-out", "Five layouts that it has not seen", "below", tuple(blocks))


def _layout_row(world: RewardWorld, one: Attempt, index: int, selected: bool) -> Row:
    sign = "✓" if is_kept(world, one, index) else "✗"
    name = name_of_layout(index)
    hidden = f"{words.points(one.hidden[index])} of {words.points(wanted(world).hidden[index])}"
    does = world.habits[one.habits[index]].does
    return Row(
        str(index),
        (name[0].upper() + name[1:], does, f"{hidden} {sign}".replace(" ", words.SPACE)),
        selected,
    )


def history(world: RewardWorld, attempts: Sequence[Attempt], shown: int) -> Section:
    """Return the table of attempts: each reward beside the two scores that it led to."""
    columns = (
        Column("Attempt"),
        Column("Reward"),
        Column("Your guess"),
        Column("Layouts held", numeric=True),
        Column("Visible", "proxy", numeric=True),
        Column("Hidden", "truth", numeric=True),
    )
    rows = tuple(
        Row(str(index), _cells(world, index, one), selected=index == shown)
        for index, one in enumerate(attempts)
    )
    caption = "Every reward that was tried in this world, and what came of it"
    table = Table("attempts", caption, columns, rows, "show", "Show {}")
    return Section("history", "Attempts", "below", (table,))


def _cells(world: RewardWorld, index: int, one: Attempt) -> tuple[str, ...]:
    kept = int(np.sum([is_kept(world, one, layout) for layout in range(len(world.layouts))]))
    return (
        words.name_of(index),
        words.reward_in_words(world, one.reward),
        one.guess or "–",
        f"{kept} of {len(world.layouts)}".replace(" ", words.SPACE),
        words.points(one.visible[TRAINING]),
        words.points(one.hidden[TRAINING]),
    )


def hints(world: RewardWorld, stage: int) -> Section:
    """Return the hints that were asked for, and the button for the next one."""
    blocks: list[Block] = [
        Text(f"hint-{number}", text, f"Hint {number}.")
        for number, text in enumerate(world.hints[:stage], start=1)
    ]
    if stage < len(world.hints):
        blocks.append(Button("hint", "Next hint" if stage else "Show a hint", "hint"))
    return Section(f"{world.slug}-hints", "Stuck?", "below", tuple(blocks))
