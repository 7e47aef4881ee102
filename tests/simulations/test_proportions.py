"""Intervals, comparisons and their power: published values, values by hand, brute force, laws."""

import doctest
import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations import _binomial, _proportions, proportions
from proxygap.simulations._proportions import (
    difference_p,
    exact_interval,
    mcnemar_p,
    power_of_comparison,
    power_of_rule,
    rule_of_three,
    wilson_interval,
)

INTERVALS = pytest.mark.parametrize("interval", [wilson_interval, exact_interval])
ITEMS = (20, 40, 60, 80, 100, 120, 140, 160, 200)


def test_wilsons_interval_of_a_published_case():
    # Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@st.composite
def counts(draw, largest=60):
    trials = draw(st.integers(1, largest))
    return draw(st.integers(0, trials)), trials


def overlap_rule(n):
    """Say "different" only where the two Wilson intervals do not overlap."""
    low, high = wilson_interval(np.arange(n + 1), n)
    return (low[:, None] > high[None]) | (low[None] > high[:, None])


def z_rule(n):
    """Say "different" where the pooled z-test does."""
    k1, k2 = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
    pooled = (k1 + k2) / (2 * n)
    spread = np.sqrt(2 * pooled * (1 - pooled) / n)
    return np.abs(k1 - k2) / n > 1.959964 * spread


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(_proportions).failed == 0
    assert doctest.testmod(_binomial).failed == 0


def test_the_package_offers_them_as_proportions():
    assert proportions.wilson_interval is wilson_interval


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # Percent, one decimal, as the course's research notes have them.
    [(2, 40, 1.4, 16.5), (6, 40, 7.1, 29.1), (5, 100, 2.2, 11.2), (15, 100, 9.3, 23.3),
     (7, 140, 2.4, 10.0), (21, 140, 10.0, 21.8), (0, 20, 0, 16.1), (0, 60, 0, 6.0),
     (0, 100, 0, 3.7)],
)  # fmt: skip
def test_wilson_intervals_in_percent(successes, trials, low, high):
    ends = wilson_interval(successes, trials)
    assert [round(100 * float(end), 1) for end in ends] == [low, high]


def test_wilson_by_hand():
    # Half of n: centre 1/2, half width z/(2√(n + z²)). At confidence 0.95, z² = 3.841459.
    low, high = wilson_interval(50, 100)
    half = math.sqrt(3.841459) / (2 * math.sqrt(103.841459))
    assert (low, high) == (pytest.approx(0.5 - half), pytest.approx(0.5 + half))
    # None of n: z²/(n + z²).
    assert wilson_interval(0, 60)[1] == pytest.approx(3.841459 / 63.841459)


def test_wilson_solves_the_equation_that_defines_it():
    # |k/n − p| = z √(p(1−p)/n) at both ends.
    for end in wilson_interval(7, 31, 0.9):
        assert abs(7 / 31 - end) == pytest.approx(1.644854 * math.sqrt(end * (1 - end) / 31))


@pytest.mark.parametrize(
    ("successes", "trials", "confidence", "low", "high"),
    [
        (0, 60, 0.95, 0, 1 - 0.025 ** (1 / 60)),
        (60, 60, 0.95, 0.025 ** (1 / 60), 1),
        (1, 2, 0.95, 1 - math.sqrt(0.975), math.sqrt(0.975)),  # p² = 0.975
        (1, 10, 0.95, 0.0025286, 0.4450161),  # tables of Clopper and Pearson
        (0, 100_000, 0.90, 0, 2.9957e-5),
    ],
)
def test_exact_intervals_by_hand(successes, trials, confidence, low, high):
    ends = exact_interval(successes, trials, confidence)
    assert [float(end) for end in ends] == pytest.approx([low, high], rel=1e-4, abs=1e-12)


@given(counts())
def test_at_the_ends_of_an_exact_interval_each_tail_is_two_and_a_half_percent(k_of_n):
    k, n = k_of_n
    low, high = exact_interval(k, n)
    if k > 0:
        at_least = sum(math.comb(n, j) * low**j * (1 - low) ** (n - j) for j in range(k, n + 1))
        assert at_least == pytest.approx(0.025, rel=1e-6)
    if k < n:
        at_most = sum(math.comb(n, j) * high**j * (1 - high) ** (n - j) for j in range(k + 1))
        assert at_most == pytest.approx(0.025, rel=1e-6)


