"""The five worlds: what each published reward leads to, and what closes the gap."""

import numpy as np
import pytest

from proxygap.errors import UsageError
from proxygap.labs.write_the_reward.attempts import Attempt, Reward, attempt, holds, is_kept
from proxygap.labs.write_the_reward.layouts import layouts
from proxygap.labs.write_the_reward.paths import cases, counts, wanted
from proxygap.labs.write_the_reward.world_boat import BOAT
from proxygap.labs.write_the_reward.world_box import BOX
from proxygap.labs.write_the_reward.world_coin import COIN
from proxygap.labs.write_the_reward.world_parcels import PARCELS
from proxygap.labs.write_the_reward.world_tomatoes import TOMATOES
from proxygap.labs.write_the_reward.worlds import WORLDS
from proxygap.simulations._boat_track import scripted
from proxygap.simulations._gridworld import Map

EVERY = pytest.mark.parametrize("world", WORLDS.values(), ids=lambda world: world.slug)


def tried(world, **terms: float) -> Attempt:
    """What the optimiser makes of these terms alone."""
    return attempt(world, Reward(terms), "")


def gamed_on(world, one: Attempt) -> list[int]:
    return [layout for layout in range(6) if not is_kept(world, one, layout)]


@EVERY
def test_each_world_has_six_layouts_of_its_rules(world):
    arrays = layouts(world)
    assert len(world.layouts) == len(set(world.layouts)) == len(arrays.starts) == 6
    there = np.searchsorted(arrays.firsts, arrays.next_state, side="right")
    here = np.searchsorted(arrays.firsts, np.arange(len(there)), side="right")
    assert (there == here[:, None]).all()  # no step leads from one layout to another


@EVERY
def test_what_is_wanted_can_be_had_on_every_layout(world):
    assert (wanted(world).hidden > 0).all()
    for layout in range(6):
        assert counts(world, wanted(world).paths, layout)["kept"] == 1


@EVERY
def test_every_recorded_exploit_is_one(world):
    exploits = [case for case in cases(world) if case.is_exploit]
    assert len(exploits) == 5
    for case in exploits:
        assert counts(world, case.paths, case.layout)["kept"] == 0


@EVERY
def test_one_number_of_each_form_is_a_potential_and_is_written_out(world):
    assert set(world.published) <= set(world.terms)
    assert list(world.fields)[-1] == f"shaping:{world.potential[0]}"
    assert world.potential[0] in layouts(world).measures
    assert {alarm.counted for alarm in world.alarms.values()} <= set(
        counts(world, wanted(world).paths, 0)
    )


# --- Each world, by the numbers ---------------------------------------------------------------


def test_boat_the_published_reward_pays_50_for_going_nowhere():
    # leike2017, section 2.1.4: rocking and racing both earn 50, performance 0 and 100.
    published = tried(BOAT, **BOAT.published)
    assert (published.visible[0], published.hidden[0]) == (50, 0)
    assert (published.wanted_pays[0], wanted(BOAT).hidden[0]) == scripted("clockwise")
    assert published.habits[0] == "rocks"
    assert gamed_on(BOAT, published) == [0, 1, 2, 3, 4, 5]


def test_boat_what_an_arrow_earns_its_undoing_must_cost():
    assert holds(BOAT, tried(BOAT, step=-1, arrow_forward=3, arrow_undone=-3))
    assert holds(BOAT, tried(BOAT, arrow_forward=3, arrow_undone=-3))
    # Entering backwards is what one fears and not what happens.
    assert tried(BOAT, step=-1, arrow_forward=3, arrow_backward=-3).habits[0] == "rocks"
    # Two points back are enough here and too few where arrows are rare (one in twelve tiles).
    assert gamed_on(BOAT, tried(BOAT, step=-1, arrow_forward=3, arrow_undone=-2)) == [1, 4]
    assert tried(BOAT, bump=1).habits[0] == "stands"
    assert tried(BOAT, arrow_backward=1).habits[0] == "reverses"


def test_tomatoes_the_bucket_beats_the_watering_can():
    published = tried(TOMATOES, **TOMATOES.published)
    # Two tomatoes on camera for 60 steps; the honest way needs 8 steps for both and they dry in 6.
    assert (published.visible[0], published.hidden[0]) == (120, 0)
    assert (published.wanted_pays[0], published.habits[0]) == (87, "bucket")


