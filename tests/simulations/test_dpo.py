"""DPO beside the closed form of RLHF: hand-worked cases, and what must hold of any prompt."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.simulations import get
from proxygap.simulations._dpo import fit_table
from proxygap.simulations._preference_losses import Dpo
from proxygap.simulations.dpo import (
    closed_form,
    draw_prompt,
    draw_wins,
    implicit_reward,
    preferences,
    total_variation,
)

DPO = get("dpo")


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), beta=st.floats(0.3, 3))
def test_with_all_preferences_known_it_is_the_closed_form_for_any_prompt(seed, beta):
    prompt = draw_prompt(np.random.default_rng(seed))
    fitted = fit_table(prompt.reference, preferences(prompt), Dpo(beta))
    aim = closed_form(prompt.reference, prompt.reward, beta)
    assert total_variation(fitted, aim) < 1e-6
    hidden = implicit_reward(fitted, prompt.reference, beta)
    np.testing.assert_allclose(hidden, prompt.reward, atol=1e-4)


def test_three_replies_by_hand():
    # Rewards log 1, log 2, log 4 and β = 1: the reference (½, ¼, ¼) becomes (2, 2, 4)/8.
    reward = np.log([1.0, 2.0, 4.0])
    assert closed_form(np.array([0.5, 0.25, 0.25]), reward, 1.0) == pytest.approx([0.25, 0.25, 0.5])
    # With β = ½ the rewards count twice: (8, 16, 64)/88 of (½·1, ¼·4, ¼·16) = (0.5, 1, 4)/5.5.
    halved = closed_form(np.array([0.5, 0.25, 0.25]), reward, 0.5)
    assert halved == pytest.approx(np.array([0.5, 1, 4]) / 5.5)


def test_total_variation_by_hand():
    assert total_variation(np.array([0.5, 0.5, 0]), np.array([0.25, 0.25, 0.5])) == 0.5


def test_drawn_wins_add_up_and_lean_to_the_better_reply():
    prompt = draw_prompt(np.random.default_rng(1))
    wins = draw_wins(prompt, 50_000, np.random.default_rng(2))
    assert wins.sum() == 50_000
    assert (np.diag(wins) == 0).all()
    share = wins / np.maximum(wins + wins.T, 1)
    off = ~np.eye(len(wins), dtype=bool)
    # About 263 comparisons a pair: a standard error is at most 0.031.
    assert np.abs(share - preferences(prompt))[off].max() < 0.15


def test_the_error_falls_with_every_tenfold_of_comparisons():
    for beta in (0.1, 0.5, 1.0, 2.0):
        error = DPO.run_at(beta=beta)["error"]
        assert (error[2::2] < error[:-2:2]).all()


def test_a_smaller_price_moves_the_policy_further_from_its_start():
    tallest = [DPO.run_at(beta=beta)["aim"].max() for beta in (2.0, 1.0, 0.5, 0.1)]
    assert tallest == sorted(tallest)
