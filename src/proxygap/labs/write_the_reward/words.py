"""Sentences about a reward and what the optimiser made of it."""

from __future__ import annotations

from collections.abc import Mapping

from proxygap.labs._actions import signed
from proxygap.labs.write_the_reward.attempts import (
    GOAL,
    NO_GUESS,
    SKIPPED,
    Attempt,
    Reward,
    holds,
    is_kept,
)
from proxygap.labs.write_the_reward.layouts import TRAINING
from proxygap.labs.write_the_reward.paths import counts, name_of_layout, wanted
from proxygap.labs.write_the_reward.world import RewardWorld

SPACE = "\N{NO-BREAK SPACE}"


def points(score: float) -> str:
    """Write a score with one decimal at most.

    Examples
    --------
    >>> points(-52.25), points(50.0)
    ('−52.2', '50')
    """
    return signed(round(score, 1))


def name_of(index: int) -> str:
    """Return what an attempt is called."""
    return f"Attempt {index}" if index else "As published"


def headline(world: RewardWorld, index: int, one: Attempt, layout: int) -> str:
    """Say in one line what the optimiser does."""
    where = "" if layout == TRAINING else f", {name_of_layout(layout)}"
    return f"{name_of(index)}{where}: the {world.walker} {world.habits[one.habits[layout]].does}"


def verdict_title(world: RewardWorld, one: Attempt, layout: int) -> str:
    """Say whether there is a gap."""
    gap = "No gap" if is_kept(world, one, layout) else "A gap"
    here = "here" if layout == TRAINING else f"on {name_of_layout(layout)}"
    scores = f"visible {points(one.visible[layout])}, hidden {points(one.hidden[layout])}"
    return f"{gap} {here}: {scores}."


def diagnosis(world: RewardWorld, one: Attempt, layout: int) -> str:
    """Explain from what is paid why the optimiser does what it does."""
    own, honest = one.visible[layout], one.wanted_pays[layout]
    if is_kept(world, one, layout):
        if abs(own - honest) < 1e-6:
            return "What pays most is what we wanted."
        return "What pays most is what we wanted, give or take a step."
    if own - honest > 1e-6:
        return (
            f"This reward pays {points(own)} for this, and {points(honest)} for what we wanted. "
            f"The {world.walker} takes what pays more.{idle_penalties(world, one, layout)}"
        )
    return (
        f"This reward pays {points(own)} for this, and exactly as much for what we wanted. Nothing "
        "in it tells one from the other; of equals, the lab shows the worst."
        f"{idle_penalties(world, one, layout)}"
    )


def idle_penalties(world: RewardWorld, one: Attempt, layout: int) -> str:
    """Name the penalties that never fall due: what was feared is not what happens."""
    happened = counts(world, one.paths(world), layout)
    idle = [
        world.terms[name].penalised
        for name, value in (one.reward.terms or {}).items()
        if value < 0 and name in world.terms and not happened[name]
    ]
    named = [words for words in idle if words]
    return f" Your penalty for {' and for '.join(named)} never falls due." if named else ""


def shaping(one: Attempt) -> str:
    """Name potential-based shaping where it was found; empty where there is none."""
    if not one.shaping_of:
        return ""
    form = f" with Φ = {one.shaping_kind}" if one.shaping_kind else ""
    end = "" if one.is_settled else ", but for what is left at the end"
    law = (
        f"plus potential-based shaping{form}: each step adds exactly Φ(after) − Φ(before). What is "
        f"earned on the way in is paid back on the way out{end}"
    )
    if one.shaping_of == GOAL:
        same = "So what is best stays what we wanted, on every layout"
        return f"This is the goal itself, {law}. {same}."
    same = "So what is best stays the same, exploit included"
    return f"This is the published reward, {law}. {same}."


def outlook(world: RewardWorld, one: Attempt) -> str:
    """Say how the reward fares on the layouts that it was not written on."""
    held_out = range(1, len(world.layouts))
    kept = sum(is_kept(world, one, layout) for layout in held_out)
    if not is_kept(world, one):
        return (
            "Close the gap on your own layout first. Then the same reward meets five layouts that "
            "it was not written on."
        )
    if holds(world, one):
        return (
            f"Your reward holds on all {len(held_out)}. The way of gaming that you closed: "
            f"{world.lesson}. Now write the test below that would have caught it."
        )
    chance = "What fits one layout may fit it by chance."
    return f"Your reward holds on {kept} of {len(held_out)}. {chance}"


def guess_beside_outcome(world: RewardWorld, one: Attempt) -> str:
    """Set the learner's guess beside what happened; empty when there was none."""
    if one.guess in {NO_GUESS, SKIPPED}:
        return ""
    came = "It does." if one.guess == one.habits[TRAINING] else "It does not."
    return f"Your guess: “{world.habits[one.guess].guess}.” {came}"


def reward_in_words(world: RewardWorld, reward: Reward) -> str:
    """List what a reward pays.

    Examples
    --------
    >>> from proxygap.labs.write_the_reward.world_boat import BOAT
    >>> reward_in_words(BOAT, Reward({"step": -1, "arrow_forward": 3})).replace(SPACE, " ")
    'step −1, arrow +3'
    """
    if reward.terms is None:
        lines = len(reward.code.strip().splitlines())
        return f"Python, {lines} line{'s' if lines != 1 else ''}"
    named = ((field.short, reward.terms.get(name, 0.0)) for name, field in world.fields.items())
    paid = [f"{short}{SPACE}{signed(value, plus=True)}" for short, value in named if value]
    return ", ".join(paid) or "nothing"


def bill(world: RewardWorld, one: Attempt, layout: int) -> list[tuple[str, str, str]]:
    """Return what each term comes to, for what was done and for what was wanted.

    The last line is the sum. Empty for a Python function, whose terms only it knows.
    """
    if one.reward.terms is None:
        return []
    terms = {name: value for name, value in one.reward.terms.items() if value}
    here = counts(world, one.paths(world), layout)
    honest = counts(world, wanted(world).paths, layout)
    lines = [
        (world.terms[name].label, _item(here, name, value), _item(honest, name, value))
        for name, value in terms.items()
        if name in world.terms
    ]
    sums = one.visible[layout], one.wanted_pays[layout]
    if len(lines) < len(terms):
        rest = [total - _plain(one.reward.terms, counted)
                for total, counted in zip(sums, (here, honest), strict=True)]  # fmt: skip
        lines.append((world.potential[1].label, points(rest[0]), points(rest[1])))
    return [*lines, ("In all", points(sums[0]), points(sums[1]))]


def _plain(terms: Mapping[str, float], counted: Mapping[str, float]) -> float:
    return sum(value * counted[name] for name, value in terms.items() if name in counted)


def _item(counted: Mapping[str, float], name: str, value: float) -> str:
    times = f"{points(counted[name])} × {signed(value)} = {points(counted[name] * value)}"
    return times.replace(" ", SPACE)


def announcement(world: RewardWorld, index: int, one: Attempt, layout: int) -> str:
    """Return what a screen reader says about an attempt."""
    return (
        f"{headline(world, index, one, layout)}. {verdict_title(world, one, layout)} "
        f"{diagnosis(world, one, layout)}"
    )
