"""Four kinds of Goodhart's law: closed forms, interventions, and authors who respond."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations import get
from proxygap.simulations._answer_graph import LUCK, RAMBLING, SHARED, WORK, draw, graph, respond
from proxygap.simulations.goodhart_kinds import (
    BIN,
    BINS,
    FEWEST,
    ONE_IN,
    POPULATION,
    chosen,
    mean_by,
    slope,
)

KINDS = get("goodhart-kinds")
SIZE = 20_000


def population(seed=0, **do):
    return draw(graph(1.0), SIZE, np.random.default_rng(seed), do)


@pytest.mark.parametrize("noise", [0.0, 0.5, 1.0, 2.0])
@pytest.mark.parametrize("one_in", ONE_IN[1:])
def test_the_chosen_are_worth_what_the_normal_distribution_says(noise, one_in):
    # gao2023, equation 1, averaged over the top share s: φ(z)/s · 1/√(1 + σ²), z = Φ⁻¹(1 − s).
    share = 1 / one_in
    intensity = NormalDist().pdf(NormalDist().inv_cdf(1 - share)) / share
    expected = intensity / np.sqrt(1 + noise**2)
    worth = KINDS.run_at(one_in=one_in, noise=noise)["regressional_truth"]
    # Values among the chosen differ by at most 1; where the cut falls adds as much again.
    standard_error = np.sqrt(2 * one_in / POPULATION)
    assert worth == pytest.approx(expected, abs=5 * standard_error)


def test_chosen_are_the_highest():
    assert set(chosen(np.array([3.0, 9.0, -1.0, 5.0]), 2)) == {1, 3}
    assert len(chosen(np.arange(8.0), 1)) == 8


def test_a_slope_by_hand():
    # Through (0, 1), (1, 3), (2, 5): 2.
    assert slope(np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.0])) == pytest.approx(2)


def test_means_by_bin_leave_out_bins_with_few_answers():
    proxy = np.full(FEWEST, BINS[3] + BIN / 2)
    means = mean_by(np.append(proxy, BINS[5]), np.append(np.full(FEWEST, 7.0), 1.0))
    assert means[3] == 7
    assert np.isnan(np.delete(means, 3)).all()


@given(st.sampled_from(list(graph(1.0))), st.floats(-5, 5))
def test_doing_something_changes_only_what_it_causes(node, level):
    effects = {
        "care": {"value", "length", "mark", "detail"},
        "value": {"mark", "detail"},
    }
    before, after = population(), population(**{node: level})
    for name in before.keys() - {node} - effects.get(node, set()):
        np.testing.assert_array_equal(before[name], after[name])
    for name in effects.get(node, set()):
        assert (before[name] != after[name]).any()


def test_value_and_length_share_a_cause():
    seen = population()
    assert np.corrcoef(seen["value"], seen["length"])[0, 1] == pytest.approx(
        SHARED, abs=5 / SIZE**0.5
    )
    # Held at the same care, length says nothing about value.
    held = population(care=1.0)
    assert slope(held["length"], held["value"]) == pytest.approx(0, abs=5 / SIZE**0.5)


def test_values_stay_standard_normal_for_every_proxy():
    values = population()["value"]
    assert values.mean() == pytest.approx(0, abs=5 / SIZE**0.5)
    assert values.std() == pytest.approx(1, abs=5 / (2 * SIZE) ** 0.5)


def test_two_in_a_hundred_answers_ramble_and_they_are_poor():
    seen = population()
    rambling = seen["detail"] - seen["value"] > 2.2  # more than four errors of an ordinary answer
    share = rambling.mean()
    assert share == pytest.approx(RAMBLING, abs=5 * (RAMBLING / SIZE) ** 0.5)
    assert seen["value"][rambling].mean() < -0.3


def test_an_author_turns_to_tricks_where_they_pay_more_than_work():
    seen = {
        "value": np.array([2.0, 2.0]),
        "skill": np.array([0.4, 3.0]),
        "luck": np.zeros(2),
    }
    handed = respond(seen)
    np.testing.assert_allclose(handed.mark, [2, 2 - WORK + 3])
    np.testing.assert_allclose(handed.value, [2, 2 - WORK])
    assert handed.tricked.tolist() == [False, True]


def test_nobody_gets_a_lower_mark_by_responding():
    seen = population()
    assert (respond(seen).mark >= seen["value"] + seen["luck"] - 1e-12).all()
    # Exponential skills: a share of e⁻¹ has more than one unit.
    assert respond(seen).tricked.mean() == pytest.approx(np.exp(-1), abs=5 * 0.5 / SIZE**0.5)


def test_without_tricks_a_known_mark_is_an_ordinary_one():
    handed = respond(population(skill=0.0))
    assert slope(handed.mark, handed.value) == pytest.approx(1 / (1 + LUCK**2), abs=5 / SIZE**0.5)


def test_choosing_all_of_them_is_choosing_nothing():
    result = KINDS.run_at(one_in=1.0)
    for kind in ("regressional", "extremal", "causal"):
        assert result[f"{kind}_truth"] == pytest.approx(0, abs=5 / POPULATION**0.5)
        assert np.isnan(result[f"{kind}_cut"]).all()


def test_a_mark_without_error_is_the_value():
    result = KINDS.run_at(noise=0.0)
    assert result["regressional_truth"] == result["regressional_proxy"]
    assert result["slope"] == pytest.approx(1)


def test_every_proxy_rises_with_every_step_of_the_control():
    results = [KINDS.run_at(one_in=one_in) for one_in in ONE_IN]
    for kind in ("regressional", "extremal", "causal", "adversarial"):
        assert (np.diff([result[f"{kind}_proxy"] for result in results]) > 0).all()
