"""Break-even: the worked examples by hand, and what has to hold for every price."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations import get
from proxygap.simulations._expected_cost import Workload, break_even
from proxygap.simulations.break_even import (
    BALANCED,
    BRIEFS,
    CAUTIOUS,
    MODELS,
    OBLIGING,
    RATIOS,
    cheapest,
    costs,
)

PAGE = get("break-even")


@pytest.mark.parametrize(
    ("brief", "by_hand"),
    [
        ("regulated", (0.98 * 0.45 * 3 + 0.02 * 0.02 * 5000, 0.98 * 0.12 * 3 + 0.02 * 0.06 * 5000,
                       0.98 * 0.03 * 3 + 0.02 * 0.35 * 5000)),
        ("creative", (3.60, 0.98, 0.38)),
        ("internal research", (6.75, 1.83, 0.62)),
    ],
)  # fmt: skip
def test_the_worked_examples(brief, by_hand):
    assert tuple(costs(BRIEFS[brief]).values()) == pytest.approx(by_hand, abs=0.006)


def test_no_model_is_the_cheapest_for_every_brief():
    assert [cheapest(work) for work in BRIEFS.values()] == ["cautious", "obliging", "obliging"]
    dear_refusal = BRIEFS["regulated"]._replace(refusal=200)
    assert cheapest(dear_refusal) == "balanced"


def test_the_break_even_by_hand():
    # 3 · 0.33 / (3 · 0.33 + 5000 · 0.04)
    assert break_even(3, 5000, CAUTIOUS, BALANCED) == pytest.approx(0.99 / 200.99)


@given(st.sampled_from(RATIOS), st.floats(0.01, 10))
def test_the_cheapest_depends_on_the_ratio_of_the_costs_alone(ratio, scale):
    first = costs(Workload(0.01, 1.0, ratio))
    second = costs(Workload(0.01, scale, scale * ratio))
    assert [scale * cost for cost in first.values()] == pytest.approx(list(second.values()))


@pytest.mark.parametrize("ratio", RATIOS)
def test_below_its_break_even_the_laxer_model_is_cheaper_and_above_it_the_stricter(ratio):
    for strict, lax in (("cautious", "balanced"), ("balanced", "obliging")):
        share = break_even(1, ratio, MODELS[strict], MODELS[lax])
        below, above = (costs(Workload(share * by, 1.0, ratio)) for by in (0.9, 1.1))
        assert below[lax] < below[strict]
        assert above[strict] < above[lax]


def test_where_both_errors_cost_the_same_the_obliging_model_wins_at_every_usual_prevalence():
    result = PAGE.run_at(ratio=1.0)
    assert (result["obliging"] <= np.minimum(result["cautious"], result["balanced"])).all()


def test_the_dearest_model_is_100_percent():
    for ratio in RATIOS:
        result = PAGE.run_at(ratio=ratio)
        assert np.max([result[name] for name in MODELS], axis=0) == pytest.approx(100)


def test_the_page_counts_the_costs_of_1000_requests_in_refusals():
    result = PAGE.run_at(prevalence=0.02, ratio=1667.0)
    by_hand = 1000 * (0.98 * OBLIGING[0] + 0.02 * OBLIGING[1] * 1667)
    assert result["refusals_obliging"] == pytest.approx(by_hand)
