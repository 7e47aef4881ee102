"""Train boats on a reward that the learner wrote.

The world is deterministic, so an update needs no averaging and may take over the whole error: a
step size of 1. The learners then find what pays most within 200 races, and what they do can be put
down to the reward alone.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from proxygap.labs._boat_reading import habit
from proxygap.simulations import FloatArray
from proxygap.simulations._boat_track import RewardTerms, world
from proxygap.simulations._q_learning import Schedule, q_learning
from proxygap.simulations._world import walk

RACES = 200
BOATS = 20
SEED = 0
LAST = 10  # races over which the scores are averaged
BLOCK = 5  # races behind one point of a curve
SCHEDULE = Schedule(episodes=RACES, step_size=1.0)


class Trained(NamedTuple):
    """What training left behind, small enough to keep with every attempt.

    Attributes
    ----------
    visible, hidden : float
        Mean return and performance of all boats over the last ten races.
    boats : dict
        How many boats do what: ``{"rocks": 20}``, the most frequent first.
    path : list of int
        The cells that a boat of the most frequent kind visits in one race.
    visible_curve, hidden_curve : list of float
        Mean scores of each five races of the training.
    """

    visible: float
    hidden: float
    boats: dict[str, int]
    path: list[int]
    visible_curve: list[float]
    hidden_curve: list[float]


@lru_cache(maxsize=64)
def train(terms: RewardTerms) -> Trained:
    """Train 20 boats for 200 races; equal rewards give equal boats."""
    built = world(terms)
    learned = q_learning(
        built, np.random.default_rng(SEED), seeds=BOATS, episodes=RACES, schedule=SCHEDULE
    )
    paths = [walk(built, q.argmax(axis=1)).states.tolist() for q in learned.q]
    habits = [habit(path).name for path in paths]
    boats = dict(Counter(habits).most_common())
    return Trained(
        visible=_rounded(learned.return_[-LAST:].mean()),
        hidden=_rounded(learned.performance[-LAST:].mean()),
        boats=boats,
        path=paths[habits.index(next(iter(boats)))],
        visible_curve=_curve(learned.return_),
        hidden_curve=_curve(learned.performance),
    )


def _curve(scores: FloatArray) -> list[float]:
    means = scores.reshape(-1, BLOCK, scores.shape[1]).mean(axis=(1, 2))
    return [_rounded(mean) for mean in means]


def _rounded(score: float) -> float:
    # Means may differ in their last bit between machines; stored work and tests should not.
    return round(float(score), 2) + 0.0
