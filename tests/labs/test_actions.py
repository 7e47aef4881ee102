"""Reading what learners type and what a page sends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.labs._actions import dispatch, number, one_of, signed, text


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3", 3.0),
        ("+3", 3.0),
        ("-3", -3.0),
        ("−3", -3.0),  # the sign that our own pages print
        (" 0,5 ", 0.5),  # as much of Europe writes it
        (".25", 0.25),
        ("10", 10.0),
        ("-10.00", -10.0),
    ],
)
def test_numbers_are_read_as_people_write_them(typed, value):
    assert number(typed, -10, 10) == (value, "")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "Write a number from −10 to 10; 0 if it shall not count."),
        ("lots", "“lots” is not a number. Write a number from −10 to 10, such as −3."),
        ("nan", "“nan” is not a number. Write a number from −10 to 10, such as −3."),
        ("1_0", "“1_0” is not a number. Write a number from −10 to 10, such as −3."),
        ("3 4", "“3 4” is not a number. Write a number from −10 to 10, such as −3."),
        ("--3", "“--3” is not a number. Write a number from −10 to 10, such as −3."),
        ("10.01", "10.01 is out of range. Write a number from −10 to 10."),
        ("-9e9", "“-9e9” is not a number. Write a number from −10 to 10, such as −3."),
        ("0.125", "0.125 is too fine. Write a number from −10 to 10 with at most two decimals."),
    ],
)  # fmt: skip
def test_what_is_no_number_gets_a_sentence(typed, problem):
    assert number(typed, -10, 10) == (None, problem)


@given(st.text(max_size=40))
def test_any_text_is_either_a_number_in_range_or_a_problem(typed):
    read = number(typed, -10, 10)
    assert (read.value is None) == bool(read.problem)
    assert read.value is None or -10 <= read.value <= 10


@given(st.integers(-1000, 1000))
def test_a_number_survives_being_written_and_read(hundredths):
    value = hundredths / 100
    assert number(signed(value, plus=True), -10, 10).value == value


def test_minus_nought_is_nought():
    assert signed(-0.0) == "0"
    assert str(number("-0", -10, 10).value) == "0.0"


@pytest.mark.parametrize("given_value", [None, True, ["3"], {"a": 1}])
def test_a_value_that_is_neither_text_nor_number_is_refused(given_value):
    with pytest.raises(UsageError, match=r"^value must be a number or a text; got "):
        text({"type": "set", "value": given_value})


def test_a_flood_of_text_is_refused_before_it_is_kept():
    with pytest.raises(UsageError, match=r"at most 40 characters long; got 1000000\.$"):
        text({"value": "9" * 1_000_000})


def test_a_name_that_is_not_on_offer_is_refused_with_what_is():
    with pytest.raises(UsageError, match=r"^id must be one of move, bump; got 'sink'\.$"):
        one_of({"id": "sink"}, "id", ["move", "bump"])


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (
            {"type": "trian"},
            "This lab knows no action 'trian'. Did you mean 'train'? Known: train.",
        ),
        ({"type": 3}, "This lab knows no action 3. Known: train."),
        ({}, "This lab knows no action None. Known: train."),
    ],
)
def test_an_unknown_action_is_named(action, message):
    with pytest.raises(UsageError) as error:
        dispatch({"train": lambda state, _: state}, {}, action)
    assert str(error.value) == message
