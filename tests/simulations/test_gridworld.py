"""Maps and worlds explored from one step function."""

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.simulations import _gridworld
from proxygap.simulations._gridworld import DOWN, LEFT, RIGHT, UP, Map, Outcome, build
from proxygap.simulations._world import ends, transition_tensor

ROOM = Map(("####", "#AG#", "#  #", "####"))


def walk_to_the_goal(cell, action):
    target = ROOM.neighbour(cell, action)
    done = ROOM[target] == "G"
    return Outcome(target, 50 * done - 1, -1, done)


def slippery(cell, action):
    """Half of the time the floor is wet and nothing happens."""
    return [
        Outcome(ROOM.neighbour(cell, action), 1, 0, probability=0.5),
        Outcome(cell, 0, 0, probability=0.5),
    ]


def test_the_numbers_in_its_docstring_are_true():
    assert doctest.testmod(_gridworld).failed == 0


def test_cells_are_numbered_in_reading_order():
    assert ROOM.find("A") == 5
    assert ROOM.find_all(" ") == (9, 10)
    assert ROOM[6] == "G"


@pytest.mark.parametrize(("action", "target"), [(UP, 5), (DOWN, 9), (LEFT, 5), (RIGHT, 6)])
def test_a_wall_stops_a_move(action, target):
    assert ROOM.neighbour(5, action) == target


def test_the_edge_of_a_map_stops_a_move_and_never_wraps_round():
    open_field = Map(("..", ".."))
    assert [open_field.neighbour(1, action) for action in range(4)] == [1, 3, 0, 1]
    assert [open_field.neighbour(2, action) for action in range(4)] == [0, 2, 2, 3]


def test_every_reachable_state_is_found_once():
    built = build(walk_to_the_goal, 5, horizon=10)
    assert sorted(built.states) == [5, 6, 9, 10]
    assert built.states[0] == 5  # the start comes first


def test_an_episode_ends_where_nothing_more_is_paid():
    built = build(walk_to_the_goal, 5, horizon=10)
    goal = built.states.index(6)
    assert ends(built.world).tolist() == [state == 6 for state in built.states]
    assert set(built.world.next_state[goal]) == {goal}
    assert built.world.reward[0, RIGHT] == 49
    assert not built.world.reward[goal].any()


def test_a_state_in_which_one_may_go_on_or_stop_is_two_states():
    def step(cell, action):
        return Outcome(cell, 1, 1, done=action == UP)

    assert build(step, 0, horizon=3).states == (0, 0)


def test_chance_is_kept_as_outcomes_with_probabilities():
    world = build(slippery, 5, horizon=10).world
    assert world.next_state.shape == (4, 4, 2)
    np.testing.assert_allclose(world.probability.sum(axis=2), 1)
    tensor = transition_tensor(world)
    assert tensor[0, RIGHT].tolist() == [0.5, 0, 0.5, 0]  # states in order of discovery
    assert tensor[0, UP].tolist() == [1, 0, 0, 0]  # both outcomes are the same place


def test_outcomes_without_chance_and_with_it_may_live_in_one_world():
    def step(cell, action):
        return slippery(cell, action) if action == RIGHT else Outcome(cell, 0, 0)

    world = build(step, 5, horizon=3).world
    np.testing.assert_allclose(transition_tensor(world).sum(axis=2), 1)
    assert world.probability[0, UP].tolist() == [1, 0]


def test_a_start_may_be_left_to_chance():
    world = build(walk_to_the_goal, {9: 3.0, 10: 1.0}, horizon=10).world
    assert world.start.tolist() == [0.75, 0.25, 0, 0]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 15), st.integers(0, 3))
def test_a_step_and_its_opposite_lead_back_unless_a_wall_stopped_it(cell, action):
    opposite = [DOWN, UP, RIGHT, LEFT][action]
    target = ROOM.neighbour(cell, action)
    assert target == cell or ROOM[cell] == "#" or ROOM.neighbour(target, opposite) == cell


def test_rows_of_different_length_are_refused():
    with pytest.raises(UsageError) as error:
        Map(("###", "#A"))
    assert str(error.value) == "The rows of a map must be equally long; these are 3, 2 long."


@pytest.mark.parametrize(("art", "count"), [(("A.",), 0), (("GG",), 2)])
def test_a_world_without_a_goal_is_refused(art, count):
    with pytest.raises(UsageError) as error:
        Map(art).find("G")
    assert str(error.value) == (
        f"A map needs exactly one 'G'; this one has {count}. "
        "Put the character where the thing is to be."
    )


def test_a_world_without_end_is_refused():
    with pytest.raises(UsageError, match="more than 20,000 states"):
        build(lambda state, _: Outcome(state + 1, 0, 0), 0, horizon=5, actions=1)


def test_probabilities_that_do_not_sum_to_one_are_refused():
    with pytest.raises(UsageError) as error:
        build(lambda state, _: [Outcome(state, 0, 0, probability=0.5)], 7, horizon=5)
    assert str(error.value) == (
        "The outcomes of action 0 in state 7 have probabilities that sum to 0.5; "
        "they must sum to 1."
    )
