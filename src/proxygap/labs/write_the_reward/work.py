"""The state of the lab "Write the reward": one world is open, and each keeps its own work."""

from __future__ import annotations

from typing import Any

from proxygap.labs._spec import State
from proxygap.labs.write_the_reward.world import RewardWorld
from proxygap.labs.write_the_reward.worlds import WORLDS


def world_of(state: State) -> RewardWorld:
    """Return the world that the learner is in."""
    return WORLDS[state["world"]]


def work_of(state: State) -> State:
    """Return what the learner did in it."""
    work: State = state["work"][state["world"]]
    return work


def with_work(state: State, **changes: Any) -> State:
    """Return the state with changes to the work in the present world."""
    return {**state, "work": {**state["work"], state["world"]: {**work_of(state), **changes}}}
