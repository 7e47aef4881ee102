"""Item statistics against hand-worked values and a second implementation."""

import math
import statistics as reference

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.bank.statistics import alpha, correlation, discriminations, means

# Five learners, four items. Totals 4, 3, 2, 1, 0: a Guttman scale.
GUTTMAN = np.array([[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]], float)


def test_difficulty_is_the_share_who_were_right():
    assert means(GUTTMAN) == [0.8, 0.6, 0.4, 0.2]


def test_kr20_of_a_guttman_scale_by_hand():
    # Σpq = 0.16 + 0.24 + 0.24 + 0.16 = 0.8; the totals' variance is 2. 4/3 × (1 − 0.8/2) = 0.8.
    assert alpha(GUTTMAN).alpha == pytest.approx(0.8)
    assert alpha(GUTTMAN)[:2] == (4, 5)


def test_discrimination_by_hand():
    # Item 1 against the sum of the others, 3 2 1 0 0: means 1.5 (right) and 0 (wrong), standard
    # deviation √1.36, p = 0.8. r = 1.5 / √1.36 × √(0.8 × 0.2) = 0.51450.
    assert discriminations(GUTTMAN, GUTTMAN)[0] == pytest.approx(1.5 / math.sqrt(1.36) * 0.4)


def test_the_item_is_left_out_of_its_own_yardstick():
    # Two items that have nothing to do with each other: uncorrected, each would correlate 0.71.
    table = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    assert discriminations(table, table) == [0.0, 0.0]


def test_what_is_not_defined_is_none():
    same = np.ones((5, 3))
    assert discriminations(same, same) == [None, None, None]
    assert alpha(same).alpha is None
    assert alpha(GUTTMAN[:1]).alpha is None
    assert alpha(GUTTMAN[:, :1]).alpha is None
    assert means(np.full((2, 1), np.nan)) == [None]
    assert correlation(np.array([1.0, 0.0]), np.array([1.0, 0.0])) is None


def test_reliability_counts_only_learners_who_answered_everything():
    table = np.vstack([GUTTMAN, [1, np.nan, 0, 1]])
    assert alpha(table) == alpha(GUTTMAN)


def plainly(table):
    """Return discriminations and alpha, one learner at a time, with Python's own statistics."""
    found = []
    for j in range(len(table[0])):
        rows = [row for row in table if row[j] is not None and sum(v is not None for v in row) > 1]
        mine = [row[j] for row in rows]
        rest = [reference.fmean(v for k, v in enumerate(row) if k != j and v is not None)
                for row in rows]  # fmt: skip
        defined = len(rows) > 2 and len(set(mine)) > 1 and max(rest) - min(rest) > 1e-9
        found.append(reference.correlation(mine, rest) if defined else None)
    complete = [row for row in table if None not in row]
    if len(complete) < 2 or len({math.fsum(row) for row in complete}) == 1:
        return found, None
    k = len(table[0])
    within = sum(reference.pvariance(column) for column in zip(*complete, strict=True))
    total = reference.pvariance([math.fsum(row) for row in complete])
    return found, k / (k - 1) * (1 - within / total)


tables = st.integers(2, 6).flatmap(
    lambda items: st.lists(
        st.lists(st.sampled_from([0.0, 0.5, 1.0, None]), min_size=items, max_size=items),
        min_size=2,
        max_size=12,
    )
)


@given(tables)
def test_a_plain_implementation_agrees(table):
    array = np.array(table, float)
    discrimination, reliability = plainly(table)
    for mine, theirs in zip(discriminations(array, array), discrimination, strict=True):
        assert (mine is None) == (theirs is None)
        assert mine is None or mine == pytest.approx(theirs, abs=1e-9)
    found = alpha(array).alpha
    assert found == (reliability if reliability is None else pytest.approx(reliability))


@given(tables)
def test_discrimination_is_a_correlation_and_does_not_depend_on_the_order_of_learners(table):
    array = np.array(table, float)
    once, again = discriminations(array, array), discriminations(array[::-1], array[::-1])
    for one, other in zip(once, again, strict=True):
        assert one is None or -1 - 1e-9 <= one <= 1 + 1e-9
        assert one == (None if one is None else pytest.approx(other, abs=1e-9))