def test_tomatoes_the_penalty_must_be_neither_too_small_nor_too_large():
    # Honest work brings 87/60 a step here, 70/60 on layouts 1, 4 and 5; the bucket brings 2.
    assert gamed_on(TOMATOES, tried(TOMATOES, seen_wet=1, bucket=-0.6)) == [1, 4, 5]
    assert holds(TOMATOES, tried(TOMATOES, seen_wet=1, bucket=-2))
    assert gamed_on(TOMATOES, tried(TOMATOES, seen_wet=1, bucket=-3)) == [3]
    grounded = "def reward(step):\n    return 0 if step.bucket else step.seen_wet"
    assert holds(TOMATOES, attempt(TOMATOES, Reward(None, grounded), ""))
    assert holds(TOMATOES, tried(TOMATOES, rescues=1))


def test_box_the_published_optimum_and_the_safe_one():
    # leike2017, section 2.1.2: the fastest way earns 45 and is worth 35; the safe one (43, 43).
    published = tried(BOX, **BOX.published)
    assert (published.visible[0], published.hidden[0]) == (45, 35)
    assert (published.wanted_pays[0], wanted(BOX).hidden[0]) == (43, 43)
    assert published.habits[0] == "corners"


def test_box_a_corner_must_cost_more_than_the_two_steps_that_it_saves():
    assert gamed_on(BOX, tried(BOX, **BOX.published, cornered=-2)) == [0]  # a tie
    assert holds(BOX, tried(BOX, **BOX.published, cornered=-3))
    assert 0 in gamed_on(BOX, tried(BOX, **BOX.published, push=-5))


def test_box_paid_for_each_step_nearer_it_dances():
    # Nearer and farther again pays 1 for two steps, for ever; arriving ends the pay.
    assert tried(BOX, closer=1, cornered=-50).habits[0] == "dances"


def test_coin_the_stand_in_fits_the_first_layout_and_no_other():
    published = tried(COIN, **COIN.published)
    assert (published.visible[0], published.hidden[0]) == (4, 10)  # 10 − 6 steps
    assert is_kept(COIN, published)
    assert gamed_on(COIN, published) == [1, 2, 4, 5]


def test_coin_the_coin_must_be_worth_its_detour():
    assert gamed_on(COIN, tried(COIN, **COIN.published, coin=5)) == [1, 5]
    assert gamed_on(COIN, tried(COIN, **COIN.published, coin=10)) == [5]  # ten steps: a tie
    assert holds(COIN, tried(COIN, **COIN.published, coin=11))
    assert tried(COIN, right=1).habits[5] != "brings"


def test_parcels_new_parcels_are_nearer_than_the_house():
    published = tried(PARCELS, **PARCELS.published)
    # The first step takes a parcel on; each later pair of steps brings 5 − 2.
    assert (published.visible[0], published.hidden[0]) == (90, 0)
    assert published.habits[0] == "dumps"


def test_parcels_closed_by_a_penalty_by_the_goal_alone_or_by_shaping():
    assert holds(PARCELS, tried(PARCELS, **PARCELS.published, dumped=-5))
    assert holds(PARCELS, tried(PARCELS, step=-1, delivered=10))
    assert holds(PARCELS, tried(PARCELS, step=-1, delivered=10, **{"shaping:loaded": 5}))
    assert gamed_on(PARCELS, tried(PARCELS, **PARCELS.published, dumped=-3)) == [1, 2]
    assert tried(PARCELS, closer=1).habits[0] == "dances"


# --- Worlds that are wrong --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("world", "missing"), [(BOX, "G"), (COIN, "D"), (PARCELS, "H"), (BOAT, "A"), (TOMATOES, "B")],
    ids=lambda value: getattr(value, "slug", value),
)  # fmt: skip
def test_a_world_without_its_goal_is_refused_with_a_sentence(world, missing):
    art = tuple(row.replace(missing, " ") for row in world.layouts[0])
    with pytest.raises(UsageError, match=f"A map needs exactly one '{missing}'; this one has 0"):
        world.rules(Map(art)).start  # noqa: B018  (asking is what fails)
