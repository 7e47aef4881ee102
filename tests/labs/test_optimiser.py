"""The optimiser against the course's own planner, and against everything that it did not do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.labs.write_the_reward.layouts import layouts
from proxygap.labs.write_the_reward.optimiser import Pay, exploit, paid, performed, retrace
from proxygap.labs.write_the_reward.rewards import pay_of_terms
from proxygap.labs.write_the_reward.worlds import WORLDS
from proxygap.simulations._planning import plan_episode
from proxygap.simulations._world import World

SLUGS = st.sampled_from(list(WORLDS))
POINTS = st.integers(-300, 300).map(lambda hundredths: hundredths / 100)


def drawn(slug: str, data: st.DataObject):
    world = WORLDS[slug]
    terms = {name: data.draw(POINTS, label=name) for name in world.fields}
    return world, layouts(world), pay_of_terms(world, layouts(world), terms)


@settings(max_examples=25, deadline=None)
@given(SLUGS, st.data())
def test_it_earns_what_backward_induction_says_is_the_most(slug, data):
    world = WORLDS[slug]
    terms = {name: data.draw(POINTS, label=name) for name in world.terms}
    arrays = layouts(world)
    pay = pay_of_terms(world, arrays, terms)
    plan = plan_episode(World(arrays.next_state, pay.each, arrays.performance, 0, world.steps))
    earned = paid(pay, exploit(arrays, pay, world.steps))[-1]
    # A point of performance is nudged by a millionth, so that much may be given away.
    np.testing.assert_allclose(earned, plan.value[0][arrays.starts], atol=1e-2)


@settings(max_examples=25, deadline=None)
@given(SLUGS, st.data(), st.integers(0, 2**32 - 1))
def test_nobody_earns_more(slug, data, seed):
    world, arrays, pay = drawn(slug, data)
    best = paid(pay, exploit(arrays, pay, world.steps))[-1]
    random = np.random.default_rng(seed).integers(0, 4, (world.steps, 6))
    assert (paid(pay, retrace(arrays, random))[-1] <= best + 1e-2).all()


@pytest.mark.parametrize("world", WORLDS.values(), ids=lambda world: world.slug)
def test_where_everything_pays_the_same_the_worst_is_shown(world):
    arrays = layouts(world)
    nothing = Pay(np.zeros(arrays.performance.shape), np.zeros(arrays.performance.shape))
    shown = performed(arrays, exploit(arrays, nothing, world.steps))[-1]
    worst = plan_episode(
        World(arrays.next_state, -arrays.performance, arrays.performance, 0, world.steps)
    )
    np.testing.assert_allclose(shown, -worst.value[0][arrays.starts])


def test_the_last_step_has_a_pay_of_its_own():
    world = WORLDS["boat"]
    arrays = layouts(world)
    nothing = np.zeros(arrays.performance.shape)
    pay = Pay(nothing, arrays.facts["bump"])
    paths = exploit(arrays, pay, world.steps)
    assert (paid(pay, paths)[-2:, 0] == [0, 1]).all()


@settings(max_examples=20, deadline=None)
@given(SLUGS, st.integers(0, 2**32 - 1))
def test_shaping_adds_the_same_to_every_path(slug, seed):
    # ng1999, theorem 1: what is left of Φ is what it was at the start.
    world = WORLDS[slug]
    arrays = layouts(world)
    measure = world.potential[0]
    pay = pay_of_terms(world, arrays, {f"shaping:{measure}": 2.5})
    random = np.random.default_rng(seed).integers(0, 4, (world.steps, 6))
    total = paid(pay, retrace(arrays, random))[-1]
    np.testing.assert_allclose(total, -2.5 * arrays.measures[measure][arrays.starts], atol=1e-9)
