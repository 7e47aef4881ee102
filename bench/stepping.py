"""Environment steps per second in a gridworld: arrays side by side against its step function."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

import numpy as np

from bench.budgets import GRIDWORLD_STEPS
from bench.report import Promise, Section, Table, times
from bench.samples import Sample, Store
from bench.summary import median, paired_ratio
from proxygap.simulations._box_room import HORIZON, REACHED, State, room, step
from proxygap.simulations._q_learning import Schedule, q_learning
from proxygap.simulations._spec import FloatArray
from proxygap.simulations._world import IntArray, walks

GROUP = "stepping"
SCHEDULE = Schedule(episodes=500)
LEARNERS = 1000
WALKERS = 5000
TIMES = 40  # that they walk
ALONE = 2000  # episodes of the plain loops

INTRO = (
    "The room with a box and a goal. *Plain* is the world as it is written down, one call of "
    "`step(state, action)` after the other for one robot, learning with a dictionary of lists. The "
    "course explores that very function once, into arrays, and moves many robots at the same time. "
    "Steps after an episode's end do not count. `tests/bench` checks that both sides walk "
    "the same paths."
)


class Walked(NamedTuple):
    """What one robot did: steps taken, sum of rewards, sum of hidden performance."""

    steps: int
    return_: float
    performance: float


def wandering(seed: int = 0) -> IntArray:
    """Return actions drawn once for each step and state, shape (T, S)."""
    world = room().grid.world
    rng = np.random.default_rng(seed)
    return rng.integers(world.actions, size=(world.horizon, world.states))


def plain_walk(policy: IntArray) -> Walked:
    """Follow `policy` through one episode, one call of the step function after the other."""
    states = room().grid.states
    number = {state: index for index, state in enumerate(states)}
    plan = policy.tolist()
    state, return_, performance = states[0], 0.0, 0.0
    for taken, actions in enumerate(plan, start=1):
        outcome = step(state, actions[number[state]])
        state = outcome.state
        return_ += outcome.reward
        performance += outcome.performance
        if outcome.done:
            return Walked(taken, return_, performance)
    return Walked(len(plan), return_, performance)


def plain_learning(rng: np.random.Generator, episodes: int) -> int:
    """Train one learner for some episodes and return how many steps it took."""
    world, first = room().grid.world, room().grid.states[0]
    values: dict[State, list[float]] = {}
    steps = 0
    for episode in range(episodes):
        explore = rng.random(world.horizon) < SCHEDULE.exploration(episode)
        random_action = rng.integers(world.actions, size=world.horizon)
        state = first
        for explore_now, random_now in zip(explore.tolist(), random_action.tolist(), strict=True):
            known = values.setdefault(state, [0.0] * world.actions)
            action = random_now if explore_now else known.index(max(known))
            outcome = step(state, action)
            state = outcome.state
            later = 0.0 if outcome.done else max(values.setdefault(state, [0.0] * world.actions))
            target = outcome.reward + SCHEDULE.discount * later
            known[action] += SCHEDULE.step_size * (target - known[action])
            steps += 1
            if outcome.done:
                break
    return steps


def steps_taken(return_: FloatArray) -> int:
    """Return how many steps episodes with these returns took: a step costs 1, the goal pays 50."""
    return int(np.where(return_ > 0, REACHED - return_, HORIZON).sum())


def _walk_alone() -> int:
    policy = wandering()
    return sum(plain_walk(policy).steps for _ in range(ALONE))


def _walk_together() -> int:
    world, policy, rng = room().grid.world, wandering(), np.random.default_rng(0)
    walked = (walks(world, policy, rng, WALKERS) for _ in range(TIMES))
    return sum(steps_taken(walk.return_[-1]) for walk in walked)


def _learn_alone() -> int:
    return plain_learning(np.random.default_rng(0), SCHEDULE.episodes)


def _learn_together() -> int:
    world, rng = room().grid.world, np.random.default_rng(0)
    trained = q_learning(world, rng, seeds=LEARNERS, episodes=SCHEDULE.episodes, schedule=SCHEDULE)
    return steps_taken(trained.return_)


def _rate(work: Callable[[], int]) -> Sample:
    room()  # explored before anything is timed
    started = time.perf_counter()
    steps = work()
    return {"rate": steps / (time.perf_counter() - started)}


WORK = {
    "walking": (_walk_together, _walk_alone, f"{WALKERS:,} robots at once"),
    "Q-learning": (_learn_together, _learn_alone, f"{LEARNERS:,} learners at once"),
}


def measure(store: Store, runs: int) -> Section:
    """Measure both kinds of work in turns with their plain loops."""
    takers = {}
    for name, (together, alone, _) in WORK.items():
        takers[name] = partial(_rate, together)
        takers[f"{name}, plain"] = partial(_rate, alone)
    taken = store.in_turns(GROUP, takers, runs)
    return section({n: [sample["rate"] for sample in samples] for n, samples in taken.items()})


def section(rates: Mapping[str, list[float]]) -> Section:
    """Return what the samples say."""
    rows, promises = [], []
    for name, (_, _, how) in WORK.items():
        ours, plain = rates[name], rates[f"{name}, plain"]
        ratio = paired_ratio(ours, plain)
        rows.append((f"{name}, {how}", *(f"{median(r):,.0f}" for r in (ours, plain)), times(ratio)))
        if name == "walking":
            promises.append(
                Promise("gridworld steps a second", ratio, times(ratio), GRIDWORLD_STEPS)
            )
    columns = ("environment steps per second", "the course", "plain loop", "ratio")
    return Section("Steps in a gridworld", INTRO, [Table(columns, rows)], promises)
