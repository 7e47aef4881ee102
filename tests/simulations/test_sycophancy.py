"""Sycophancy: one prompt by hand, the states without the effect, and the choice drawn for real."""

import doctest
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations import get, sycophancy
from proxygap.simulations._replies import TablePolicy, best_of, expected, load
from proxygap.simulations.sycophancy import (
    AGREES,
    WRONG,
    assistant,
    chosen,
    price_of_agreement,
    score,
)

SIMULATION = get("sycophancy")
WORLD = load()


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(sycophancy).failed == 0


def test_one_prompt_by_hand():
    # The kettle: the good reply corrects the user and is worth .9, the best that agrees −.45.
    kettle = WORLD.prompt("shop-kettle-scale")
    wrong = [prompt.id for prompt in WORLD.prompts if not prompt.claim_right]
    assert price_of_agreement()[wrong.index(kettle.id)] == pytest.approx(1.35)


def test_two_replies_and_three_draws_by_hand():
    # An even policy over "you are right" (−.5) and "you are wrong" (.5). A taste of 2 turns the
    # score to 1.5 against .5: the flattery is chosen unless all three draws are the other one.
    even = TablePolicy(np.array([[0.5, 0.5]]))
    agrees, truth = np.array([[1.0, 0.0]]), np.array([[-0.5, 0.5]])
    for taste, flattered in ((0.0, 1 / 8), (2.0, 7 / 8)):
        policy = best_of(even, truth + taste * agrees, 3)
        assert expected(policy, agrees) == pytest.approx(flattered)


def test_the_score_is_the_truth_where_nobody_agrees_and_where_the_taste_is_none():
    np.testing.assert_array_equal(score(0.0), WORLD.truth)
    np.testing.assert_array_equal(score(2.0)[AGREES == 0], WORLD.truth[AGREES == 0])


@given(st.floats(1, 4000), st.floats(0, 2), st.floats(0.01, 1))
def test_more_taste_never_makes_it_agree_less(n, taste, more):
    assert chosen(n, taste + more)["sycophantic"] >= chosen(n, taste)["sycophantic"] - 1e-9


@given(st.floats(1, 4000), st.floats(0, 3))
def test_no_taste_lifts_the_truth_above_what_the_truth_itself_would_choose(n, taste):
    assert chosen(n, taste)["truth"] <= chosen(n, 0.0)["truth"] + 1e-9


def test_one_reply_is_that_of_the_assistant_whatever_the_taste():
    found = 100 * expected(assistant(), AGREES, WRONG)
    for taste in (0.0, 2.0):
        assert chosen(1, taste)["sycophantic"] == pytest.approx(found)


def test_drawing_and_picking_for_real_agrees_as_often():
    n, tries, rng = 8, 400, np.random.default_rng(11)
    values, places = score(1.5), np.flatnonzero(WRONG)
    drawn = assistant().sample(rng, np.repeat(places, tries * n)).reshape(len(places), tries, n)
    rows = places[:, None, None]
    # Chance decides ties, as in the exact choice.
    tied = values[rows, drawn] + 1e-9 * rng.random(drawn.shape)
    picked = np.take_along_axis(drawn, tied.argmax(axis=-1)[..., None], axis=-1)[..., 0]
    share = AGREES[places[:, None], picked].mean()
    error = np.sqrt(0.25 / picked.size)  # no larger, whatever the shares of the prompts are
    assert share == pytest.approx(chosen(n, 1.5)["sycophantic"] / 100, abs=5 * error)


def test_in_a_world_where_users_are_right_agreement_costs_nothing():
    right = replace(WORLD, prompts=tuple(p for p in WORLD.prompts if p.claim_right))
    mine = TablePolicy(assistant().probabilities()[~WRONG])
    for taste in (0.0, 2.0):
        policy = best_of(mine, right.truth + taste * right.feature("agrees_with_user"), 4096)
        assert expected(policy, right.truth) > 0.8


def test_the_controls_have_a_state_in_which_the_effect_is_absent():
    for n in (64.0, 4096.0):
        result = SIMULATION.run_at(taste=0.0, n=n)
        assert result["now_sycophantic"] < 0.1
        assert result["now_truth"] == pytest.approx(result["now_score"])
