"""The contract's own behaviour: parsing values, completing them, judging claims."""

import math

import numpy as np
import pytest

from proxygap.errors import UsageError
from proxygap.simulations import Claim, Parameter, get
from proxygap.simulations._spec import ClaimOutcome

BOAT_RACE = get("boat-race")


def claim(low: float, high: float) -> Claim:
    return Claim("text", "leike2017", lambda _: 0.0, low, high)


@pytest.mark.parametrize("text", ["50", "50.0", "5e1"])
def test_numbers_are_read_by_value(text):
    assert BOAT_RACE.parameter("episodes").parse(text) == 50


def test_a_value_that_is_not_on_offer_lists_those_that_are():
    with pytest.raises(UsageError) as error:
        BOAT_RACE.parameter("reward").parse("arows")
    assert str(error.value) == (
        "reward=arows is not on offer. Did you mean 'arrows'? "
        "Allowed: arrows, entry-penalty, symmetric, goal."
    )


def test_an_unknown_parameter_lists_those_that_exist():
    with pytest.raises(UsageError) as error:
        BOAT_RACE.complete({"rewrd": "arrows"})
    assert str(error.value) == (
        "Simulation 'boat-race' has no parameter 'rewrd'. Did you mean 'reward'? "
        "Parameters: episodes, reward."
    )


def test_a_default_must_be_on_offer():
    with pytest.raises(ValueError, match=r"beta: default 3 is not one of \(1, 2\)"):
        Parameter("beta", "Penalty", (1, 2), 3)


def test_labels_must_match_the_values():
    with pytest.raises(ValueError, match="beta: 1 labels for 2 values"):
        Parameter("beta", "Penalty", (1, 2), 1, value_labels=("one",))


def test_numbers_are_labelled_with_their_unit():
    assert Parameter("beta", "Penalty", (0.5, 2.0), 2.0, unit="nats").labels == (
        "0.5 nats",
        "2 nats",
    )


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (50, 50, "50"),
        (-15, 15, "-15 to 15"),
        (90, math.inf, "at least 90"),
        (-math.inf, 1e-6, "at most 1e-06"),
    ],
)
def test_what_is_expected_is_said_in_words(low, high, words):
    assert claim(low, high).expected == words


@pytest.mark.parametrize(("measured", "passed"), [(-15, True), (15, True), (15.01, False),
                                                  (math.nan, False)])  # fmt: skip
def test_a_claim_holds_inside_its_interval_and_never_for_nan(measured, passed):
    assert ClaimOutcome(claim(-15, 15), measured).passed is passed


def test_equal_calls_share_one_run():
    assert BOAT_RACE.run_at(episodes="200") is BOAT_RACE.run_at()


def test_the_summary_speaks_of_the_state_that_was_asked_for():
    result = BOAT_RACE.run_at(reward="goal")
    assert np.isclose(result["laps"], result["final_performance"] / 8)
    assert BOAT_RACE.summarise(reward="goal").startswith("After 200 races the boat is paid 99")


def test_the_summary_writes_a_true_minus_sign():
    assert "is paid −58 points" in BOAT_RACE.summarise(episodes=10)
