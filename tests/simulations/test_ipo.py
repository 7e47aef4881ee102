"""IPO and DPO on two replies: where each ends, by hand and by another route."""

import numpy as np
import pytest

from proxygap.simulations import get
from proxygap.simulations._dpo import fit_table
from proxygap.simulations._preference_losses import Dpo, Ipo
from proxygap.simulations.ipo import PRICES, descend, dpo_aim, ipo_aim

IPO = get("ipo")
EVEN = np.array([0.5, 0.5])


@pytest.mark.parametrize("price", PRICES)
@pytest.mark.parametrize("agree", [0.5, 0.75, 0.99])
def test_both_aims_are_where_newton_ends(price, agree):
    wins = np.array([[0, agree], [1 - agree, 0]])
    assert fit_table(EVEN, wins, Dpo(price))[0] == pytest.approx(dpo_aim(price, agree), abs=1e-5)
    assert fit_table(EVEN, wins, Ipo(price))[0] == pytest.approx(ipo_aim(price, agree), abs=1e-5)


def test_unanimous_raters_by_hand():
    # σ(5), σ(½), σ(0.05): azar2024, section 5.
    for tau, expected in ((0.1, 0.99331), (1.0, 0.62246), (10.0, 0.51250)):
        assert ipo_aim(tau, 1.0) == pytest.approx(expected, abs=1e-5)


def test_dpo_passes_any_ceiling_in_the_end():
    # Of u + eᵘ = 1 + ηβ²t, the solution of the flow with β = 1: after t steps u is about log(ηt).
    steps = np.array([100, 1000, 10_000])
    gaps = descend(Dpo(1.0), 1.0, steps)
    np.testing.assert_allclose(gaps + np.exp(gaps), 1 + 0.4 * steps, rtol=0.02)


def test_raters_who_are_split_evenly_move_nothing():
    result = IPO.run_at(agree=0.5)
    np.testing.assert_allclose(result["dpo"], 0.5)
    np.testing.assert_allclose(result["ipo"], 0.5)


def test_a_higher_price_holds_both_closer_to_the_start():
    ends = [(IPO.run_at(price=price, agree=0.9)["final_dpo"],
             IPO.run_at(price=price, agree=0.9)["final_ipo"]) for price in PRICES]  # fmt: skip
    for column in zip(*ends, strict=True):
        assert list(column) == sorted(column, reverse=True)
