"""How much of a trained assistant hangs on the taste that its raters were given.

The chapters on RLHF and DPO let one team compare replies, and the taste of that team was chosen for
them. Here the same technique is run for other tastes, and for several draws of the pairs each. A
measure that moves one way for all of them does not hang on the choice; any other does.

Examples
--------
>>> held = hangs_on_taste("rlhf").held()
>>> held["harm"], held["courtesy"]
(True, False)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from proxygap.simulations._raters import RATERS, Rater
from proxygap.simulations._replies import Policy, Posture, World, load, posture
from proxygap.simulations._replies.world import BoolArray
from proxygap.simulations._spec import FloatArray
from proxygap.simulations._techniques import dpo, rlhf, stage

TEAM = "our team"
CAREFUL = "a careful reader"
TASTES: Mapping[str, str] = {
    "courtesy": "courtesy",
    "refuses": "caution",
    "breaks_rule": "leniency",
}
"""The three numbers of the team's taste, and what each is called in a table."""

AMOUNTS: Mapping[str, float] = {"no": 0.0, "half the": 0.5, "double the": 2.0}
DRAWS = 5
"""Draws of the compared pairs for each taste; the first one is the chapter's."""

TRAINED: Mapping[str, Callable[[World, Policy, Rater, int], Policy]] = {
    "rlhf": rlhf.trained,
    "dpo": dpo.trained,
}
"""The techniques that learn from the team's comparisons, by chapter."""


@dataclass(frozen=True)
class TasteRuns:
    """What a technique makes of one start, by the taste of those who compared.

    Parameters
    ----------
    before : Posture
        The assistant that it started from.
    after : mapping of str to (D, 5) array
        For each taste the posture after each draw, in the order of `Posture`. `TEAM` is one.
    """

    before: Posture
    after: Mapping[str, FloatArray]

    def agrees(self, taste: str) -> BoolArray:
        """Return which measures move in every draw the way that the chapter's row shows, (5,)."""
        shown = np.sign(self.after[TEAM][0] - self.before)
        return np.asarray((np.sign(self.after[taste] - self.before) == shown).all(axis=0))

    def held(self) -> dict[str, bool]:
        """Return by measure whether it moves the way that is shown whatever the taste."""
        every = np.all([self.agrees(taste) for taste in self.after], axis=0)
        return {name: bool(one) for name, one in zip(Posture._fields, every, strict=True)}

    def measure(self, name: str, taste: str) -> FloatArray:
        """Return one measure after each draw for a taste, (D,)."""
        return np.asarray(self.after[taste][:, Posture._fields.index(name)])


def with_taste(**factors: float) -> Rater:
    """Return the team with some numbers of its taste multiplied.

    >>> with_taste(courtesy=0.5).taste["courtesy"]
    0.3
    """
    team = RATERS["team"]
    return replace(team, taste={k: v * factors.get(k, 1.0) for k, v in team.taste.items()})


def one_at_a_time() -> dict[str, Rater]:
    """Return the team, a careful reader, and the team with one number set to 0, ½ or 2 times."""
    varied = {
        f"{amount} {word}": with_taste(**{name: factor})
        for name, word in TASTES.items()
        for amount, factor in AMOUNTS.items()
    }
    return {TEAM: RATERS["team"], CAREFUL: RATERS["careful"], **varied}


@cache
def hangs_on_taste(chapter: str) -> TasteRuns:
    """Return what a chapter's technique makes of the assistant for every taste of `one_at_a_time`.

    Parameters
    ----------
    chapter : str
        A key of `TRAINED`.
    """
    after = {taste: postures(chapter, rater) for taste, rater in one_at_a_time().items()}
    return TasteRuns(stage("instruction-tuning").posture, after)


def postures(chapter: str, rater: Rater) -> FloatArray:
    """Return the posture after each draw of what this rater compares, (D, 5)."""
    world, start = load(), stage("instruction-tuning").policy
    return np.array(
        [posture(TRAINED[chapter](world, start, rater, seed), world) for seed in range(DRAWS)]
    )
