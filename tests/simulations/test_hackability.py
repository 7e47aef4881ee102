"""The cleaning robot's figure: exact corners, and two ways to the same number."""

import numpy as np
import pytest

from proxygap.simulations import get
from proxygap.simulations._occupancy import area, clip, deterministic, hackable
from proxygap.simulations.hackability import (
    TODAY,
    TRUTH,
    WEIGHTS,
    lit,
    placed,
    random_pairs_hackable,
)

HACKABILITY = get("hackability")
EVERY = [(second, third) for second in WEIGHTS[::2] for third in WEIGHTS[::2]]


def region(result) -> np.ndarray:
    return np.stack([result["lit_x"], result["lit_y"]], axis=1)


def test_paid_for_two_rooms_the_lit_region_is_a_triangle_with_known_corners():
    # Places are (pay, rooms): from the middle straight down to one room, and along the lower edge
    # of the parallelogram to (75 %, 1.5 rooms).
    corners = {tuple(corner) for corner in region(HACKABILITY.run_at())}
    assert corners == {(50, 1), (75, 1.5), (50, 1.5)}


@pytest.mark.parametrize(("second", "third"), EVERY)
def test_the_polygon_and_the_knapsack_agree_on_the_fewest_rooms(second, third):
    result = HACKABILITY.run_at(second=second, third=third)
    if np.isnan(region(result)).all():
        assert result["lost"] == pytest.approx(0)
    else:
        assert region(result)[:, 1].min() == pytest.approx(float(result["least"]))


@pytest.mark.parametrize(("second", "third"), EVERY)
def test_only_equal_pay_lights_up_nothing(second, third):
    # skalse2022, theorem 1: with coins only a multiple of the truth cannot be hacked.
    dark = np.isnan(region(HACKABILITY.run_at(second=second, third=third))).all()
    assert dark == ((second, third) == (1, 1))


@pytest.mark.parametrize(("second", "third"), EVERY)
def test_random_policies_lie_in_the_outline_and_the_lit_ones_in_the_region(second, third):
    proxy = np.array([1.0, second, third])
    result = HACKABILITY.run_at(second=second, third=third)
    outline = np.stack([result["all_x"], result["all_y"]], axis=1)
    places = placed(np.random.default_rng(1).random((200, 3)), proxy)
    today = placed(TODAY[None], proxy)[0]
    better = (places[:, 0] > today[0]) & (places[:, 1] < today[1])
    assert all(inside(outline, place) for place in places)
    assert all(inside(region(result), place) for place in places[better])


def inside(polygon: np.ndarray, place: np.ndarray) -> bool:
    """A point of a convex anticlockwise polygon lies to the left of every edge."""
    edges = np.roll(polygon, -1, axis=0) - polygon
    gaps = place - polygon
    return bool((edges[:, 0] * gaps[:, 1] - edges[:, 1] * gaps[:, 0] >= -1e-9).all())


@pytest.mark.parametrize(("second", "third"), EVERY)
def test_a_marked_pair_earns_more_and_cleans_less(second, third):
    result = HACKABILITY.run_at(second=second, third=third)
    proxy = np.array([1.0, second, third])
    assert (result["opposed_pairs"] > 0) == hackable(proxy, TRUTH, deterministic(3))
    if result["opposed_pairs"]:
        assert result["pair_x"][1] > result["pair_x"][0]
        assert result["pair_y"][1] < result["pair_y"][0]
    else:
        assert np.isnan(result["pair_x"]).all()


def test_pay_is_shown_from_its_lowest_to_its_highest():
    shown = placed(deterministic(3), np.array([1.0, -1.0, 0.5]))
    assert (shown[:, 0].min(), shown[:, 0].max()) == (0, 100)


def test_without_coins_some_random_pairs_cannot_be_hacked():
    assert random_pairs_hackable(1000, coins=False) < random_pairs_hackable(1000, coins=True)


def test_a_region_without_area_is_no_region():
    segment = np.array([[0.0, 0.0], [100.0, 3.0]])
    assert lit(segment, np.array([50.0, 1.5])).shape == (0, 2)
    assert area(clip(segment, np.array([1.0, 0.0]), 50.0)) == 0
