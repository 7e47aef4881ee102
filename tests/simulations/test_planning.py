"""Planning against values worked by hand, the Bellman equation and brute force."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.simulations._planning import plan_episode, score, value_iteration
from proxygap.simulations._q_learning import Schedule, q_learning
from proxygap.simulations._world import World, branches, transition_tensor, walk, walks, wanted


def corridor(length: int = 4, horizon: int = 6) -> World:
    """Walk right (action 1) to the end, where each step pays 1; performance counts left steps."""
    states = np.arange(length)
    next_state = np.stack([np.maximum(states - 1, 0), np.minimum(states + 1, length - 1)], axis=1)
    reward = (next_state == length - 1).astype(float)
    performance = np.tile([1.0, 0.0], (length, 1))
    return World(next_state, reward, performance, start=0, horizon=horizon)


def random_world(seed: int, states: int, actions: int, outcomes: int, horizon: int) -> World:
    rng = np.random.default_rng(seed)
    shape = (states, actions, outcomes)
    return World(
        rng.integers(states, size=shape),
        rng.normal(size=shape),
        rng.normal(size=shape),
        rng.dirichlet(np.ones(states)),
        horizon,
        rng.dirichlet(np.ones(outcomes), size=(states, actions)),
    )


worlds = st.builds(
    random_world, st.integers(0, 10**6), st.integers(1, 3), st.integers(1, 2), st.integers(1, 3),
    st.integers(1, 3),
)  # fmt: skip


def brute_force(world: World) -> float:
    """The best expected return over every plan, each simulated on the transition tensor."""
    tensor, reward = transition_tensor(world), branches(world).mean(world.reward)
    every = np.arange(world.states)
    policies = list(itertools.product(range(world.actions), repeat=world.states))
    best = -np.inf
    for plan in itertools.product(policies, repeat=world.horizon):
        at, total = world.start, 0.0
        for policy in plan:
            total += at @ reward[every, list(policy)]
            at = at @ tensor[every, list(policy)]
        best = max(best, total)
    return best


def test_a_corridor_by_hand():
    # Three steps to the end; the step that arrives pays, and so do the three after it.
    plan = plan_episode(corridor())
    assert plan.value[0].tolist() == [4, 5, 6, 6]
    assert plan.policy[0].tolist() == [1, 1, 1, 1]
    assert plan.value[-1].tolist() == [0, 0, 0, 0]


def test_the_first_of_equally_good_actions_is_taken():
    # One step before the end of the episode the first cell cannot reach the pay any more.
    assert plan_episode(corridor()).policy[-1].tolist() == [0, 0, 1, 1]


def test_a_plan_is_worth_what_following_it_pays():
    world = corridor()
    plan = plan_episode(world)
    assert score(world, plan.policy) == (4, 0)
    assert walk(world, plan.policy).return_[-1] == 4


def test_the_honest_plan_maximises_the_performance():
    assert score(corridor(), plan_episode(wanted(corridor())).policy) == (0, 6)


@settings(max_examples=25, deadline=None)
@given(worlds)
def test_planning_finds_what_trying_every_plan_finds(world):
    assert world.start @ plan_episode(world).value[0] == pytest.approx(brute_force(world))


@settings(max_examples=25, deadline=None)
@given(worlds, st.floats(0, 0.9999))
def test_value_iteration_solves_the_bellman_equation(world, discount):
    plan = value_iteration(world, discount)
    tensor, reward = transition_tensor(world), branches(world).mean(world.reward)
    worth = reward + discount * tensor @ plan.value
    # Values reach the largest pay over 1 − discount; rounding grows with them.
    size = max(1.0, float(np.abs(plan.value).max()))
    np.testing.assert_allclose(worth.max(axis=1), plan.value, atol=1e-9 * size)
    every = np.arange(world.states)
    np.testing.assert_allclose(worth[every, plan.policy], plan.value, atol=1e-8 * size)


@settings(max_examples=25, deadline=None)
@given(worlds, st.floats(0, 0.95))
def test_no_stationary_policy_beats_value_iteration(world, discount):
    best = value_iteration(world, discount).value
    tensor, reward = transition_tensor(world), branches(world).mean(world.reward)
    every = np.arange(world.states)
    for policy in itertools.product(range(world.actions), repeat=world.states):
        move, pay = tensor[every, list(policy)], reward[every, list(policy)]
        value = np.linalg.solve(np.eye(world.states) - discount * move, pay)
        assert (value <= best + 1e-8).all()


def test_without_a_future_only_the_next_step_counts():
    plan = value_iteration(corridor(), discount=0)
    assert plan.value.tolist() == [0, 0, 1, 1]


def test_values_of_any_size_converge():
    huge = corridor()._replace(reward=1e9 * corridor().reward)
    assert value_iteration(huge, 0.999).value[3] == pytest.approx(1e12)


@pytest.mark.parametrize(("discount", "tolerance"), [(1.0, 1e-6), (-0.1, 1e-6), (0.9, 0)])
def test_a_discount_that_never_converges_is_refused(discount, tolerance):
    with pytest.raises(ValueError, match="needs 0 <= discount < 1 and tolerance > 0"):
        value_iteration(corridor(), discount, tolerance)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_rollouts_score_what_the_expectation_says(seed):
    world = random_world(seed, 3, 2, 3, 8)
    policy = plan_episode(world).policy
    episodes = walks(world, policy, np.random.default_rng(seed), 4000)
    for sampled, exact in zip(episodes[1:], score(world, policy), strict=True):
        error = sampled[-1].std() / np.sqrt(4000)
        assert sampled[-1].mean() == pytest.approx(exact, abs=5 * error)


def test_a_walk_through_a_world_of_chance_needs_a_generator():
    world = random_world(0, 3, 2, 2, 4)
    with pytest.raises(ValueError, match="give walk\\(\\) a generator"):
        walk(world, np.zeros(3, dtype=int))


def test_learners_approach_the_values_of_the_planner():
    # Nothing is left to chance: a step size of 1 is exact once every edge was tried often enough.
    world = corridor(horizon=20)
    schedule = Schedule(episodes=300, step_size=1, discount=0.9, exploration_floor=1)
    trained = q_learning(world, np.random.default_rng(0), seeds=5, episodes=300, schedule=schedule)
    best = value_iteration(world, 0.9).value
    np.testing.assert_allclose(trained.q.max(axis=2), np.tile(best, (5, 1)), atol=1e-6)


def test_learners_approach_the_planner_where_chance_decides():
    # With a step size of 0.02 the values keep a standard deviation of about
    # sqrt(0.02 / 2) · 1.5 / (1 − 0.5) ≈ 0.3 per learner; the mean of 200 is within 5 · 0.3/√200.
    world = random_world(3, 3, 2, 2, 60)
    schedule = Schedule(episodes=60, step_size=0.02, discount=0.5, exploration_floor=1)
    trained = q_learning(world, np.random.default_rng(0), seeds=200, episodes=60, schedule=schedule)
    best = value_iteration(world, 0.5).value
    np.testing.assert_allclose(trained.q.mean(axis=0).max(axis=1), best, atol=0.11)


def test_states_that_look_alike_share_their_values():
    blind = corridor()._replace(observation=np.zeros(4, dtype=int))
    trained = q_learning(
        blind, np.random.default_rng(0), seeds=3, episodes=50, schedule=Schedule(episodes=50)
    )
    assert trained.q.shape == (3, 1, 2)
    # Walking right always is the only way to be paid without seeing where one is.
    assert score(blind, np.array([1])) == (4, 0)
    assert (trained.q.argmax(axis=2) == 1).all()


def test_every_start_is_drawn_as_often_as_it_should_be():
    world = corridor()._replace(start=np.array([0.2, 0.8, 0.0, 0.0]))
    first = walks(world, np.zeros(4, dtype=int), np.random.default_rng(0), 10_000).states[0]
    standard_error = (0.2 * 0.8 / 10_000) ** 0.5
    assert (first == 0).mean() == pytest.approx(0.2, abs=5 * standard_error)
    assert set(first.tolist()) == {0, 1}
