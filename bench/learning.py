"""Environment steps per second: the course's Q-learning against plain one-step-at-a-time loops."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from bench.report import Section, Table, times
from bench.samples import Sample, Store
from bench.summary import median, paired_ratio
from proxygap.simulations import _q_learning as course
from proxygap.simulations import boat_race
from proxygap.simulations._boat_track import DESIGNS, world
from proxygap.simulations._world import World

GROUP = "learning"
SEEDS = boat_race.SEEDS
SCHEDULE = boat_race.SCHEDULE

INTRO = (
    f"The boat race as the page shows it: {SEEDS} learners, {SCHEDULE.episodes} races of 100 "
    "steps. The references train one learner after the other, one step at a time, the way the "
    "algorithm is written down: once with the action values in a NumPy array, as tutorials do, and "
    "once in Python lists, which is as fast as plain Python gets. Given the same random numbers, "
    "all three learn the same values to the last bit; `tests/bench` checks it."
)


class Learner(NamedTuple):
    """What one learner of a plain loop leaves behind: scores per episode and action values."""

    return_: list[float]
    performance: list[float]
    q: Any


class Environment:
    """The world of the boat race, one step at a time, as environments are usually written."""

    def __init__(self, built: World) -> None:
        # Lists, because reading single cells of NumPy arrays would slow both loops down further.
        self._next_state: list[list[int]] = built.next_state.tolist()
        self._reward: list[list[float]] = built.reward.tolist()
        self._performance: list[list[float]] = built.performance.tolist()
        self._start = int(built.start)  # the boat race has one start

    def reset(self) -> int:
        """Start an episode and return its first state."""
        self._state = self._start
        return self._state

    def step(self, action: int) -> tuple[int, float, float]:
        """Take one action; return the next state, its reward and its hidden performance."""
        state = self._state
        self._state = self._next_state[state][action]
        return self._state, self._reward[state][action], self._performance[state][action]


def race_on_lists(
    environment: Environment, q: Any, explore: list[bool], random_action: list[int]
) -> tuple[float, float]:
    """Play one episode and learn from it; `q` is a list of lists."""
    return_ = performance = 0.0
    state = environment.reset()
    for explore_now, random_now in zip(explore, random_action, strict=True):
        values = q[state]
        action = random_now if explore_now else values.index(max(values))
        state, reward, hidden = environment.step(action)
        target = reward + SCHEDULE.discount * max(q[state])
        values[action] += SCHEDULE.step_size * (target - values[action])
        return_ += reward
        performance += hidden
    return return_, performance


def race_on_array(
    environment: Environment, q: Any, explore: list[bool], random_action: list[int]
) -> tuple[float, float]:
    """Play one episode and learn from it; `q` is a NumPy array."""
    return_ = performance = 0.0
    state = environment.reset()
    for explore_now, random_now in zip(explore, random_action, strict=True):
        action = random_now if explore_now else int(q[state].argmax())
        following, reward, hidden = environment.step(action)
        target = reward + SCHEDULE.discount * q[following].max()
        q[state, action] += SCHEDULE.step_size * (target - q[state, action])
        state = following
        return_ += reward
        performance += hidden
    return return_, performance


Race = Callable[[Environment, Any, list[bool], list[int]], tuple[float, float]]


def plain_q_learning(built: World, rng: np.random.Generator, episodes: int, race: Race) -> Learner:
    """Train one learner step by step.

    With ``seeds=1`` and the same generator, `proxygap.simulations._q_learning.q_learning` gives
    the same numbers to the last bit.
    """
    states, actions = built.reward.shape
    environment = Environment(built)
    q = 1e-9 * rng.random((states, actions))
    learner = Learner([], [], q.tolist() if race is race_on_lists else q)
    for episode in range(episodes):
        explore = rng.random(built.horizon) < SCHEDULE.exploration(episode)
        random_action = rng.integers(actions, size=built.horizon)
        scores = race(environment, learner.q, explore.tolist(), random_action.tolist())
        learner.return_.append(scores[0])
        learner.performance.append(scores[1])
    return learner


def _at_once(built: World) -> None:
    rng = np.random.default_rng(0)
    course.q_learning(built, rng, seeds=SEEDS, episodes=SCHEDULE.episodes, schedule=SCHEDULE)


def _one_by_one(race: Race) -> Callable[[World], None]:
    def train(built: World) -> None:
        for seed in range(SEEDS):
            plain_q_learning(built, np.random.default_rng(seed), SCHEDULE.episodes, race)

    return train


def _rate(train: Callable[[World], None]) -> Sample:
    built = world(DESIGNS["arrows"])
    started = time.perf_counter()
    train(built)
    seconds = time.perf_counter() - started
    return {"rate": SEEDS * SCHEDULE.episodes * built.horizon / seconds}


LOOPS = {
    "all learners at once, NumPy (the course)": _at_once,
    "one by one, action values in a NumPy array": _one_by_one(race_on_array),
    "one by one, action values in Python lists": _one_by_one(race_on_lists),
}


def measure(store: Store, runs: int) -> Section:
    """Measure all three in turns."""
    takers = {name: (lambda train=train: _rate(train)) for name, train in LOOPS.items()}
    taken = store.in_turns(GROUP, takers, runs)
    rates = {name: [sample["rate"] for sample in samples] for name, samples in taken.items()}
    course_rates = next(iter(rates.values()))
    rows = [
        (name, f"{median(values):,.0f}", times(paired_ratio(course_rates, values)))
        for name, values in rates.items()
    ]
    columns = ("Q-learning on the boat race", "environment steps per second", "the course is")
    return Section("Q-learning", INTRO, [Table(columns, rows)])
