"""What errors cost: the worked numbers, the two flips of the ranking, the interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations._expected_cost import (
    Counts,
    Workload,
    break_even,
    estimated_cost,
    expected_cost,
)

RATES = {"cautious": (0.45, 0.02), "balanced": (0.12, 0.06), "obliging": (0.03, 0.35)}
REGULATED, CREATIVE = Workload(0.02, 3, 5000), Workload(0.002, 8, 200)
RESEARCH = Workload(0.001, 15, 500)


def costs(work: Workload) -> dict[str, float]:
    return {name: float(expected_cost(work, *rates)) for name, rates in RATES.items()}


def cheapest(work: Workload) -> str:
    return min(costs(work), key=costs(work).__getitem__)


@pytest.mark.parametrize(
    ("work", "worked"),
    [
        (REGULATED, (3.32, 6.35, 35.1)),
        (CREATIVE, (3.60, 0.98, 0.38)),
        (RESEARCH, (6.75, 1.83, 0.62)),
    ],
)
def test_the_worked_numbers(work, worked):
    assert tuple(costs(work).values()) == pytest.approx(worked, rel=0.01)


def test_the_ranking_flips_between_workloads():
    assert cheapest(REGULATED) == "cautious"
    assert cheapest(CREATIVE) == cheapest(RESEARCH) == "obliging"


def test_the_regulated_ranking_flips_when_a_refusal_costs_a_missed_diagnosis():
    assert cheapest(REGULATED._replace(refusal=200)) == "balanced"
    assert cheapest(REGULATED._replace(refusal=2000)) == "obliging"


def test_at_the_break_even_prevalence_two_models_cost_the_same():
    share = break_even(3, 5000, RATES["cautious"], RATES["balanced"])
    # 3·0.33 = 0.99 saved on each harmless request, 5000·0.04 = 200 risked on each harmful one.
    assert share == pytest.approx(0.99 / 200.99)
    cost = costs(Workload(share, 3, 5000))
    assert cost["cautious"] == pytest.approx(cost["balanced"])


@pytest.mark.parametrize("second", [(0.5, 0.03), (0.45, 0.02)])
def test_no_prevalence_breaks_even_with_a_model_that_is_worse_or_the_same_in_both(second):
    assert break_even(3, 5000, (0.45, 0.02), second) is None


def test_a_cost_with_one_error_has_that_errors_wilson_interval():
    cost = estimated_cost(Workload(0.0, 1000, 1), Counts(6, 40), Counts(1, 60))
    assert cost == pytest.approx((150, 71, 291), abs=1)


def test_the_interval_holds_what_it_promises():
    rng = np.random.default_rng(5)
    work, (over, harmful) = REGULATED, RATES["balanced"]
    true = float(expected_cost(work, over, harmful))
    hits = 0
    for _ in range(600):
        cost = estimated_cost(
            work, Counts(rng.binomial(150, over), 150), Counts(rng.binomial(60, harmful), 60)
        )
        hits += cost.low <= true <= cost.high
    # 95 % of 600 within four standard errors; Wilson's interval errs on the wide side here.
    assert hits / 600 > 0.95 - 4 * np.sqrt(0.95 * 0.05 / 600)


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0, 1), st.floats(0, 1e4))
def test_the_interval_holds_the_estimate(errors, harms, prevalence, price):
    work = Workload(prevalence, price, 2 * price)
    cost = estimated_cost(work, Counts(errors, 40), Counts(harms, 40))
    assert 0 <= cost.low <= cost.value + 1e-9
    assert cost.value <= cost.high + 1e-9