@INTERVALS
@given(k_of_n=counts(), confidence=st.sampled_from([0.8, 0.95, 0.99]))
def test_an_interval_holds_its_share_and_mirrors(interval, k_of_n, confidence):
    k, n = k_of_n
    low, high = interval(k, n, confidence)
    assert 0 <= low <= k / n <= high <= 1
    mirrored = interval(n - k, n, confidence)
    assert (1 - high, 1 - low) == (pytest.approx(mirrored[0]), pytest.approx(mirrored[1]))


@INTERVALS
def test_intervals_of_a_row_are_the_intervals_of_its_members(interval):
    lows, highs = interval([0, 3, 5], [5, 5, 5])
    for k, low, high in zip([0, 3, 5], lows, highs, strict=True):
        assert (low, high) == interval(k, 5)


@INTERVALS
def test_nothing_asked_nothing_known(interval):
    assert interval(0, 0) == (0, 1)


def test_the_exact_interval_covers_and_wilsons_does_so_on_average():
    n, rates = 40, np.linspace(0.01, 0.99, 99)
    chance = np.array([_binomial.binomial(n, p) for p in rates])
    for interval, least, mean in ((exact_interval, 0.95, 0.95), (wilson_interval, 0.83, 0.945)):
        low, high = interval(np.arange(n + 1), n)
        held = (low <= rates[:, None]) & (rates[:, None] <= high)
        coverage = (chance * held).sum(axis=1)
        assert coverage.min() >= least
        assert coverage.mean() >= mean


def test_the_rule_of_three_is_the_exact_one_sided_bound_but_for_a_fiftieth_of_it():
    for n in (60, 100, 1000, 100_000):
        exact = 1 - 0.05 ** (1 / n)
        assert exact <= rule_of_three(n) <= 1.03 * exact
    assert rule_of_three([1, 2, 3, 30]).tolist() == [1, 1, 1, 0.1]


@pytest.mark.parametrize(
    ("only_first", "only_second", "p"),
    [
        (0, 0, 1), (1, 0, 1), (5, 0, 2 / 32), (0, 6, 2 / 64), (4, 4, 1),
        (1, 6, 2 * 8 / 128),  # 1 + 7 ways of at most one head in seven
        (2, 10, 2 * (1 + 12 + 66) / 4096),
    ],
)  # fmt: skip
def test_mcnemar_by_hand(only_first, only_second, p):
    assert mcnemar_p(only_first, only_second) == pytest.approx(p)
    assert mcnemar_p(only_second, only_first) == pytest.approx(p)


@pytest.mark.parametrize(
    ("table", "p"),
    [
        ((3, 4, 1, 4), 34 / 70),  # the lady tasting tea: 16 + 16 + 1 + 1 of 70 ways
        ((4, 4, 0, 4), 2 / 70),
        ((1, 10, 11, 14), 0.002759),  # fisher1934's twins as every package prints them
        ((0, 5, 0, 9), 1),
        ((0, 0, 3, 9), 1),
    ],
)
def test_fisher_by_hand(table, p):
    assert difference_p(*table) == pytest.approx(p, rel=1e-3)


@given(counts(12), counts(12))
def test_fisher_is_symmetric_and_agrees_with_listing_every_table(first, second):
    (k1, n1), (k2, n2) = first, second
    total = k1 + k2
    ways = {k: math.comb(n1, k) * math.comb(n2, total - k)
            for k in range(max(0, total - n2), min(n1, total) + 1)}  # fmt: skip
    listed = sum(w for w in ways.values() if w <= ways[k1]) / math.comb(n1 + n2, total)
    assert difference_p(k1, n1, k2, n2) == pytest.approx(listed)
    assert difference_p(k2, n2, k1, n1) == pytest.approx(listed)
    assert difference_p(n1 - k1, n1, n2 - k2, n2) == pytest.approx(listed)


