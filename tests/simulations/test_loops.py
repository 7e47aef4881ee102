"""Loops of small worlds, counted by hand."""

from math import comb, factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations._loops import Loop, loops, mean
from proxygap.simulations._world import World, walk


def test_a_ring_of_three_has_two_laps_three_shuttles_and_three_stops():
    # 0 → 1 → 2 → 0 and back; between each pair of neighbours; standing still on each.
    ring = np.array([[1, 2, 0], [2, 0, 1], [0, 1, 2]])
    found = loops(ring, 0)
    assert len(found) == len(set(found)) == 2 + 3 + 3
    assert Loop((0, 1, 2), (0, 0, 0)) in found
    assert Loop((0, 2, 1), (1, 1, 1)) in found
    assert Loop((0, 2), (1, 0)) in found
    assert Loop((1,), (2,)) in found


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_a_complete_world_has_as_many_loops_as_there_are_cyclic_orders(n):
    # Every state leads to every state: choose k of n states, in one of (k − 1)! cyclic orders.
    everywhere = np.tile(np.arange(n), (n, 1))
    expected = sum(comb(n, k) * factorial(k - 1) for k in range(1, n + 1))
    assert len(loops(everywhere, 0)) == expected


def test_what_cannot_be_reached_is_left_out():
    # State 0 leads to 1, where everything ends; state 2 is an island.
    assert loops(np.array([[1], [1], [2]]), 0) == (Loop((1,), (0,)),)


def test_two_actions_with_the_same_effect_make_two_loops():
    assert len(loops(np.array([[0, 0]]), 0)) == 2


def test_the_mean_is_over_the_steps_of_the_loop():
    rewards = np.array([[1.0, 9.0], [5.0, 9.0]])
    assert mean(Loop((0, 1), (0, 0)), rewards) == 3.0


@given(seed=st.integers(0, 10_000))
def test_no_walk_earns_more_for_ever_than_the_best_loop(seed):
    # A deterministic policy ends in one loop: its later mean is at most the best loop's.
    rng = np.random.default_rng(seed)
    next_state, rewards = rng.integers(4, size=(4, 2)), rng.normal(size=(4, 2))
    best = max(mean(loop, rewards) for loop in loops(next_state, 0))
    policy = rng.integers(2, size=4)
    walked = walk(World(next_state, rewards, rewards, 0, 16), policy)
    # 12 steps after a beginning of 4 is a whole number of rounds of any loop of 1 to 4 states.
    assert (walked.return_[16] - walked.return_[4]) / 12 <= best + 1e-9
