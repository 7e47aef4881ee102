import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.grading.authoring import CheckFailed, check, expect_close, expect_equal
from proxygap.grading.display import show


class AlwaysEqual:
    def __eq__(self, other):
        return True

    __hash__ = None


class Unprintable:
    def __repr__(self):
        raise RuntimeError("no")


def failure(expectation, *arguments, **named):
    with pytest.raises(CheckFailed) as failed:
        expectation(*arguments, **named)
    return failed.value


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=8,
)


@given(plain)
def test_a_value_equals_itself(value):
    expect_equal(value, value)


def test_an_object_that_equals_everything_is_wrong():
    wrong = failure(expect_equal, AlwaysEqual(), 3)
    assert str(wrong) == (
        "Your answer has the wrong type. Your code gave an AlwaysEqual; an int was expected."
    )


def test_an_object_that_equals_everything_is_wrong_inside_a_list_too():
    failure(expect_equal, [1, AlwaysEqual()], [1, 2])
    failure(expect_equal, {"a": AlwaysEqual()}, {"a": 2})


@pytest.mark.parametrize(("got", "expected"), [(1, 1.0), (True, 1), ((1,), [1]), ("1", 1)])
def test_types_must_match_exactly(got, expected):
    failure(expect_equal, got, expected)


def test_arrays_are_compared_by_type_shape_and_value():
    expect_equal(np.array([1.0, np.nan]), np.array([1.0, np.nan]))
    failure(expect_equal, np.array([1, 2]), np.array([1.0, 2.0]))
    failure(expect_equal, np.array([[1.0]]), np.array([1.0]))


def test_a_list_where_an_array_is_due_is_explained():
    wrong = failure(expect_equal, [1.0], np.array([1.0, 2.0]))
    assert str(wrong) == (
        "Your answer has the wrong type. Your code gave a list; a NumPy array of shape (2,) and "
        "type float64 was expected."
    )


def test_inputs_got_and_expected_are_shown():
    wrong = failure(expect_equal, 4, 5, inputs="mean([3, 7])")
    assert (wrong.inputs, wrong.got, wrong.expected) == ("mean([3, 7])", "4", "5")


@given(st.floats(-1e6, 1e6))
def test_close_is_within_the_tolerance_and_no_further(value):
    expect_close(value, value)
    failure(expect_close, value + 2.0, value, tolerance=1.0)


@pytest.mark.parametrize("value", [math.nan, math.inf, None, "3", True, [3.0], 3 + 0j])
def test_close_wants_a_finite_number(value):
    wrong = failure(expect_close, value, 3.0)
    assert "a finite number was expected" in str(wrong)


def test_a_list_that_cannot_be_counted_does_not_break_the_report():
    uncountable = type("list", (list,), {"__len__": lambda _: 1 / 0})
    assert show(uncountable([1])) == "<a list that cannot be shown>"


def test_what_cannot_be_shown_does_not_break_the_report():
    assert show(Unprintable()).startswith("<Unprintable instance at ")


def test_long_values_are_cut_to_one_short_line():
    shown = show({"key" * 100: "value\n" * 1000})
    assert "\n" not in shown
    assert len(shown) <= 160


def test_a_check_knows_its_name_title_hint_and_points():
    @check("It works", hint="Try.", points=2)
    def works(submission):
        return "well"

    assert (works.name, works.title, works.hint, works.points) == ("works", "It works", "Try.", 2)
    assert works.run(None) == "well"
