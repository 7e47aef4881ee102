"""Hackability and the geometry under it: published examples, theorem 1, polygons by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from proxygap.simulations._occupancy import (
    area,
    cheapest,
    clip,
    convex_hull,
    deterministic,
    hackable,
    opposed,
    witness,
)

weights = arrays(float, 3, elements=st.integers(-8, 8).map(lambda eighth: eighth / 4))
worths = arrays(float, 3, elements=st.integers(1, 8).map(lambda eighth: eighth / 4))
SQUARE = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]])


@pytest.mark.parametrize(
    ("truth", "proxy", "expected"),
    [
        # skalse2022, the cleaning robot, over the eight sets of rooms.
        ([1, 1, 1], [1, 1, 0], False),
        ([1, 1, 1], [1, 0, 0], True),
        ([1, 1.5, 2], [1, 1, 1], False),
        ([1, 1.5, 3], [1, 1, 1], True),
    ],
)
def test_the_published_examples(truth, proxy, expected):
    assert hackable(np.array(proxy), np.array(truth), deterministic(3)) is expected


def test_the_witness_of_a_published_example_by_hand():
    # Paid 1, 0, 0: from {second, third} to {first} the pay rises 0 to 1 and the rooms fall 2 to 1.
    found = opposed(np.array([1.0, 0, 0]), np.ones(3), deterministic(3))
    named = [(deterministic(3)[i].tolist(), deterministic(3)[j].tolist()) for i, j in found]
    assert named == [([0, 1, 1], [1, 0, 0])]


@settings(deadline=None)
@given(weights, weights)
def test_hackable_does_not_ask_which_of_the_two_is_the_truth(r1, r2):
    policies = deterministic(3)
    assert hackable(r1, r2, policies) == hackable(r2, r1, policies)


@settings(deadline=None)
@given(weights, weights, st.floats(0.01, 100), st.floats(0.01, 100))
def test_a_positive_factor_changes_nothing(r1, r2, a, b):
    policies = deterministic(3)
    assert hackable(r1, r2, policies) == hackable(a * r1, b * r2, policies)


@settings(deadline=None)
@given(weights, weights)
def test_with_coins_a_pair_is_hackable_unless_trivial_or_equivalent(r1, r2):
    # skalse2022, theorem 1: equivalent means that one is a positive multiple of the other.
    trivial = not r1.any() or not r2.any()
    equivalent = not np.cross(r1, r2).any() and r1 @ r2 > 0
    pair = witness(r1, r2)
    assert (pair is None) == (trivial or equivalent)
    if pair is not None:
        assert (pair.after - pair.before) @ r1 > 0 > (pair.after - pair.before) @ r2
        assert all(0 <= policy.min() <= policy.max() <= 1 for policy in pair)


@settings(deadline=None)
@given(weights, weights)
def test_what_sets_of_rooms_can_do_coins_can_do_too(r1, r2):
    if hackable(r1, r2, deterministic(3)):
        assert witness(r1, r2) is not None


def test_the_cheapest_policy_by_hand():
    # Paid 1, 1.5, 2 for rooms worth 1 each, 2.25 to earn: the third room whole, a sixth of the
    # second.
    found = cheapest(np.array([1.0, 1.5, 2.0]), np.ones(3), 2.25)
    assert found == pytest.approx([0, 1 / 6, 1])


def test_rooms_that_pay_alike_share_the_work():
    assert cheapest(np.array([1.0, 1.0, 0.0]), np.ones(3), 1.0).tolist() == [0.5, 0.5, 0]


@settings(deadline=None)
@given(weights, worths, st.floats(0, 1))
def test_no_policy_earns_the_floor_with_less(proxy, truth, share):
    floor = share * proxy[proxy > 0].sum()
    found = cheapest(proxy, truth, floor)
    assert found @ proxy >= floor - 1e-9
    grid = np.stack(np.meshgrid(*[np.linspace(0, 1, 6)] * 3), axis=-1).reshape(-1, 3)
    enough = grid[grid @ proxy >= floor]
    assert (enough @ truth >= found @ truth - 1e-9).all()


def test_the_hull_of_a_square_and_what_lies_inside():
    points = np.concatenate([SQUARE, [[1.0, 1.0], [1.0, 0.0]]])
    assert convex_hull(points).tolist() == SQUARE.tolist()


def test_the_hull_of_points_on_a_line_has_no_area():
    assert area(convex_hull(np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]))) == 0


def test_clipping_a_square_cuts_its_edges_where_the_line_crosses():
    corner = clip(SQUARE, np.array([1.0, 1.0]), 3.0)  # the triangle above x + y = 3
    assert sorted(corner.tolist()) == [[1, 2], [2, 1], [2, 2]]
    assert area(corner) == 0.5


def test_clipping_may_keep_everything_or_nothing():
    assert clip(SQUARE, np.array([1.0, 0.0]), -1.0).tolist() == SQUARE.tolist()
    assert clip(SQUARE, np.array([1.0, 0.0]), 3.0).shape == (0, 2)
    assert area(np.zeros((0, 2))) == 0


@settings(deadline=None)
@given(arrays(float, (7, 2), elements=st.floats(-4, 4)), st.floats(0, 2 * np.pi), st.floats(-3, 3))
def test_a_line_cuts_a_polygon_into_parts_that_add_up(points, angle, least):
    polygon, normal = convex_hull(points), np.array([np.cos(angle), np.sin(angle)])
    above, below = clip(polygon, normal, least), clip(polygon, -normal, -least)
    assert area(above) + area(below) == pytest.approx(area(polygon))
