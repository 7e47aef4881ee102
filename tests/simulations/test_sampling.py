"""Temperature and top-p against their closed forms and their limits."""

import doctest
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations import get, sampling
from proxygap.simulations._ngram import entropy, nucleus, reshaped, tempered
from proxygap.simulations.sampling import repeated, right_hour

SIMULATION = get("sampling")
CHANCES = st.lists(st.floats(0.01, 1), min_size=2, max_size=12).map(
    lambda weights: np.array(weights) / sum(weights)
)
SHARES = st.floats(0.05, 1)


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(sampling).failed == 0


def test_temperature_by_hand():
    # Squares of .5, .25, .25 are .25, .0625, .0625: 4, 1, 1 of 6. Roots of .64, .36: 8, 6 of 14.
    assert tempered(np.array([0.5, 0.25, 0.25]), 0.5) == pytest.approx([4 / 6, 1 / 6, 1 / 6])
    assert tempered(np.array([0.64, 0.36]), 2.0) == pytest.approx([8 / 14, 6 / 14])


def test_top_p_by_hand():
    chances = np.array([0.1, 0.4, 0.3, 0.2])
    assert nucleus(chances, 0.7) == pytest.approx([0, 4 / 7, 3 / 7, 0])
    assert nucleus(chances, 0.71) == pytest.approx([0, 4 / 9, 3 / 9, 2 / 9])
    assert nucleus(chances, 0.01) == pytest.approx([0, 1, 0, 0])
    assert nucleus(chances, 1.0) == pytest.approx(chances)


def test_a_nucleus_is_not_widened_by_rounding():
    # 0.1 + 0.2 is a little more than 0.3 in floating point, and ten tenths a little less than 1.
    assert (nucleus(np.array([0.7, 0.2, 0.1]), 0.7) > 0).tolist() == [True, False, False]
    assert (nucleus(np.full(10, 0.1), 1.0) > 0).all()
    assert (nucleus(np.full(10, 0.1), 0.8) > 0).sum() == 8


def test_what_was_impossible_stays_so():
    assert tempered(np.array([0.5, 0.0, 0.5]), 3.0).tolist() == [0.5, 0, 0.5]


def test_a_very_cold_and_a_very_hot_draw():
    chances = np.array([0.2, 0.5, 0.3])
    assert tempered(chances, 0.0).tolist() == [0, 1, 0]
    assert tempered(chances, 0.005) == pytest.approx([0, 1, 0])
    assert tempered(chances, 1e6) == pytest.approx([1 / 3] * 3, abs=1e-5)


@given(CHANCES, st.floats(0.1, 4), st.floats(0.01, 2))
def test_heat_never_lowers_the_entropy(chances, cold, more):
    assert entropy(tempered(chances, cold + more)) >= entropy(tempered(chances, cold)) - 1e-9


@given(CHANCES, SHARES, SHARES)
def test_a_smaller_top_p_keeps_some_of_the_same_words(chances, one, other):
    few, many = (nucleus(chances, p) > 0 for p in sorted((one, other)))
    assert (few <= many).all()
    assert few[chances.argmax()]


@given(CHANCES, st.floats(0.0, 3), SHARES)
def test_what_is_drawn_from_is_a_distribution_that_keeps_the_order(chances, temperature, top_p):
    after = reshaped(chances, temperature, top_p)
    assert after.sum() == pytest.approx(1)
    for one, other in combinations(range(len(chances)), 2):
        if chances[one] > chances[other]:
            assert after[one] >= after[other]


def test_repeated_runs_by_hand():
    # Runs of "a b a b a": aba bab aba, of which one is a repetition.
    assert repeated(tuple("ababa")) == pytest.approx(1 / 3)
    assert repeated(("a", "b")) == 0


def test_at_a_cold_setting_only_one_word_can_come():
    result = SIMULATION.run_at(temperature=0.0)
    assert result["now_kept"] == 1
    assert result["next_nine"] == 100


def test_no_setting_tells_more_than_the_commonest_hour_does():
    assert right_hour(0.0, 1.0) == pytest.approx(4 / 11)
    assert right_hour(1.0, 0.25) == pytest.approx(4 / 11)
    assert right_hour(1.0, 0.5) < 4 / 11
