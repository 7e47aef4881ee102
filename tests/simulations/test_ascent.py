"""Steepest ascent through policies: small worlds by hand, projections against their conditions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from proxygap.simulations._ascent import (
    Ascent,
    Process,
    ascend,
    best_policy,
    directions,
    flow,
    highest,
    nonnegative_least_squares,
    occupancy,
    pieces_allowed,
    random_process,
    rewards_at,
    steepest,
)

seeds = st.integers(0, 10_000)
angles = st.floats(0.01, np.pi - 0.01)
numbers = st.integers(-20, 20).map(lambda tenth: tenth / 10)

# Two states, two actions each: stay (0) or go to the other (1).
STAY_OR_GO = Process(
    transition=np.array([[[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [1.0, 0.0]]]),
    start=np.array([0.5, 0.5]),
    discount=0.5,
)


def drawn(seed: int) -> tuple[Process, np.ndarray, np.random.Generator]:
    rng = np.random.default_rng(seed)
    process = random_process(rng, states=4, actions=3, discount=0.9)
    return process, directions(process), rng


def random_policy(process: Process, rng: np.random.Generator) -> np.ndarray:
    states, actions, _ = process.transition.shape
    return rng.dirichlet(np.ones(actions), size=states)


def test_an_occupancy_by_hand():
    # Everybody goes to state 0 and stays: state 1 is visited at the first step alone, with weight
    # (1 − γ)·½ = ¼.
    policy = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert occupancy(STAY_OR_GO, policy) == pytest.approx([0.75, 0, 0, 0.25])


@settings(deadline=None)
@given(seeds)
def test_occupancies_sum_to_one_and_keep_the_flow(seed):
    process, basis, rng = drawn(seed)
    eta = occupancy(process, random_policy(process, rng))
    assert eta.sum() == pytest.approx(1)
    assert eta.min() >= 0
    assert flow(process) @ eta == pytest.approx((1 - process.discount) * process.start)
    assert flow(process) @ basis == pytest.approx(0, abs=1e-12)
    assert basis.T @ basis == pytest.approx(np.eye(basis.shape[1]))


@settings(deadline=None)
@given(seeds, angles)
def test_truth_and_proxy_are_unit_vectors_at_the_angle(seed, angle):
    process, basis, rng = drawn(seed)
    truth, proxy = rewards_at(basis, angle, rng)
    assert np.linalg.norm(truth) == pytest.approx(1)
    assert np.linalg.norm(proxy) == pytest.approx(1)
    assert truth @ proxy == pytest.approx(np.cos(angle), abs=1e-9)
    assert flow(process) @ truth == pytest.approx(0, abs=1e-12)


def test_nonnegative_least_squares_by_hand():
    # Without the bound x = (1, −1); with it the best is to use the first column alone.
    assert nonnegative_least_squares(np.eye(2), np.array([1.0, -1.0])).tolist() == [1, 0]


@settings(deadline=None)
@given(arrays(float, (5, 3), elements=numbers), arrays(float, 5, elements=numbers))
def test_nonnegative_least_squares_meets_the_conditions_of_its_optimum(matrix, target):
    # Karush, Kuhn and Tucker: x ≥ 0, no column could still help, and used columns are exhausted.
    found = nonnegative_least_squares(matrix, target)
    gain = matrix.T @ (target - matrix @ found)
    assert (found >= 0).all()
    assert (gain <= 1e-7).all()
    assert found @ gain == pytest.approx(0, abs=1e-7)


@settings(deadline=None)
@given(seeds)
def test_the_steepest_move_is_the_projection_on_what_is_allowed(seed):
    # Moreau: what is allowed is a cone; the rest of the gradient is at a right angle to the
    # projection and at no acute angle to any allowed move.
    process, basis, rng = drawn(seed)
    reward = rewards_at(basis, 1.0, rng).proxy
    policy = random_policy(process, rng)
    policy[:, 0] = 0
    policy /= policy.sum(axis=1, keepdims=True)
    here = occupancy(process, policy)
    empty = here == 0
    move = steepest(basis, reward, empty)
    rest = reward - move
    assert flow(process) @ move == pytest.approx(0, abs=1e-9)
    assert (move[empty] >= -1e-9).all()
    assert move @ rest == pytest.approx(0, abs=1e-9)
    elsewhere = occupancy(process, random_policy(process, rng))
    assert (elsewhere - here) @ rest <= 1e-9


@given(seeds)
@settings(max_examples=30, deadline=None)
def test_the_path_stays_among_policies_flattens_and_ends_at_the_optimum(seed):
    process, basis, rng = drawn(seed)
    reward = rewards_at(basis, 1.0, rng).proxy
    path = ascend(process, reward, basis)
    assert (path.corners >= 0).all()
    assert flow(process) @ path.corners.T == pytest.approx(
        np.tile((1 - process.discount) * process.start[:, None], len(path.corners)), abs=1e-9
    )
    slopes = path.slopes(reward)
    assert slopes[0] == pytest.approx(1), "nothing is in the way at first"
    assert (np.diff(slopes) <= 1e-7).all()
    assert path.corners[-1] @ reward == pytest.approx(highest(process, reward), abs=1e-9)


def test_the_optimum_by_hand():
    # Paid for being in state 0: go there and stay.
    reward = np.array([1.0, 1.0, 0.0, 0.0])
    assert best_policy(STAY_OR_GO, reward).tolist() == [0, 1]
    assert highest(STAY_OR_GO, reward) == pytest.approx(0.75)


@settings(deadline=None)
@given(seeds)
def test_no_random_policy_beats_the_optimum(seed):
    process, basis, rng = drawn(seed)
    reward = rewards_at(basis, 1.0, rng).truth
    tried = [occupancy(process, random_policy(process, rng)) @ reward for _ in range(20)]
    assert max(tried) <= highest(process, reward) + 1e-12
    assert min(tried) >= -highest(process, -reward) - 1e-12


def path_with_slopes(*slopes: float) -> Ascent:
    """A path in the plane whose pieces have length 1 and gain `slopes` along the first axis."""
    steps = [[slope, (1 - slope**2) ** 0.5] for slope in slopes]
    return Ascent(np.array([[0.0, 0.0], *np.cumsum(steps, axis=0)]))


@pytest.mark.parametrize(
    ("degrees", "pieces"),
    # sin 10° = .17, sin 30° = .5, sin 60° = .87
    [(10, 4), (29, 3), (31, 2), (60, 2), (80, 1), (90, 0), (120, 0)],
)
def test_the_rule_stops_before_the_first_piece_that_is_too_flat(degrees, pieces):
    path = path_with_slopes(1.0, 0.9, 0.49, 0.2)
    assert pieces_allowed(path, np.array([1.0, 0.0]), np.radians(degrees)) == pieces


@given(seeds, st.floats(0.01, np.pi / 2 - 0.01), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_no_truth_within_the_bound_falls_before_the_rule_stops(seed, bound, share):
    # karwowski2024, section 5. The rule knows the bound, not the angle, which may be smaller.
    process, basis, rng = drawn(seed)
    rewards = rewards_at(basis, share * bound, rng)
    path = ascend(process, rewards.proxy, basis)
    allowed = pieces_allowed(path, rewards.proxy, bound)
    truth = path.corners[: allowed + 1] @ rewards.truth
    assert (np.diff(truth) >= -1e-9).all()
