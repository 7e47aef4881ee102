"""A number and its unit stay on one line."""

import doctest

import pytest

from proxygap.site import typography
from proxygap.site.typography import bind_units

BOUND = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("words", "kept"),
    [("it rose by 5 % in 3 nats", f"it rose by 5{BOUND}% in 3{BOUND}nats"),
     (" % of them", f"{BOUND}% of them"),  # the number before it was computed
     ("a % of b", "a % of b"), ("10 natural numbers", "10 natural numbers")],
)  # fmt: skip
def test_a_unit_is_bound_to_its_number(words, kept):
    assert bind_units(words) == kept


def test_the_example_holds():
    assert doctest.testmod(typography).failed == 0
