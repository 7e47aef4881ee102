"""Time to notice: by hand, in its limits, and against drawn conversations."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations import get
from proxygap.simulations.time_to_notice import (
    DAYS,
    PER_DAY,
    chance_noticed,
    days_to_be_sure,
    days_to_notice,
    failures_before_notice,
)

NOTICE = get("time-to-notice")
rates = st.floats(1e-4, 0.5)
shares = st.floats(1e-3, 1.0)


def test_a_week_by_hand():
    # 1 in 100 fails and 1 in 10 is read: 1 of 1,000 conversations is both, one a day.
    assert days_to_notice(0.01, 0.1) == 1
    assert failures_before_notice(0.01, 0.1) == 10
    assert chance_noticed(np.array([1.0]), 0.01, 0.1)[0] == pytest.approx(100 * (1 - 0.999**1000))


@given(rates, rates, shares)
def test_how_rare_it_is_does_not_change_how_many_it_harms(one, other, share):
    assert failures_before_notice(one, share) == pytest.approx(failures_before_notice(other, share))
    assert failures_before_notice(one, share) == pytest.approx(1 / share, rel=1e-6)


@given(rates, shares)
def test_being_sure_takes_about_three_times_the_mean(rate, share):
    # ln 20 times the mean, from below, and rounded up to a whole conversation.
    conversations = days_to_be_sure(rate, share) * PER_DAY
    assert conversations * rate * share <= log(20) + rate * share
    assert (1 - rate * share) ** conversations <= 0.05 + 1e-9


@given(rates, shares)
def test_the_chance_rises_from_nothing_and_never_passes_certainty(rate, share):
    chance = chance_noticed(DAYS, rate, share)
    assert chance[0] == 0
    assert (np.diff(chance) >= 0).all()
    assert chance[-1] <= 100


def test_drawn_conversations_agree():
    # The geometric wait has standard deviation sqrt(1 - q) / q, so five standard errors of 4,000.
    rng = np.random.default_rng(7)
    rate, share, draws = 0.02, 0.1, 4000
    waits = rng.geometric(rate * share, draws)
    error = (1 - rate * share) ** 0.5 / (rate * share) / draws**0.5
    assert abs(waits.mean() - 1000 * days_to_notice(rate, share)) < 5 * error
    failed = 1 + rng.binomial(waits - 1, (rate - rate * share) / (1 - rate * share))
    assert failed.mean() == pytest.approx(1 / share, abs=5 * failed.std() / draws**0.5)


def test_the_curve_over_the_share_is_the_same_for_every_rate():
    rare, common = (NOTICE.run_at(rate=rate) for rate in (0.0002, 0.05))
    np.testing.assert_allclose(rare["by_share"], common["by_share"])
    assert rare["by_share"][[0, -1]] == pytest.approx([500, 1])
    here = NOTICE.run_at()
    assert here["by_share"][here["shares"] == here["read_share"]] == pytest.approx([100])


def test_the_numbers_in_its_words_are_the_ones_that_come_out():
    result = NOTICE.run_at()
    chance = result["noticed"][DAYS == 100][0]
    assert f"{chance:.0f} per cent after {result['wait']:.0f} days" in NOTICE.alt_text
    assert "500 at one in 500" in NOTICE.alt_text
    assert "lets a hundred people" in NOTICE.finding
    assert result["before"] == 100
