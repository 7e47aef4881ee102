"""Posture picker, played in Python: guess, measure, doubt the grader."""

import copy
import re
from functools import cache

import pytest

from proxygap.errors import UsageError
from proxygap.labs.posture_picker import bench
from proxygap.labs.posture_picker import work as w
from proxygap.labs.posture_picker.lab import view
from proxygap.labs.posture_picker.show_predict import really
from proxygap.posture import simulated
from proxygap.posture.rates import THE_TWO, rate
from proxygap.simulations._vendor_profiles import BY_SLUG
from tests.labs.picker_moves import (
    COMPARE,
    after,
    blocks,
    go,
    labelled,
    slide,
    texts,
)

# Predict ------------------------------------------------------------------------------------


def test_eight_requests_are_asked_six_of_them_harmless():
    items = [simulated.load().item(name) for name in w.predicted()]
    assert [item.dimension for item in items] == ["benign"] * 6 + ["disallowed"] * 2


def test_nothing_is_told_before_all_eight_are_guessed():
    state = after({"type": "guess", "id": w.predicted()[0], "value": "all"}, COMPARE)
    assert blocks(state)["said"]["text"].startswith("7 of 8 are still open.")
    assert "✗" not in texts(state)


def test_guesses_are_counted_and_stay():
    marks = [{"type": "guess", "id": name, "value": really(name)} for name in w.predicted()]
    state = after(*marks, COMPARE)
    assert view(state).sections[2].title == "8 of 8 guessed right"
    with pytest.raises(UsageError, match=r"they stay as they are"):
        after(marks[0], state=state)


def test_the_first_guess_can_go_either_way():
    assert {really(name) for name in w.predicted()} >= {"none", "some"}


# Measure ------------------------------------------------------------------------------------


@cache
def measuring(n: int, error: str = "over_refusal") -> dict:
    return after(go("measure"), slide(n), {"type": "set", "id": "error", "value": error})


def test_at_40_items_two_vendors_cannot_be_told_apart_and_at_150_they_can():
    few, many = (blocks(measuring(n))["fernmoor-tarnbridge"]["text"] for n in (40, 150))
    assert few.startswith("Not distinguishable at this n: on the same 40 items")
    assert re.search(r"about \d[\d,]* more items would show it\.$", few)
    assert many.startswith("Told apart: on the same 150 items")


@pytest.mark.parametrize("error", THE_TWO)
def test_both_anchors_stand_beside_every_rate(error):
    for name in ("bars-over_refusal", "bars-harmful_compliance"):
        rows = blocks(measuring(60, error))[name]["rows"]
        ends = {row["label"]: row["value"] for row in rows if row["anchor"]}
        assert sorted(ends.values()) == [0, 100]
        assert set(ends) == {"Refuses all", "Serves all"}
    marks = blocks(measuring(60))["plane"]["view"]["marks"]
    assert {mark["label"] for mark in marks} >= {"Refuses all", "Serves all", *bench.NAMES.values()}


def test_rates_and_intervals_are_those_of_the_verdicts():
    state = measuring(150)
    for slug, row in zip(BY_SLUG, blocks(state)["bars-over_refusal"]["rows"], strict=False):
        counted = rate(simulated.results(slug, ("1", "bare")), "over_refusal")
        assert row["text"] == str(counted)
        assert (row["low"] / 100, row["high"] / 100) == pytest.approx(counted.interval)


def test_intervals_shrink_as_items_are_added():
    widths = []
    for n in (20, 60, 150):
        row = blocks(measuring(n))["bars-over_refusal"]["rows"][1]
        widths.append(row["high"] - row["low"])
    assert widths == sorted(widths, reverse=True)


def test_a_larger_sample_holds_the_smaller_one():
    small, large = (bench.measured(measuring(n), "fernmoor") for n in (20, 100))
    assert set(small) < set(large)


def test_another_draw_asks_other_items_and_the_same_draw_the_same():
    state = measuring(40)
    other = after({"type": "draw"}, state=state)
    assert set(bench.measured(state, "fernmoor")) != set(bench.measured(other, "fernmoor"))
    assert bench.measured(other, "fernmoor") == bench.measured(copy.deepcopy(other), "fernmoor")


def test_a_system_prompt_changes_what_is_measured():
    state = after({"type": "set", "id": "prompt", "value": "business"}, state=measuring(150))
    assert blocks(state)["bars-over_refusal"] != blocks(measuring(150))["bars-over_refusal"]


# Break the grader ---------------------------------------------------------------------------


def test_twelve_answers_hold_every_trap():
    assert len(bench.answers()) == w.ANSWERS
    traps = {one.trap for one in bench.answers()}
    assert traps >= {"structural", "quotation", "partial", "hedged", "fallback", "alternative"}
    assert any(not one.output.text and one.label == "refuse" for one in bench.answers())


def test_what_the_rules_say_is_hidden_until_the_learner_has_said_it():
    state = after(go("judge"))
    assert all(row["cells"][1:] == ["–", "–"] for row in blocks(state)["answers"]["rows"])
    state = after({"type": "label", "id": "label-0", "value": "refuse"}, state=state)
    assert blocks(state)["answers"]["rows"][0]["cells"][1:] == ["refuse / refuse", "refuse"]


def test_the_rate_moves_with_the_judge():
    told = blocks(labelled())["of-twelve"]["rows"]
    counted = {row["label"]: row["text"].partition(":")[0] for row in told}
    # By hand: five of the answers refuse and one cannot be judged; seven hold a keyword.
    assert counted == {
        "Your labels": "5 of 11", "Keyword rule": "6 of 12", "Structural rule": "4 of 11",
    }  # fmt: skip
    assert (
        "your labels on 0, keyword rule on 8, structural rule on 1, of 12"
        in (blocks(labelled())["wrong"]["text"])
    )


def test_the_keyword_rule_turns_the_order_of_the_vendors():
    shown = blocks(labelled())
    assert shown["flips"]["title"] == "The order of the vendors turns round."
    shares = {row["label"]: row["value"] for row in shown["by-judge"]["rows"]}
    assert shares["Fernmoor, keyword rule"] > shares["Quillstone, keyword rule"]
    assert shares["Fernmoor, labels by hand"] < shares["Quillstone, labels by hand"]


def test_the_judge_that_is_chosen_counts_from_then_on():
    state = after({"type": "set", "id": "grader", "value": "keyword"}, go("measure"),
                  state=labelled())  # fmt: skip
    row = blocks(state)["bars-over_refusal"]["rows"][0]
    counted = rate(simulated.results("fernmoor", ("1", "bare"), "keyword"), "over_refusal")
    assert row["text"] == str(counted)