@pytest.mark.parametrize(
    ("how", "powers"),
    [
        (None, (0.07, 0.18, 0.33, 0.48, 0.59, 0.67, 0.76, 0.82, 0.90)),
        (0, (None, 0.18, 0.32, 0.46, 0.58, None, 0.75, None, None)),
        (1, (None, 0.21, 0.55, 0.83, 0.94, None, 1.0, None, None)),
    ],
)
def test_the_power_to_tell_five_percent_from_fifteen(how, powers):
    # The research notes simulated the paired rows: two standard errors are 0.015.
    wanted = [(n, power) for n, power in zip(ITEMS, powers, strict=True) if power is not None]
    found = power_of_comparison(0.05, 0.15, [n for n, _ in wanted], paired=how)
    assert found.tolist() == pytest.approx([power for _, power in wanted], abs=0.0151)


@pytest.mark.parametrize(
    ("rule", "powers"),
    [
        (z_rule, (0.15, 0.35, 0.46, 0.57, 0.68, 0.76, 0.81, 0.87, 0.93)),
        (overlap_rule, (0.01, 0.05, 0.15, 0.25, 0.34, 0.42, 0.52, 0.59, 0.73)),
    ],
)
def test_the_power_of_two_other_rules(rule, powers):
    found = [power_of_rule(rule(n), 0.05, 0.15) for n in ITEMS]
    assert found == pytest.approx(powers, abs=0.0051)


def test_the_power_on_nested_failures_by_hand():
    # The better model never fails alone, so p ≤ 0.05 takes six items: 2/2⁶ = 0.031.
    chance = sum(math.comb(40, k) * 0.1**k * 0.9 ** (40 - k) for k in range(6, 41))
    assert power_of_comparison(0.05, 0.15, 40, paired=1) == pytest.approx(chance)


def test_the_power_on_shared_items_agrees_with_listing_every_outcome():
    n, p1, p2 = 9, 0.2, 0.7
    both = p1 * p2 + 0.5 * (p1 - p1 * p2)
    b, c = p1 - both, p2 - both
    listed = sum(
        math.comb(n, i) * math.comb(n - i, j) * b**i * c**j * (1 - b - c) ** (n - i - j)
        for i, j in itertools.product(range(n + 1), repeat=2)
        if i + j <= n and mcnemar_p(i, j) <= 0.05
    )
    assert power_of_comparison(p1, p2, n, paired=0.5) == pytest.approx(listed)


@pytest.mark.parametrize("paired", [None, 0.0, 0.5])
@pytest.mark.parametrize("rate", [0.05, 0.3, 0.5])
def test_two_equal_models_are_called_different_at_most_in_one_case_of_twenty(paired, rate):
    assert (power_of_comparison(rate, rate, [10, 40, 150], paired=paired) <= 0.05 + 1e-12).all()


def test_two_models_that_always_do_the_same_are_never_called_different():
    assert power_of_comparison(0.2, 0.2, 150, paired=1) == 0
    assert power_of_comparison(0.0, 0.0, 150) == 0


def test_none_against_all_is_found_as_soon_as_it_can_be():
    # Fisher: 2/70 at four items each. McNemar: 2/2⁶ at six.
    assert power_of_comparison(0, 1, [3, 4]).tolist() == [0, 1]
    assert power_of_comparison(0, 1, [5, 6], paired=0).tolist() == pytest.approx([0, 1])


def test_the_power_agrees_with_a_thousand_comparisons_of_drawn_answers():
    rng, runs, n = np.random.default_rng(5), 1000, 60
    k1, k2 = rng.binomial(n, 0.05, runs), rng.binomial(n, 0.15, runs)
    found = (difference_p(k1, n, k2, n) <= 0.05).mean()
    power = power_of_comparison(0.05, 0.15, n)
    assert found == pytest.approx(power, abs=4 * math.sqrt(power * (1 - power) / runs))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: wilson_interval(7, 5), "7 of 5 is no count"),
        (lambda: exact_interval(0.5, 5), "0.5 of 5 is no count"),
        (lambda: mcnemar_p(-1, 5), "-1 of 4 is no count"),
        (lambda: difference_p(1, 5, 9, 5), "9 of 5 is no count"),
        (lambda: wilson_interval(1, 5, 95), "confidence is 95"),
        (lambda: power_of_comparison(5, 15, 60), "5 % is 0.05"),
        (lambda: power_of_comparison(0.05, 0.15, 60, paired=2), "paired is 2"),
    ],
)
def test_impossible_numbers_are_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
