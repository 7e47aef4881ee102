"""The assistant in four layers: worked by hand, in its limits, and as invariants."""

from itertools import pairwise
from math import erf, exp, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations._composed_system import (
    NO_HARM,
    SAYS_NO,
    SAYS_YES,
    Kind,
    System,
    at_least,
    ends,
    harm_per_hour,
)

numbers = st.floats(-6, 6)
systems = st.builds(System, threshold=numbers, word_list=st.floats(0, 3),
                    trusts_staff=st.booleans(), reads_documents=st.booleans(),
                    phrase=st.floats(0, 4), caution=numbers,
                    documents_as_data=st.booleans(), confirm=st.floats(0, 1))  # fmt: skip
kinds = st.builds(Kind, st.just("one"), st.just("one"), st.floats(0, 100),
                  st.sampled_from(["answered", "stopped"]), alarm=numbers, intent=numbers,
                  listed=st.floats(0, 3), route=st.sampled_from(["chat", "document"]),
                  verified=st.booleans(), acts=st.booleans(), reported=st.booleans())  # fmt: skip


def test_a_request_by_hand():
    # Alarm 1 against a bar of 2: Phi(-1) = 0.1587 is blocked; of the rest sigma(0) = 1/2 refused;
    # of the rest, 0.4 held.
    asks = Kind("asks", "asks", 1, "answered", alarm=1, intent=0, acts=True)
    found = ends(System(confirm=0.4), asks)
    blocked = 0.5 * (1 + erf(-1 / sqrt(2)))
    assert found.blocked == pytest.approx(blocked)
    assert found.refused == pytest.approx((1 - blocked) / 2)
    assert found.held == pytest.approx(0.4 * (1 - blocked) / 2)
    assert found.done == pytest.approx(0.6 * (1 - blocked) / 2)


@given(systems, kinds)
def test_the_four_ends_share_out_one(system, kind):
    found = ends(system, kind)
    assert all(-1e-9 <= each <= 1 for each in found)
    assert sum(found) == pytest.approx(1)
    assert found.share("answered") + found.share("stopped") == pytest.approx(1 + found.held)


def test_a_rail_that_does_not_read_letters_stops_none_but_the_one_it_was_told_of():
    letter = Kind("letter", "letter", 1, "stopped", alarm=9, intent=-9, route="document")
    told = Kind("told", "told", 1, "stopped", alarm=2, intent=-9, route="document", reported=True)
    assert ends(System(), letter).blocked == 0
    assert ends(System(reads_documents=True), letter).blocked == pytest.approx(1)
    assert ends(System(phrase=9), letter).blocked == 0
    assert ends(System(phrase=9), told).blocked == pytest.approx(1)


def test_an_order_in_a_letter_is_seen_for_what_it_is_only_as_data():
    order = Kind("order", "order", 1, "stopped", alarm=0, intent=3, route="document")
    as_order, as_data = (ends(System(documents_as_data=d), order).refused for d in (False, True))
    assert as_order == pytest.approx(1 / (1 + exp(1)))
    assert as_data == pytest.approx(1 / (1 + exp(-3)))


def test_a_word_list_reaches_everybody_unless_staff_is_set_apart():
    nurse = Kind("nurse", "nurse", 1, "answered", alarm=0, intent=-9, listed=2, verified=True)
    visitor = Kind("visitor", "visitor", 1, "stopped", alarm=0, intent=-9, listed=2)
    apart, everybody = System(word_list=1, trusts_staff=True), System(word_list=1)
    assert ends(apart, nurse) == ends(System(), nurse)
    assert ends(apart, visitor) == ends(everybody, visitor)
    assert ends(everybody, nurse).blocked == pytest.approx(0.5)


def test_harm_is_counted_by_what_was_wanted():
    honest = Kind("honest", "honest", 10, "answered", alarm=9, intent=0)
    forged = Kind("forged", "forged", 4, "stopped", alarm=-9, intent=-20)
    both = {"honest": honest, "forged": forged}
    hour = harm_per_hour(System(), both, by_hand=frozenset())
    assert hour == pytest.approx((10, 4, 0))
    assert harm_per_hour(System(), both, stopped=True, by_hand=frozenset()) == (10, 0, 0)
    assert harm_per_hour(System(), both, by_hand=frozenset(both)) == (0, 0, 14)
    assert NO_HARM.plus(hour.times(0.5)) == pytest.approx((5, 2, 0))


def test_saying_the_same_to_everything_is_right_about_one_half_of_it():
    assert (SAYS_NO.share("stopped"), SAYS_NO.share("answered")) == (1, 0)
    assert (SAYS_YES.share("stopped"), SAYS_YES.share("answered")) == (0, 1)


@given(st.integers(1, 60), st.floats(0, 1))
def test_chances_of_at_least_so_many_fall_from_one(trials, chance):
    tail = [at_least(k, trials, chance) for k in range(trials + 2)]
    assert tail[0] == pytest.approx(1)
    assert tail[-1] == 0
    assert all(a >= b - 1e-12 for a, b in pairwise(tail))
    assert sum(tail[1:]) == pytest.approx(trials * chance)  # the mean is the sum of the tails
