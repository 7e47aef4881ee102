"""Potential-based shaping is told from everything that only looks like it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.labs.write_the_reward.attempts import Reward, attempt
from proxygap.labs.write_the_reward.layouts import layouts
from proxygap.labs.write_the_reward.optimiser import Pay
from proxygap.labs.write_the_reward.rewards import pay_of_terms
from proxygap.labs.write_the_reward.shaping import shaping
from proxygap.labs.write_the_reward.words import shaping as in_words
from proxygap.labs.write_the_reward.worlds import WORLDS

SLUGS = st.sampled_from(list(WORLDS))


def of(slug: str, **terms: float):
    one = attempt(WORLDS[slug], Reward(terms), "")
    return one.shaping_of, one.shaping_kind, one.is_settled


@settings(max_examples=40, deadline=None)
@given(SLUGS, st.integers(0, 2**32 - 1), st.sampled_from([0.5, 1.0, 3.0]))
def test_any_potential_whatever_is_recognised_exactly(slug, seed, scale):
    world = WORLDS[slug]
    arrays = layouts(world)
    potential = np.random.default_rng(seed).normal(size=len(arrays.over))
    potential[arrays.over] = 0
    alive = ~arrays.over[:, None]
    base = pay_of_terms(world, arrays, world.published).each
    extra = (potential[arrays.next_state] - potential[:, None]) * alive
    pay = Pay(scale * base + extra, scale * base - potential[:, None] * alive)
    found = shaping(arrays, pay, base)
    assert found is not None
    assert found.scale == pytest.approx(scale)
    assert found.is_settled
    steps = found.potential[arrays.next_state] - found.potential[:, None]
    np.testing.assert_allclose(steps[~arrays.over], extra[~arrays.over], atol=1e-7)


@settings(max_examples=40, deadline=None)
@given(SLUGS, st.data(), st.floats(0.01, 5))
def test_one_step_paid_differently_is_no_shaping(slug, data, more):
    world = WORLDS[slug]
    arrays = layouts(world)
    pay = pay_of_terms(world, arrays, {**world.published, f"shaping:{world.potential[0]}": 2.0})
    state = data.draw(st.sampled_from(np.flatnonzero(~arrays.over).tolist()))
    action = data.draw(st.integers(0, 3))
    # Two ways to the same state must differ by the same Φ; a step back exists or a bump does.
    each = pay.each.copy()
    each[state, action] += more
    if arrays.next_state[state, action] == state or len(set(arrays.next_state[state])) < 4:
        assert shaping(arrays, Pay(each, pay.last), arrays.performance) is None


@pytest.mark.parametrize(
    ("slug", "terms", "found"),
    [
        ("boat", {"step": -1, "arrow_forward": 3, "shaping:on_arrow": 2},
         ("published", "2 × on_arrow", True)),
        ("boat", {"step": -1, "arrow_forward": 3, "arrow_undone": -3}, ("", "", True)),
        ("tomatoes", {"seen_wet": 1, "shaping:on_camera": -1},
         ("published", "-1 × on_camera", True)),
        ("box", {"step": -1, "goal": 50, "cornered": -10, "shaping:near_goal": 3},
         ("goal", "3 × near_goal", True)),
        ("box", {"step": -1, "goal": 50, "closer": 3}, ("", "", True)),
        ("coin", {"step": -1, "door": 10, "shaping:near_door": 1},
         ("published", "1 × near_door", True)),
        ("coin", {"coin": 10}, ("", "", True)),
        ("parcels", {"step": -1, "delivered": 10, "shaping:loaded": 5},
         ("goal", "5 × loaded", True)),
        # Pay for taking on and charge for losing: Φ = 5 with a parcel on board, written as events.
        ("parcels", {"step": -1, "picked_up": 5, "delivered": 5, "dumped": -5},
         ("goal", "5 × loaded", False)),
        ("parcels", {"step": -1, "picked_up": 5, "delivered": 5, "dumped": -3}, ("", "", True)),
        ("parcels", {"delivered": 1}, ("", "", True)),  # the goal itself: nothing was added
    ],
)  # fmt: skip
def test_what_learners_write_is_named_where_it_is_shaping(slug, terms, found):
    assert of(slug, **terms) == found


def test_a_shaped_published_reward_keeps_its_exploit_and_is_told_so():
    world = WORLDS["boat"]
    plain = attempt(world, Reward(dict(world.published)), "")
    shaped = attempt(world, Reward({**world.published, "shaping:on_arrow": 3.0}), "")
    assert shaped.actions == plain.actions
    assert in_words(plain) == ""
    assert in_words(shaped) == (
        "This is the published reward, plus potential-based shaping with Φ = 3 × on_arrow: each "
        "step adds exactly Φ(after) − Φ(before). What is earned on the way in is paid back on the "
        "way out. So what is best stays the same, exploit included."
    )


def test_shaping_that_a_function_writes_is_recognised_too():
    code = (
        "def reward(step):\n"
        "    phi = lambda there: 5 * there.loaded\n"
        "    return 10 * step.delivered - 1 + phi(step.after) - phi(step.before)"
    )
    one = attempt(WORLDS["parcels"], Reward(None, code), "")
    assert (one.shaping_of, one.shaping_kind, one.is_settled) == ("goal", "5 × loaded", True)
