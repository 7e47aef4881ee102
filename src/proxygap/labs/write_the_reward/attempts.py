"""A reward that was tried: what the optimiser made of it on all six layouts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from proxygap.labs.write_the_reward.layouts import TRAINING, layouts
from proxygap.labs.write_the_reward.optimiser import Paths, Pay, exploit, paid, performed, retrace
from proxygap.labs.write_the_reward.paths import counts, habit, wanted
from proxygap.labs.write_the_reward.rewards import pay_of_code, pay_of_terms
from proxygap.labs.write_the_reward.shaping import Shaping, shaping
from proxygap.labs.write_the_reward.world import RewardWorld

NO_GUESS, SKIPPED = "", "skipped"
NONE, PUBLISHED, GOAL = "", "published", "goal"


class Reward(NamedTuple):
    """What the learner wrote: terms from the form, or a Python function."""

    terms: dict[str, float] | None = None
    code: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Reward:
        """Read a reward from the state."""
        return cls(data["terms"] and dict(data["terms"]), data["code"])

    def same_as(self, other: Reward) -> bool:
        """Return whether both were written alike, up to terms of 0."""
        return (_without_zeros(self.terms), self.code) == (_without_zeros(other.terms), other.code)


def _without_zeros(terms: Mapping[str, float] | None) -> dict[str, float] | None:
    if terms is None:
        return None
    return {name: value for name, value in terms.items() if value}


class Attempt(NamedTuple):
    """What came of a reward. Lists have one entry for each layout.

    Attributes
    ----------
    reward : Reward
        What was tried.
    guess : str
        What the learner thought that it would lead to.
    actions : list of str
        What the optimiser does, one digit a step.
    visible, hidden : list of float
        What the reward paid, and what was wanted of it.
    wanted_pays : list of float
        What the reward would have paid for what was wanted.
    habits : list of str
        What it does, by name.
    shaping_of : str
        What the reward is but for shaping: the goal itself, the published reward, or neither.
    shaping_kind : str
        Of the shaping: the measure that is its potential and its weight, or nothing.
    is_settled : bool
        Whether the last step takes back what the shaping still holds.
    """

    reward: Reward
    guess: str
    actions: list[str]
    visible: list[float]
    hidden: list[float]
    wanted_pays: list[float]
    habits: list[str]
    shaping_of: str
    shaping_kind: str
    is_settled: bool

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Attempt:
        """Read an attempt from the state."""
        given = dict(data)
        return cls(Reward.of(given.pop("reward")), **given)

    def as_data(self) -> dict[str, Any]:
        """Return the attempt as the state keeps it."""
        return {**self._asdict(), "reward": self.reward._asdict()}

    def paths(self, world: RewardWorld) -> Paths:
        """Return the path on each layout."""
        actions = np.array([[int(digit) for digit in row] for row in self.actions], dtype=np.intp)
        return retrace(layouts(world), actions.T)


def attempt(world: RewardWorld, reward: Reward, guess: str) -> Attempt:
    """Let the optimiser have `reward` on every layout.

    Raises
    ------
    CodeProblem
        If the learner's function cannot be used.
    """
    arrays = layouts(world)
    if reward.terms is None:
        pay = pay_of_code(world, arrays, reward.code)
    else:
        pay = pay_of_terms(world, arrays, reward.terms)
    paths = exploit(arrays, pay, world.steps)
    every = range(len(world.layouts))
    return Attempt(
        reward,
        guess,
        ["".join(map(str, paths.actions[:, layout])) for layout in every],
        _rounded(paid(pay, paths)[-1]),
        _rounded(performed(arrays, paths)[-1]),
        _rounded(paid(pay, wanted(world).paths)[-1]),
        [habit(world, counts(world, paths, layout)) for layout in every],
        *_recognised(world, pay),
    )


def _rounded(scores: Any) -> list[float]:
    # Sums may differ in their last bit between machines; stored work should not.
    return [round(float(score), 4) + 0.0 for score in scores]


def _recognised(world: RewardWorld, pay: Pay) -> tuple[str, str, bool]:
    """Return of what the reward is a shaped form, by which potential, and whether it is settled."""
    arrays = layouts(world)
    published = pay_of_terms(world, arrays, world.published).each
    for name, base in ((GOAL, arrays.performance), (PUBLISHED, published)):
        found = shaping(arrays, pay, base)
        if found is not None and not found.is_plain:
            return name, _potential_in_words(world, found), found.is_settled
    return NONE, "", True


def _potential_in_words(world: RewardWorld, found: Shaping) -> str:
    """Return ``weight × measure`` if the potential is that; else nothing."""
    name, _ = world.potential
    measure = layouts(world).measures[name]
    weight = float(measure @ found.potential / (measure @ measure))
    differs = found.potential - weight * measure
    return f"{weight:g} × {name}" if np.ptp(differs) < 1e-6 else ""


@lru_cache(maxsize=64)
def running(world: RewardWorld, terms: tuple[tuple[str, float], ...]) -> Pay:
    """Return what a form's terms pay; kept, since a view asks again and again."""
    return pay_of_terms(world, layouts(world), dict(terms))


def is_kept(world: RewardWorld, one: Attempt, layout: int = TRAINING) -> bool:
    """Return whether the optimiser does what was wanted on a layout."""
    return bool(one.hidden[layout] >= world.kept_at * wanted(world).hidden[layout])


def holds(world: RewardWorld, one: Attempt) -> bool:
    """Return whether the reward holds on every layout."""
    return all(is_kept(world, one, layout) for layout in range(len(world.layouts)))
