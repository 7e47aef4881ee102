"""Best-of-n over discrete scores: by hand, by brute force, by its limits."""

import doctest
import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from proxygap.simulations import _order_statistics
from proxygap.simulations._order_statistics import best_of_n, kl, kl_bound, nakano_weights

SIZES = st.sampled_from([1, 2, 3, 7, 100, 60_000])


@st.composite
def bases(draw):
    """A base distribution with scores that may tie."""
    weights = draw(arrays(float, st.integers(1, 12), elements=st.floats(0.01, 1)))
    scores = draw(arrays(int, len(weights), elements=st.integers(0, 5)))
    return weights / weights.sum(), scores


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(_order_statistics).failed == 0


def test_the_better_of_two_by_hand():
    # A coin with P(1) = 1/4: both draws are 0 with probability 9/16.
    np.testing.assert_allclose(best_of_n([0.75, 0.25], [0, 1], 2), [9 / 16, 7 / 16])


def test_answers_that_tie_share_by_their_probability():
    chosen = best_of_n([0.5, 0.1, 0.4], [0, 1, 1], 3)
    np.testing.assert_allclose(chosen, [0.125, 0.875 * 0.2, 0.875 * 0.8])


@given(bases(), st.integers(1, 3))
def test_it_agrees_with_listing_every_draw(base_and_scores, n):
    base, scores = base_and_scores
    base, scores = base[:5] / base[:5].sum(), scores[:5]
    listed = np.zeros(len(base))
    for draws in itertools.product(range(len(base)), repeat=n):
        best = scores[list(draws)].max()
        winners = [answer for answer in draws if scores[answer] == best]
        for answer in winners:
            listed[answer] += base[list(draws)].prod() / len(winners)
    np.testing.assert_allclose(best_of_n(base, scores, n), listed, atol=1e-12)


@given(bases(), SIZES)
def test_it_is_a_distribution_and_never_further_from_the_base_than_the_bound(base_and_scores, n):
    base, scores = base_and_scores
    chosen = best_of_n(base, scores, n)
    assert chosen.min() >= 0
    assert chosen.sum() == pytest.approx(1)
    assert -1e-9 <= kl(chosen, base) <= kl_bound(n) + 1e-9


@given(bases(), SIZES)
def test_only_the_order_of_the_scores_matters(base_and_scores, n):
    base, scores = base_and_scores
    np.testing.assert_array_equal(best_of_n(base, scores, n), best_of_n(base, np.exp(scores), n))


@given(bases())
def test_one_answer_is_no_choice_and_many_find_the_best_score(base_and_scores):
    base, scores = base_and_scores
    np.testing.assert_allclose(best_of_n(base, scores, 1), base)
    best = base * (scores == scores.max())
    np.testing.assert_allclose(best_of_n(base, scores, 1e9), best / best.sum(), atol=1e-6)


def test_a_score_of_one_in_a_billion_billions_keeps_its_digits():
    rare = 1e-18
    chosen = best_of_n([1 - rare, rare], [0, 1], 1000)
    assert chosen[1] == pytest.approx(1000 * rare, rel=1e-9)


@pytest.mark.parametrize(
    ("n", "nats"),
    # beirami2024 and the numbers that gao2023 quotes: 6 nats at 1,000, 10 at 60,000.
    [(1, 0), (2, 0.1931), (4, 0.6363), (16, 1.8351), (256, 4.5491), (1000, 5.9088),
     (60_000, 10.0021)],
)  # fmt: skip
def test_the_bound_as_published(n, nats):
    assert kl_bound(n) == pytest.approx(nats, abs=1e-4)


@pytest.mark.parametrize("grades", [2, 10])
def test_ties_cap_the_divergence_at_the_log_of_the_number_of_grades(grades):
    base = np.full(grades, 1 / grades)
    assert kl(best_of_n(base, np.arange(grades), 60_000), base) == pytest.approx(math.log(grades))


@given(st.integers(2, 40), st.data())
def test_each_estimate_from_samples_is_a_mean_over_them(samples, data):
    size = data.draw(st.integers(1, samples))
    (weights,) = nakano_weights(samples, [size])
    assert weights.sum() == pytest.approx(1)
    assert (np.diff(weights) >= -1e-12).all()


def test_the_estimate_is_the_mean_over_all_subsets():
    values = np.array([3.0, -1.0, 7.0, 2.0, 5.0])  # sorted by some score
    for n in range(1, 6):
        subsets = list(itertools.combinations(range(5), n))
        mean = np.mean([values[max(subset)] for subset in subsets])
        assert nakano_weights(5, [n])[0] @ values == pytest.approx(mean)


def test_the_estimate_is_unbiased_for_the_best_of_n_normal_numbers():
    # arnold2008: E[max of 4] = 1.0294. 400 sets of 64 samples.
    samples = np.sort(np.random.default_rng(3).normal(size=(400, 64)), axis=1)
    estimates = samples @ nakano_weights(64, [4])[0]
    standard_error = estimates.std(ddof=1) / 20
    assert estimates.mean() == pytest.approx(1.0294, abs=5 * standard_error)
